import { describe, expect, test } from 'vitest';
import { readFindingFilters, readPaging, withState } from './finding-query.ts';

describe('filters of the findings in the address', () => {
  test('what is under way is shown unless the address says otherwise', () => {
    expect(readFindingFilters({})).toEqual({ state: 'live' });
    expect(readFindingFilters({ kind: 'notEnrolled', overdue: 'yes', page: '3' })).toEqual({
      kind: 'notEnrolled',
      state: 'live',
      overdue: 'yes',
    });
  });

  test('a mistyped address shows everything under way instead of an error', () => {
    expect(readFindingFilters({ kind: 'nonsense' })).toEqual({ state: 'live' });
  });

  test('paging is bounded', () => {
    expect(readPaging({ page: '0', size: '5000' })).toEqual({ page: 1, size: 200 });
  });

  test('a record keeps the list it was opened from', () => {
    expect(withState('/compare/findings/1', { kind: 'deferred' })).toBe('/compare/findings/1?kind=deferred');
    expect(withState('/compare/findings/1', {})).toBe('/compare/findings/1');
  });
});
