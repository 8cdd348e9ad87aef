import { readFileSync } from 'node:fs';
import { utils, write as writeOther } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { openSheet } from './read.ts';
import { cleanUp, failureOf, fileOf, readAll, workbookParts, xlsxOf, zipOf } from './testing.ts';

cleanUp();
const samples = new URL('../testing/samples/binjiang/', import.meta.url);
const sample = (name: string) => decodeURIComponent(new URL(encodeURIComponent(name), samples).pathname);
const rareNames = ['𬭎', '𠅤', '𬱖', '䶮', '㛃'];

describe('sample district', () => {
  test.each([
    ['适龄儿童少年信息档案.xlsx', 'xlsx', 875, 23],
    ['学籍_2142010201_滨江小学.xlsx', 'xlsx', 235, 72],
    ['学籍_2142010208_堤角小学.xls', 'xls', 248, 72],
    ['学籍_2142010215_解放小学.csv', 'csv', 251, 72],
    ['学籍_3142010801_堤角初级中学.xlsx', 'xlsx', 115, 72],
    ['到校情况_2026-11-20.xlsx', 'xlsx', 843, 9],
    ['学校名录.csv', 'csv', 5, 4],
  ])('%s is read as %s with %i rows', async (name, kind, rowCount, columns) => {
    const { sheet, rows } = await readAll(sample(name), { fileName: name });
    expect(sheet.kind).toBe(kind);
    expect(rows).toHaveLength(rowCount);
    expect(Math.max(...rows.map((row) => row.cells.length))).toBe(columns);
    expect(sheet.bytes).toBe(readFileSync(sample(name)).length);
  });

  test('rows come in batches of at most 500 and can be read again', async () => {
    const sheet = await openSheet(sample('到校情况_2026-11-20.xlsx'), { fileName: 'a.xlsx' });
    for (const _ of [1, 2]) {
      const sizes: number[] = [];
      for await (const batch of sheet.rows()) sizes.push(batch.length);
      expect(sizes.every((size) => size <= 500)).toBe(true);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(843);
    }
  });
});

