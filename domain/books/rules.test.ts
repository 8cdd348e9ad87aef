import { describe, expect, it } from 'vitest';
import type { OwnField, SheetColumn } from './record.ts';
import { laidOut, layoutFault, ownColumnId, valueFault } from './rules.ts';

const shipped: SheetColumn[] = ['name', 'sex', 'school'].map((id) => ({ id, words: id, width: 8, kind: 'text' }));
const field: OwnField = {
  id: 'f1',
  subject: 'child',
  name: '上学方式',
  kind: 'choice',
  choices: ['步行', '校车'],
  personal: false,
  active: true,
};

describe('layouts', () => {
  it('BOK-09 order, hide and add columns; without one the sheet stands as shipped', () => {
    expect(laidOut(shipped, [field], null).map((one) => one.id)).toEqual(['name', 'sex', 'school']);
    const layout = [
      { id: 'school', shown: true },
      { id: ownColumnId('f1'), shown: true },
      { id: 'sex', shown: false },
      { id: 'name', shown: true },
    ];
    expect(laidOut(shipped, [field], layout).map((one) => one.words)).toEqual(['school', '上学方式', 'name']);
    expect(laidOut(shipped, [{ ...field, active: false }], layout).map((one) => one.id)).toEqual(['school', 'name']);
    expect(layoutFault(shipped, [field], layout)).toBeNull();
    expect(layoutFault(shipped, [], layout)).toContain('没有的栏目');
    expect(layoutFault(shipped, [], [...layout.slice(0, 1), ...layout.slice(0, 1)])).toContain('两次');
    expect(layoutFault(shipped, [], [{ id: 'name', shown: false }])).toContain('至少');
  });
});

describe('values of own fields', () => {
  it('BOK-10 are of the kind of the field; an empty one is allowed', () => {
    expect(valueFault(field, '')).toBeNull();
    expect(valueFault(field, '校车')).toBeNull();
    expect(valueFault(field, '地铁')).toContain('步行、校车');
    expect(valueFault({ ...field, kind: 'number' }, '1.5')).toBeNull();
    expect(valueFault({ ...field, kind: 'number' }, '一')).toContain('数字');
    expect(valueFault({ ...field, kind: 'date' }, '2026-09-01')).toBeNull();
    expect(valueFault({ ...field, kind: 'date' }, '2026-13-01')).toContain('日期');
    expect(valueFault({ ...field, kind: 'text' }, '字'.repeat(201))).toContain('200');
  });
});
