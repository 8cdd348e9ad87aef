import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { guardText } from './guard.ts';
import * as markup from './sheet-markup.ts';
import { xlsxType } from './sheet-file.ts';
import { createZipWriter } from './zip-writer.ts';

/** A form as a sheet: columns of one group under one merged head, the last line standing out as 合计. */
export interface FormSheetFile {
  title: string;
  /** Unit, period and day, at the left of the line below the title. */
  line: string;
  columns: readonly { group: string | null; label: string; width: number; number: boolean }[];
  rows: readonly (readonly (string | number | null)[])[];
  notes: readonly string[];
  /** Where people sign: 填表人, 审核人, 日期. */
  foot: string;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Sheet names of a workbook, each once and as Excel accepts them. */
function namesOf(sheets: readonly FormSheetFile[]): string[] {
  const used: string[] = [];
  for (const { title } of sheets) {
    const name = markup.sheetNameOf(title);
    used.push(used.includes(name) ? `${name.slice(0, 27)} ${String(used.length + 1)}` : name);
  }
  return used;
}

/** The rows of merged heads: how many, and from which to which column each group reaches. */
function headOf(columns: FormSheetFile['columns']): {
  rows: number;
  groups: { name: string; from: number; to: number }[];
} {
  const groups: { name: string; from: number; to: number }[] = [];
  for (const [index, { group }] of columns.entries()) {
    const last = groups.at(-1);
    if (group === null) continue;
    if (last?.name === group && last.to === index - 1) last.to = index;
    else groups.push({ name: group, from: index, to: index });
  }
  return { rows: groups.length > 0 ? 2 : 1, groups };
}

function sheetXml(sheet: FormSheetFile, watermark: string): string {
  const { columns } = sheet;
  const letters = columns.map((_, index) => markup.columnName(index));
  const last = letters.at(-1) ?? 'A';
  const head = headOf(columns);
  const headAt = 3;
  const firstRow = headAt + head.rows;
  const merges: string[] = [];
  const lines: string[] = [];
  const wide = (row: number, text: string, style: number, height: number) => {
    merges.push(`A${String(row)}:${last}${String(row)}`);
    const cell = markup.textCell(`A${String(row)}`, guardText(text), style);
    lines.push(`<row r="${String(row)}" ht="${String(height)}" customHeight="1">${cell}</row>`);
  };
  wide(1, sheet.title, markup.styles.title, 30);
  wide(2, sheet.line, markup.styles.note, 18);
  for (let level = 0; level < head.rows; level += 1) {
    const row = headAt + level;
    const words = columns.map(({ group, label }, index) => {
      if (level === 0 && head.rows === 2)
        return group === null ? label : head.groups.some((one) => one.from === index) ? group : '';
      return group === null && head.rows === 2 ? '' : label;
    });
    const cells = words.map((text, index) =>
      markup.textCell(`${letters[index] ?? ''}${String(row)}`, guardText(text), markup.styles.head),
    );
    lines.push(
      `<row r="${String(row)}" ht="${level === head.rows - 1 ? '34' : '20'}" customHeight="1">${cells.join('')}</row>`,
    );
  }
  if (head.rows === 2) {
    for (const { from, to } of head.groups)
      if (to > from) merges.push(`${letters[from] ?? ''}${String(headAt)}:${letters[to] ?? ''}${String(headAt)}`);
    for (const [index, { group }] of columns.entries())
      if (group === null)
        merges.push(`${letters[index] ?? ''}${String(headAt)}:${letters[index] ?? ''}${String(headAt + 1)}`);
  }
  let at = firstRow - 1;
  for (const row of sheet.rows) {
    at += 1;
    const cells = columns.map(({ number }, index) => {
      const value = row[index] ?? '';
      const place = `${letters[index] ?? ''}${String(at)}`;
      if (typeof value === 'number') return markup.numberCell(place, value, markup.styles.number);
      return markup.textCell(place, guardText(value), number ? markup.styles.number : markup.styles.text);
    });
    lines.push(`<row r="${String(at)}" ht="20" customHeight="1">${cells.join('')}</row>`);
  }
  for (const note of sheet.notes) wide((at += 1), note, markup.styles.note, 18);
  wide((at += 1), sheet.foot, markup.styles.note, 26);
  const widths = columns.map((column) => column.width);
  const end = markup
    .sheetEnd([], widths, watermark)
    .replace(
      '</sheetData>',
      `</sheetData><mergeCells count="${String(merges.length)}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`,
    );
  return `${markup.sheetStart(firstRow - 1, widths)}${lines.join('')}${end}`;
}

/** Forms as one workbook, a sheet each: title, unit and period, merged heads repeated on each page, A4 landscape one page wide. */
export async function formFile(
  fileName: string,
  sheets: readonly FormSheetFile[],
  watermark: string,
): Promise<{ fileName: string; contentType: string; body: Buffer }> {
  const target = new PassThrough();
  const chunks: Buffer[] = [];
  target.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = finished(target, { readable: false });
  const zip = createZipWriter(target);
  const part = async (name: string, text: string) => {
    const writer = zip.begin(name);
    await writer.write(text);
    await writer.end();
  };
  const names = namesOf(sheets);
  const each = (write: (number: string, name: string, sheet: FormSheetFile) => string) =>
    sheets.map((sheet, index) => write(String(index + 1), names[index] ?? '', sheet)).join('');
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';
  const one = '<Override PartName="/xl/worksheets/sheet1.xml"';
  const types = markup.contentTypesXml.replace(
    new RegExp(`${one}[^>]*>`, 'u'),
    each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${sheetType}"/>`),
  );
  const titles = each((number, name, sheet) => {
    const lastHead = 2 + headOf(sheet.columns).rows;
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${String(Number(number) - 1)}">'${markup.escapeXml(name)}'!$1:$${String(lastHead)}</definedName>`;
  });
  const listed = each(
    (number, name) => `<sheet name="${markup.escapeXml(name)}" sheetId="${number}" r:id="rId${number}"/>`,
  );
  const relations = each(
    (number) => `<Relationship Id="rId${number}" Type="${relation}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
  );
  await part('[Content_Types].xml', types);
  await part('_rels/.rels', markup.rootRelationsXml);
  await part(
    'xl/workbook.xml',
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relation}"><sheets>${listed}</sheets><definedNames>${titles}</definedNames></workbook>`,
  );
  await part(
    'xl/_rels/workbook.xml.rels',
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations}<Relationship Id="rId${String(sheets.length + 1)}" Type="${relation}/styles" Target="styles.xml"/></Relationships>`,
  );
  await part('xl/styles.xml', markup.stylesXml);
  for (const [index, sheet] of sheets.entries())
    await part(`xl/worksheets/sheet${String(index + 1)}.xml`, sheetXml(sheet, watermark));
  await zip.finish();
  target.end();
  await ended;
  return { fileName, contentType: xlsxType, body: Buffer.concat(chunks) };
}