describe('.xlsx cells', () => {
  test('every kind of text: shared, rich, phonetic, inline, formula result, escapes, spaces', async () => {
    const strings =
      '<sst><si><t>甲&amp;乙&#x4E19;&#19969;</t></si><si><r><rPr><b/></rPr><t>红</t></r><r><t xml:space="preserve"> 字 </t></r><rPh sb="0" eb="1"><t>hong</t></rPh></si><si><t>a_x000D_b_x005F_x000D_</t></si><si><t>\n  外  \n</t></si><si><t/></si><si><t><![CDATA[<&>]]></t></si></sst>';
    const path = xlsxOf(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c></row>' +
        '<row><c t="inlineStr"><is><t>行内</t></is></c><c t="inlineStr"><is><r><t>多</t></r><r><t>段</t></r><rPh><t>x</t></rPh></is></c><c t="str"><f>A1&amp;"x"</f><v>结果&lt;</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><v>7</v></c></row>' +
        "<x:row r='9'><x:c r='C9' t='inlineStr' ><x:is><x:t>前缀</x:t></x:is></x:c></x:row>",
      { 'xl/sharedStrings.xml': strings },
    );
    const { rows } = await readAll(path);
    expect(rows).toEqual([
      { number: 1, cells: ['甲&乙丙丁', '红 字 ', 'a\rb_x000D_', '外', '', '<&>'] },
      { number: 2, cells: ['行内', '多段', '结果<', '是', '', '7'] },
      { number: 9, cells: ['', '', '前缀'] },
    ]);
  });

  test('date styles become ISO dates, times and numbers stay what they are', async () => {
    const formats = [
      'yyyy\\-mm\\-dd',
      'yyyy"年"m"月"d"日";@',
      '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
      'm/d/yy h:mm',
      '[h]:mm:ss',
      '0.00_);[Red]\\(0.00\\)',
      '#,##0"日"',
      'yyyy/m/d;@',
      '[DBNum1][$-804]yyyy"年"m"月"d"日"',
    ];
    const styles = `<styleSheet><numFmts>${formats.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="57"/>${formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('')}</cellXfs></styleSheet>`;
    const values = [
      [0, '43975'],
      [1, '43975'],
      [2, '43975'],
      [3, '43975'],
      [4, '43975'],
      [5, '43975'],
      [6, '43975'],
      [7, '43975.5'],
      [8, '0.5'],
      [9, '43975'],
      [10, '43975'],
      [11, '43975'],
      [12, '43975'],
      [1, '59'],
      [1, '60'],
      [1, '61'],
      [1, '-3'],
    ];
    const path = xlsxOf(
      `<row r="1">${values.map(([style, value]) => `<c s="${style ?? ''}"><v>${value ?? ''}</v></c>`).join('')}<c t="d"><v>2020-05-24T00:00:00</v></c></row>`,
      { 'xl/styles.xml': styles },
    );
    const day = '2020-05-24';
    expect((await readAll(path)).rows[0]?.cells).toEqual([
      '43975',
      day,
      day,
      day,
      day,
      day,
      day,
      `${day} 12:00:00`,
      '12:00:00',
      '43975',
      '43975',
      day,
      day,
      '1900-02-28',
      '60',
      '1900-03-01',
      '-3',
      day,
    ]);
  });

  test('the 1904 calendar is honoured', async () => {
    const path = xlsxOf('<row r="1"><c s="1"><v>42513</v></c></row>', {
      'xl/workbook.xml':
        '<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>',
      'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    });
    expect((await readAll(path)).rows[0]?.cells).toEqual(['2020-05-24']);
  });

  test('numbers are never scientific, and a document number typed as a number is marked', async () => {
    const values = [
      '13946661603',
      '1.3946661603E10',
      '0.1',
      '0.30000000000000004',
      '1E-7',
      '4.20102202002202E+17',
      '420102202002201933',
      '420102202002201920',
      '420102202002201000',
      '123456789012345',
    ];
    const path = xlsxOf(`<row r="1">${values.map((value) => `<c><v>${value}</v></c>`).join('')}</row>`);
    expect((await readAll(path)).rows[0]).toEqual({
      number: 1,
      cells: [
        '13946661603',
        '13946661603',
        '0.1',
        '0.3',
        '0.0000001',
        '4.20102202002202E+17',
        '420102202002201933',
        '420102202002201920',
        '420102202002201000',
        '123456789012345',
      ],
      lostDigits: [5, 7, 8],
    });
  });

  test('rare characters stay, also as references and in either plane', async () => {
    const path = xlsxOf(
      `<row r="1">${rareNames.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')}<c t="inlineStr"><is><t>&#x2CB4E;</t></is></c></row>`,
    );
    expect((await readAll(path)).rows[0]?.cells).toEqual([...rareNames, '𬭎']);
  });

  test('a merged range has its value in the first cell; rows and cells without content are left out', async () => {
    const path = xlsxOf(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c><c r="B1" s="3"/><c r="XFD1" s="3"/></row><row r="2"/><row r="3"><c r="A3" s="1"/></row><row r="5"><c r="B5"><v>1</v></c></row>',
    );
    expect((await readAll(path)).rows).toEqual([
      { number: 1, cells: ['标题'] },
      { number: 5, cells: ['', '1'] },
    ]);
  });

  test('a sheet cut into any chunks reads the same', async () => {
    const path = xlsxOf(
      Array.from(
        { length: 3000 },
        (_, index) =>
          `<row r="${index + 1}"><c r="A${index + 1}" t="inlineStr"><is><t>𠅤江岸区&amp;${index}</t></is></c><c r="C${index + 1}"><v>${index}</v></c></row>`,
      ).join(''),
    );
    const { rows } = await readAll(path);
    expect(rows).toHaveLength(3000);
    expect(
      rows.every((row, index) => row.number === index + 1 && row.cells.join('|') === `𠅤江岸区&${index}||${index}`),
    ).toBe(true);
  });

  test('the first visible sheet that is no page of notes is read; another on demand', async () => {
    const parts = workbookParts('<row r="1"><c><v>1</v></c></row>', {
      'xl/workbook.xml':
        '<workbook><sheets><sheet name="旧" state="hidden" r:id="rId4"/><sheet name="填表说明" r:id="rId4"/><sheet name="名单" r:id="rId1"/></sheets></workbook>',
    });
    parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] ?? '').replace(
      '</Relationships>',
      '<Relationship Id="rId4" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
    );
    parts['xl/worksheets/sheet2.xml'] =
      '<worksheet><sheetData><row r="1"><c><v>2</v></c></row></sheetData></worksheet>';
    const path = fileOf(zipOf(parts));
    const usual = await readAll(path);
    expect([usual.sheet.sheetName, usual.sheet.sheets, usual.rows[0]?.cells]).toEqual([
      '名单',
      ['填表说明', '名单'],
      ['1'],
    ]);
    expect((await readAll(path, { sheet: '填表说明' })).rows[0]?.cells).toEqual(['2']);
    expect((await failureOf(path, { sheet: '没有' })).code).toBe('file-unreadable');
  });
});

