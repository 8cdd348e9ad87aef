import { read } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { formFile, type FormSheetFile } from './form-file.ts';
import { xlsxType } from './sheet-file.ts';

const grouped: FormSheetFile = {
  title: '控辍保学月报表',
  line: '填报单位：滨江小学　　时段：2026年11月　　单位：人',
  columns: [
    { group: null, label: '学校', width: 20, number: false },
    { group: '增加', label: '转入', width: 8, number: true },
    { group: '增加', label: '复学', width: 8, number: true },
    { group: '减少', label: '转出', width: 8, number: true },
  ],
  rows: [
    ['=滨江小学', 3, 1, 2],
    ['合计', 3, 1, null],
  ],
  notes: ['注：转出指已确认到校。'],
  foot: '填表人：＿＿＿＿',
};
const plain: FormSheetFile = { ...grouped, columns: grouped.columns.map((column) => ({ ...column, group: null })) };

const opened = async (...sheets: FormSheetFile[]) => {
  const file = await formFile('月报.xlsx', sheets, '冯专干 2026-11-20');
  expect(file).toMatchObject({ fileName: '月报.xlsx', contentType: xlsxType });
  return file.body;
};

describe('formFile', () => {
  test('a grouped head stands in two rows merged over its groups, titles and notes over the whole width', async () => {
    const [sheet] = Object.values(read(await opened(grouped)).Sheets);
    const merged = (sheet?.['!merges'] ?? []).map(({ s, e }) => `${s.r + 1}:${s.c}-${e.r + 1}:${e.c}`);
    expect(merged.sort()).toEqual(['1:0-1:3', '2:0-2:3', '3:0-4:0', '3:1-3:2', '8:0-8:3', '7:0-7:3'].sort());
    expect(sheet?.['B3']).toMatchObject({ v: '增加' });
    expect(sheet?.['C4']).toMatchObject({ v: '复学' });
    expect(sheet?.['A5']).toMatchObject({ t: 's', v: "'=滨江小学" });
    expect(sheet?.['B5']).toMatchObject({ t: 'n', v: 3 });
    expect(sheet?.['A8']).toMatchObject({ v: '填表人：＿＿＿＿' });
  });

  test('each sheet of a workbook prints its own head on every page and has a name of its own', async () => {
    const book = read(await opened(grouped, plain));
    expect(book.SheetNames).toEqual(['控辍保学月报表', '控辍保学月报表 2']);
    expect(book.Workbook?.Names?.map(({ Name, Ref, Sheet }) => [Name, Ref, Sheet])).toEqual([
      ['_xlnm.Print_Titles', "'控辍保学月报表'!$3:$4", 0],
      ['_xlnm.Print_Titles', "'控辍保学月报表 2'!$3:$3", 1],
    ]);
    const excel = new ExcelJS.Workbook();
    await excel.xlsx.load((await opened(grouped, plain)) as unknown as ArrayBuffer); // as: its types know an older Buffer
    expect(excel.worksheets.map(({ views }) => views[0])).toMatchObject([{ ySplit: 4 }, { ySplit: 3 }]);
    expect(excel.worksheets[1]?.getRow(4).getCell(2).value).toBe(3);
  });

  test('a form of one column has nothing merged', async () => {
    const [column] = plain.columns;
    if (!column) throw new Error('no column');
    const [sheet] = Object.values(read(await opened({ ...plain, columns: [column], rows: [['无']] })).Sheets);
    expect(sheet?.['!merges'] ?? []).toEqual([]);
  });
});
