import { describe, expect, test } from 'vitest';
import { heldCodes } from '#domain/basics/list-row.ts';
import { changesOf, faultyKeys } from './held-faults.ts';

describe('correcting a held row', () => {
  test('every reason points at columns', () => {
    for (const code of heldCodes) expect(faultyKeys(code).length, code).toBeGreaterThan(0);
    expect(faultyKeys('toString')).toEqual([]);
  });

  test('only what was changed is sent; a masked number left empty stays as it is', () => {
    const cells = [
      { key: 'name', value: '王小明', masked: false },
      { key: 'documentNumber', value: '4201************5X', masked: true },
      { key: 'birth', value: '', masked: false },
    ];
    expect(changesOf(cells, { name: '王小明 ', documentNumber: '', birth: '2015-03-02' })).toEqual({
      birth: '2015-03-02',
    });
    expect(changesOf(cells, { documentNumber: ' 11010519491231002X ' })).toEqual({
      documentNumber: '11010519491231002X',
    });
  });
});
