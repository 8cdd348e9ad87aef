import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { read as readOther, type CellObject } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardText, unguardText } from './guard.ts';
import { cleanUp, newPath, readAll } from './testing.ts';
import { writeCsv, writeXlsx } from './write.ts';

cleanUp();
const columns = [
  { label: '姓名' },
  { label: '证件号码', width: 20 },
  { label: '出生日期', kind: 'date' as const },
  { label: '缺勤天数', kind: 'number' as const },
];
const rows = [
  ['𬭎𠅤𬱖䶮㛃', '420102202005243979', '2020-05-24', 3],
  ['买买提·阿不都', '', '2020-02-29', 0],
  ['<张&"三>', 'H01234567', '不详', -1.5],
  [' 前后空格 ', '_x000D_', null, '三天'],
];
const asRead = [
  ['𬭎𠅤𬱖䶮㛃', '420102202005243979', '2020-05-24', '3'],
  ['买买提·阿不都', '', '2020-02-29', '0'],
  ['<张&"三>', 'H01234567', '不详', '-1.5'],
  [' 前后空格 ', '_x000D_', '', '三天'],
];

/** The cells of a sheet as another library reads them. */
function cellsOf(path: string, sheet: string): Record<string, CellObject | undefined> {
  return readOther(readFileSync(path)).Sheets[sheet] ?? {}; // Its sheets are any by address.
}

describe('writeXlsx', () => {
  test('PLT-19 a note has as many lines as it needs over the width of the table', async () => {
    const height = async (note: string) => {
      const file = newPath();
      await writeXlsx(file, { title: '表', note, columns: [{ label: '甲', width: 20 }, { label: '乙', width: 20 }], rows: [] }); // prettier-ignore
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(file);
      return book.worksheets[0]?.getRow(2).height;
    };
    expect(await height('一行')).toBe(18);
    expect(await height('两行的说明'.repeat(7))).toBe(32);
  });

  test('what was exported reads back equal, under title, note and header', async () => {
    const path = newPath();
    const result = await writeXlsx(path, {
      title: '滨江小学：花名册',
      unit: '滨江小学',
      note: '截至 2026-11-20',
      columns,
      rows,
      watermark: '王老师 2026-11-20',
      complete: { total: 4 },
    });
    expect(result).toEqual({ rows: 4, complete: true });
    const { rows: found, sheet } = await readAll(path);
    expect(sheet.sheetName).toBe('滨江小学：花名册');
    expect(found.map((row) => row.cells)).toEqual([
      ['滨江小学：花名册'],
      ['填报单位：滨江小学　　截至 2026-11-20'],
      columns.map((column) => column.label),
      ...asRead,
      ['共 4 行，导出完整'],
      ['导出标识：王老师 2026-11-20'],
    ]);
  });

  test('other programs read it too, with the layout offices print', async () => {
    const path = newPath();
    await writeXlsx(path, { title: '花名册', columns, rows });
    const cells = cellsOf(path, '花名册');
    expect([cells['B3']?.v, cells['B3']?.t, cells['C3']?.t, cells['D3']?.v]).toEqual([
      '420102202005243979',
      's',
      'n',
      3,
    ]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.worksheets[0];
    expect(sheet?.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '2:2',
    });
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 });
    expect(sheet?.getCell('B1').master.address).toBe('A1');
    expect(sheet?.getCell('B3').numFmt).toBe('@');
    expect(sheet?.getCell('B3').border.left?.style).toBe('thin');
    expect(sheet?.getCell('C3').value).toEqual(new Date('2020-05-24T00:00:00Z'));
  });

  test('cells that begin like a formula are neutralised; numbers stay numbers', async () => {
    const path = newPath();
    const attacks = ['=1+1', '+8613900000000', '-2', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'=1"];
    await writeXlsx(path, {
      columns: [{ label: '=cmd' }, { label: '数', kind: 'number' }],
      rows: attacks.map((text) => [text, -2]),
    });
    const cells = cellsOf(path, '数据');
    for (let row = 1; row <= attacks.length + 1; row++) {
      expect(cells[`A${row}`]?.f).toBeUndefined();
      expect(String(cells[`A${row}`]?.v)).toMatch(/^'/u);
    }
    expect(cells['B2']).toMatchObject({ t: 'n', v: -2 });
    expect((await readAll(path)).rows.slice(1, -1).map((row) => row.cells)).toEqual(
      attacks.map((text) => [text, '-2']),
    );
  });

  test('a source that ends early or breaks gives a file that says so', async () => {
    const short = newPath();
    expect(await writeXlsx(short, { columns, rows, complete: { total: 9 } })).toEqual({ rows: 4, complete: false });
    expect((await readAll(short)).rows.at(-1)?.cells).toEqual(['导出未完成：应有 9 行，实有 4 行']);
    const broken = newPath();
    async function* failing() {
      yield* rows;
      await Promise.resolve();
      throw new Error('lost');
    }
    const result = await writeXlsx(broken, { columns, rows: failing() });
    expect([result.rows, result.complete, result.error]).toEqual([4, false, new Error('lost')]);
    expect((await readAll(broken)).rows.at(-1)?.cells).toEqual(['导出未完成：读取中断，实有 4 行']);
  });

  test('a target that cannot be written throws', async () => {
    await expect(writeXlsx('/nonexistent-folder/a.xlsx', { columns, rows })).rejects.toThrow();
    const closing = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        done(new Error('gone'));
      },
    });
    const many = Array.from({ length: 5000 }, () => rows[0] ?? []);
    await expect(writeXlsx(closing, { columns, rows: many })).rejects.toThrow('gone');
    await expect(
      writeCsv(
        new Writable({
          write(_chunk, _encoding, done) {
            done(new Error('gone'));
          },
        }),
        { columns, rows: many },
      ),
    ).rejects.toThrow('gone');
  });

  test('names and numbers stand in one line, and a row with a long cell is as high as its lines', async () => {
    const path = newPath();
    await writeXlsx(path, {
      columns: [{ label: '姓名' }, { label: '证件号码' }, { label: '情况', width: 20 }],
      rows: [
        ['阿依古丽·买买提江吐尔逊', '4201************3X', '未填'],
        ['白安野', '', '全区名册中没有；档案就读状态：区内就读，所填学校：云杪小学'],
      ],
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.worksheets[0];
    expect([1, 2, 3].map((column) => sheet?.getColumn(column).width)).toEqual([14, 22, 20]);
    expect([2, 3].map((row) => sheet?.getRow(row).height)).toEqual([30, 44]);
    expect(sheet?.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToWidth: 1, fitToHeight: 0 });
  });

  test('a sheet too wide to be read on A4 is set up for A3', async () => {
    const path = newPath();
    const wide = Array.from({ length: 21 }, (_, index) => ({ label: `列${index}`, width: 12 }));
    await writeXlsx(path, { columns: wide, rows: [wide.map(() => '江岸区')] });
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    expect(book.worksheets[0]?.pageSetup).toMatchObject({ paperSize: 8, orientation: 'landscape', fitToWidth: 1 });
  });

  test('10,000 rows of 15 columns are written well under the second that a tenth of the promise allows', async () => {
    const row = Array.from({ length: 15 }, (_, index) => `江岸区一元街道${index}`);
    const path = newPath();
    const begin = performance.now();
    await writeXlsx(path, {
      columns: row.map((label) => ({ label })),
      rows: Array.from({ length: 10_000 }, () => row),
      complete: { total: 10_000 },
    });
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect((await readAll(path)).rows).toHaveLength(10_002);
  });
});

