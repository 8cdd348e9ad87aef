import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cleanUp, failureOf, fileOf, newPath, workbookParts, xlsxOf, zipOf } from './testing.ts';

cleanUp();
const oleHead = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** An OLE header with a directory of these stream names. */
function oleOf(...names: string[]): Buffer {
  const sector = Buffer.alloc(512);
  names.forEach((name, index) => sector.write(`${name}\0`, index * 128, 'utf16le'));
  const header = Buffer.alloc(504);
  header.writeUInt16LE(3, 18);
  return Buffer.concat([oleHead, header, sector]);
}

/** Changes what the central directory says of one part. */
function claim(zip: Uint8Array, part: string, change: (header: Buffer) => void): string {
  const bytes = Buffer.from(zip);
  for (
    let at = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    at !== -1;
    at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')
  ) {
    if (bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)) === part) change(bytes.subarray(at));
  }
  return fileOf(bytes);
}

describe('a wrong file is named for what it is, whatever its extension', () => {
  test.each([
    ['pdf', Buffer.from('%PDF-1.7\n…'), 'file-wrong-kind', 'PDF'],
    ['png', Buffer.from('89504e470d0a1a0a00', 'hex'), 'file-wrong-kind', 'PNG'],
    ['jpeg', Buffer.from('ffd8ffe000104a46', 'hex'), 'file-wrong-kind', 'JPEG'],
    ['rar', Buffer.from('Rar!\x1a\x07\x00'), 'file-wrong-kind', 'RAR'],
    [
      'web page as .xls',
      Buffer.from('\ufeff\n<html xmlns:o="x"><table><tr><td>姓名</td></tr></table>'),
      'file-wrong-kind',
      '网页',
    ],
    [
      'xml table',
      Buffer.from('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
      'file-wrong-kind',
      'XML 表格',
    ],
    ['json', Buffer.from('{\n "a": 1}'), 'file-wrong-kind', 'JSON'],
    ['binary', Buffer.from([1, 2, 3, 0, 0, 200, 7, 0]), 'file-wrong-kind', '二进制'],
    [
      'docx',
      Buffer.from(zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' })),
      'file-wrong-kind',
      'Word',
    ],
    ['zip', Buffer.from(zipOf({ 'a.txt': 'x' })), 'file-wrong-kind', '压缩包'],
    ['xlsb', Buffer.from(zipOf({ 'xl/workbook.bin': 'x' })), 'file-wrong-kind', 'xlsb'],
    ['doc', oleOf('Root Entry', 'WordDocument'), 'file-wrong-kind', 'Word'],
    ['encrypted xlsx', oleOf('Root Entry', 'EncryptionInfo', 'EncryptedPackage'), 'file-encrypted', '密码'],
    ['broken xls', oleOf('Root Entry', 'Workbook'), 'file-unreadable', '.xls'],
    [
      'zip behind an OLE head',
      Buffer.concat([oleHead, Buffer.alloc(1016), zipOf(workbookParts(''))]),
      'file-unreadable',
      '.xls',
    ],
    ['nothing', Buffer.alloc(0), 'file-empty', '没有任何数据'],
    ['only spaces', Buffer.from('\ufeff \n\n'), 'file-empty', '没有任何数据'],
    ['only commas', Buffer.from(',,,\n,,,\n'), 'file-empty', '没有任何数据'],
  ])('%s', async (_, bytes, code, word) => {
    const failure = await failureOf(fileOf(bytes, 'named.xlsx'), { fileName: 'named.xlsx' });
    expect(failure.code).toBe(code);
    expect(failure.words).toContain(word);
    expect(failure.words).toMatch(/请/u);
  });

  test('a sheet without rows', async () => {
    expect((await failureOf(xlsxOf('<row r="1"><c r="A1" s="2"/></row>'))).code).toBe('file-empty');
  });
});

describe('a file made to exhaust us is refused', () => {
  test('a claim of 2 GB, before a byte is unpacked', async () => {
    const path = claim(zipOf(workbookParts('')), 'xl/worksheets/sheet1.xml', (header) => {
      header.writeUInt32LE(2_147_483_648, 24);
      header.writeUInt32LE(1_900_000_000, 20);
    });
    expect((await failureOf(path)).code).toBe('file-too-large');
  });

  test('a part of 60 MB of one letter, by its ratio', async () => {
    const path = fileOf(zipOf(workbookParts('', { 'xl/media/image1.bin': 'a'.repeat(60 * 1024 * 1024) })));
    expect(readFileSync(path).length).toBeLessThan(1024 * 1024);
    const failure = await failureOf(path);
    expect(failure.code).toBe('file-too-large');
    expect(failure.words).toContain('压缩');
  });

  test('a part that unpacks to more than it declares', async () => {
    const path = claim(
      zipOf(workbookParts('<row r="1"><c><v>1</v></c></row>'.repeat(5000))),
      'xl/worksheets/sheet1.xml',
      (header) => {
        header.writeUInt32LE(1000, 24);
      },
    );
    expect((await failureOf(path)).code).toBe('file-unreadable');
  });

  test('an entity bomb', async () => {
    const bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    expect(
      (
        await failureOf(
          xlsxOf('', { 'xl/worksheets/sheet1.xml': `<?xml version="1.0"?>${bomb}<worksheet><sheetData/></worksheet>` }),
        )
      ).words,
    ).toContain('实体');
    expect((await failureOf(xlsxOf('', { 'xl/workbook.xml': `${bomb}<workbook/>` }))).code).toBe('file-unreadable');
    expect(
      (
        await failureOf(
          xlsxOf('<row r="1"><c t="s"><v>0</v></c></row>', {
            'xl/sharedStrings.xml': `${bomb}<sst><si><t>&b;</t></si></sst>`,
          }),
        )
      ).code,
    ).toBe('file-unreadable');
  });

  test('too many parts', async () => {
    const parts = workbookParts('');
    for (let index = 0; index < 2001; index++) parts[`xl/media/${index}.txt`] = '';
    expect((await failureOf(fileOf(zipOf(parts, 0)))).code).toBe('file-too-large');
  });

  test.each([
    ['rows', { rows: 3 }, '行数'],
    ['columns', { columns: 1 }, '列数'],
    ['cells', { cells: 5 }, '单元格数量'],
    ['characters', { cellCharacters: 3 }, '字数'],
    ['unpacked bytes', { unpackedBytes: 500 }, '解压'],
    ['file bytes', { fileBytes: 100 }, '上限'],
  ])('too many %s, in .xlsx and in .csv where they apply', async (_, limits, word) => {
    const rows = Array.from(
      { length: 4 },
      () => '<row><c><v>1</v></c><c t="inlineStr"><is><t>四个字呀</t></is></c></row>',
    ).join('');
    const failure = await failureOf(xlsxOf(rows), { limits });
    expect(failure.code).toBe('file-too-large');
    expect(failure.words).toContain(word);
    if ('unpackedBytes' in limits || 'fileBytes' in limits) return;
    expect((await failureOf(fileOf('1,四个字呀\n'.repeat(4), 'a.csv'), { limits })).code).toBe('file-too-large');
  });

  test('shared texts over their limits', async () => {
    const path = xlsxOf('<row r="1"><c t="s"><v>0</v></c></row>', {
      'xl/sharedStrings.xml': `<sst>${'<si><t>文字</t></si>'.repeat(50)}</sst>`,
    });
    expect((await failureOf(path, { limits: { sharedStrings: 10 } })).code).toBe('file-too-large');
    expect((await failureOf(path, { limits: { sharedStringBytes: 100 } })).code).toBe('file-too-large');
  });

  test('one token of megabytes', async () => {
    expect(
      (
        await failureOf(
          xlsxOf('', { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row r="${'1 '.repeat(3_000_000)}` }),
        )
      ).code,
    ).toBe('file-unreadable');
  });
});

describe('damage is told, not swallowed', () => {
  test('an upload cut short', async () => {
    const whole = readFileSync(xlsxOf('<row r="1"><c><v>1</v></c></row>'));
    const path = newPath();
    writeFileSync(path, whole.subarray(0, whole.length - 40));
    expect((await failureOf(path)).code).toBe('file-unreadable');
  });

  test.each([
    ['a sheet cut short', '<worksheet><sheetData><row r="1"><c><v>1</v></c></row>'],
    [
      'a text that does not exist',
      '<worksheet><sheetData><row r="1"><c t="s"><v>99</v></c></row></sheetData></worksheet>',
    ],
    ['UTF-16 inside', '\u0000<\u0000w'],
    [
      'a row number beyond the sheet',
      '<worksheet><sheetData><row r="99999999"><c><v>1</v></c></row></sheetData></worksheet>',
    ],
  ])('%s', async (_, sheet) => {
    expect((await failureOf(xlsxOf('', { 'xl/worksheets/sheet1.xml': sheet }))).code).toBe('file-unreadable');
  });

  test('damaged packed data', async () => {
    const bytes = Buffer.from(zipOf(workbookParts('<row r="1"><c><v>1</v></c></row>'.repeat(500))));
    const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 24;
    bytes.fill(0xff, at + 8, at + 40);
    expect((await failureOf(fileOf(bytes))).code).toBe('file-unreadable');
  });

  test('a password on a part', async () => {
    const path = claim(
      zipOf(workbookParts('<row r="1"><c><v>1</v></c></row>')),
      'xl/worksheets/sheet1.xml',
      (header) => {
        header.writeUInt16LE(header.readUInt16LE(8) | 1, 8);
      },
    );
    expect((await failureOf(path)).code).toBe('file-encrypted');
  });
});
