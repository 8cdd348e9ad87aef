import { expect, test } from 'vitest';
import { cleanUp, readAll, xlsxOf } from './testing.ts';

cleanUp();

test('IMP-01 a text like the one above it is read as if it stood alone, whatever lies between', async () => {
  const cell = (at: string, text: string, keep = false) =>
    `<c r="${at}" t="inlineStr"><is><t${keep ? ' xml:space="preserve"' : ''}>${text}</t></is></c>`;
  const path = xlsxOf(
    `<row r="1">${cell('A1', '甲&amp;乙')}${cell('B1', ' 外 ')}${cell('C1', 'a_x000D_b')}</row>` +
      `<row r="2">${cell('A2', '甲&amp;乙')}${cell('B2', ' 外 ', true)}</row>` +
      `<row r="3">${cell('A3', '丙&amp;乙')}${cell('B3', ' 外 ')}${cell('C3', 'a_x000D_b')}</row>` +
      `<row r="4"><c r="A4"><v>7</v></c>${cell('B4', ' 外')}${cell('C4', 'a_x000D_c')}</row>` +
      `<row r="5">${cell('A5', '丙&amp;乙')}${cell('B5', '')}${cell('C5', 'a_x000D_c')}</row>`,
  );
  expect((await readAll(path)).rows.map((row) => row.cells)).toEqual([
    ['甲&乙', '外', 'a\rb'],
    ['甲&乙', ' 外 '],
    ['丙&乙', '外', 'a\rb'],
    ['7', '外', 'a\rc'],
    ['丙&乙', '', 'a\rc'],
  ]);
});