describe('writeCsv', () => {
  test('is UTF-8 with byte-order mark and reads back equal', async () => {
    const path = newPath('a.csv');
    const tricky = [...rows, ['=1+1', '换\n行', '逗,号', -2], ['引"号', '@x', '', 0]];
    await writeCsv(path, { columns, rows: tricky, complete: { total: 6 } });
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('\ufeff姓名,')).toBe(true);
    expect(text).toContain("\r\n'=1+1,");
    expect(text.endsWith('共 6 行，导出完整\r\n')).toBe(true);
    const found = (await readAll(path)).rows.map((row) => row.cells);
    expect(found.slice(1, -1)).toEqual([...asRead, ['=1+1', '换\n行', '逗,号', '-2'], ['引"号', '@x', '', '0']]);
  });
});

test('guarding is undone exactly, and nothing guarded begins like a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '＝', 'a', '张') }), (text) => {
      expect(guardText(text)).not.toMatch(/^[=+\-@\t\r＝]/u);
      expect(unguardText(guardText(text))).toBe(text);
    }),
  );
});

test('any text written to .xlsx reads back as it was', async () => {
  const texts = fc
    .sample(fc.string({ unit: 'binary', maxLength: 30 }), { numRuns: 300, seed: 7 })
    .filter((text) => text !== '');
  const path = newPath();
  await writeXlsx(path, { columns: [{ label: '头' }], rows: texts.map((text) => [text]) });
  expect((await readAll(path)).rows.slice(1, -1).map((row) => row.cells[0])).toEqual(texts);
});