test('.xls: dates, long numbers, booleans, errors', async () => {
  const sheet = utils.aoa_to_sheet([
    ['姓名', '出生日期', '证件号码', '电话', '住校'],
    ['𬭎䶮', 43975, 420102202002201933, 13946661603, true],
  ]);
  sheet['B2'] = { t: 'n', v: 43975, z: 'yyyy-mm-dd' };
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '名单');
  const bytes = writeOther(book, { type: 'buffer', bookType: 'biff8' }) as Buffer; // The library types every output as any.
  const { rows, sheet: reader } = await readAll(fileOf(bytes, 'a.xlsx'));
  expect(reader.kind).toBe('xls');
  expect(rows[1]).toEqual({
    number: 2,
    cells: ['𬭎䶮', '2020-05-24', '4.20102202002202E+17', '13946661603', '是'],
    lostDigits: [2],
  });
});

describe('text tables', () => {
  const table = `姓名,住址,备注\r\n${rareNames.join('')},"江岸区, ""一元""\n街道",${'字'.repeat(60)}\r\n\r\n张三,,="0012"\r\n`;
  const expected = [
    { number: 1, cells: ['姓名', '住址', '备注'] },
    { number: 2, cells: [rareNames.join(''), '江岸区, "一元"\n街道', '字'.repeat(60)] },
    { number: 4, cells: ['张三', '', '0012'] },
  ];
  test.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${table}`)],
    ['UTF-16LE with BOM', Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['GB18030 with four-byte characters', iconv.encode(table, 'gb18030')],
    [
      'semicolons',
      Buffer.from(
        table
          .replace('姓名,住址,备注', '姓名;住址;备注')
          .replace(/^(.{5,12}),"/mu, '$1;"')
          .replace('",字', '";字')
          .replace('张三,,', '张三;;'),
      ),
    ],
    [
      'tabs',
      iconv.encode(
        table
          .replace('姓名,住址,备注', '姓名\t住址\t备注')
          .replace(`${rareNames.join('')},`, `${rareNames.join('')}\t`)
          .replace('",字', '"\t字')
          .replace('张三,,', '张三\t\t'),
        'gb18030',
      ),
    ],
    ['sep= line', Buffer.from(`sep=,\r\n${table}`)],
  ])('%s', async (name, bytes) => {
    const { rows, sheet } = await readAll(fileOf(bytes, 'a.csv'), { fileName: '名单.csv' });
    expect(sheet.kind).toBe('csv');
    expect(sheet.sheetName).toBe('名单');
    expect(rows.map((row) => row.cells)).toEqual(expected.map((row) => row.cells));
    if (name !== 'sep= line') expect(rows).toEqual(expected);
  });

  test('GB18030 is found behind a megabyte of ASCII, and chunk borders split no character', async () => {
    const lines = `${'a,b\n'.repeat(300_000)}${'江岸区𬭎,乙\n'.repeat(50_000)}`;
    for (const bytes of [Buffer.from(lines), iconv.encode(lines, 'gb18030')]) {
      const { rows } = await readAll(fileOf(bytes, 'a.csv'), { limits: { rows: 400_000 } });
      expect(rows).toHaveLength(350_000);
      expect(rows.slice(300_000).every((row) => row.cells[0] === '江岸区𬭎')).toBe(true);
    }
  });

  test('numbers that a program shortened are marked', async () => {
    const { rows } = await readAll(fileOf('姓名,证件号码\n张三,4.20102E+17\n李四,420102202002201933\n', 'a.csv'));
    expect(rows.map((row) => row.lostDigits)).toEqual([undefined, [1], undefined]);
  });

  test('damaged text is refused with its line, not turned to gibberish', async () => {
    const good = Buffer.from('姓名,学校名称\n'.repeat(50));
    const failure = await failureOf(fileOf(Buffer.concat([good, Buffer.from([0xe6, 0x2c, 0xff, 0x0a])]), 'a.csv'));
    expect(failure.code).toBe('file-unreadable');
    expect(failure.words).toContain('第 51 行');
    expect((await failureOf(fileOf('a,b\n1,"2\n3,4\n', 'a.csv'))).words).toContain('双引号');
  });
});
