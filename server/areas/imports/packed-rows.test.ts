import { expect, test } from 'vitest';
import { packRows, unpackRows } from './packed-rows.ts';
import { columnsOf, type ListRow } from './read-rows.ts';

test('rows come out of their pack as they went in, their cells in the same order', () => {
  const columns = columnsOf.roster;
  const last = columns.at(-1)?.key ?? '';
  const rows: ListRow[] = [
    { rowNo: 4, raw: { name: '张三', [last]: '备注', sex: '男' }, lost: false, heldId: null },
    { rowNo: 7, raw: {}, lost: true, heldId: '00000000-0000-4000-8000-000000000001' },
    { rowNo: 1_048_576, raw: { sex: '女', name: '𠮷田' }, lost: true, heldId: null },
  ];
  const out = unpackRows(columns, packRows(columns, rows));
  expect(out).toEqual(rows);
  expect(out.map((row) => Object.keys(row.raw))).toEqual([['name', last, 'sex'], [], ['sex', 'name']]);
  expect(unpackRows(columns, packRows(columns, []))).toEqual([]);
  for (const list of Object.values(columnsOf)) expect(list.length).toBeLessThan(256);
});
