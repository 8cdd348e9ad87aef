const wrapped = '<alignment vertical="center" wrapText="1"/>';
const middled = (side: 'left' | 'center' | 'right', more = '') =>
  `<alignment horizontal="${side}" vertical="center"${more}/>`;

/**
 * How each style looks: number format (0 general, 49 text, so that numbers typed over keep their digits, 164 a day), font (0 body, 1 title,
 * 2 bold), fill (2 grey), border (1 thin lines), and how the text stands.
 */
const looks = {
  plain: {},
  title: { font: 1, stands: middled('center') },
  note: { stands: wrapped },
  head: { format: 49, font: 2, fill: 2, border: 1, stands: middled('center', ' wrapText="1"') },
  text: { format: 49, border: 1, stands: wrapped },
  number: { border: 1, stands: middled('right') },
  date: { format: 164, border: 1, stands: middled('center') },
  closing: { format: 49, font: 2, stands: wrapped },
  right: { stands: middled('right') },
  centred: { stands: middled('center') },
  counted: { border: 1, stands: middled('center') },
} satisfies Record<string, { format?: number; font?: number; fill?: number; border?: number; stands?: string }>;

type StyleName = keyof typeof looks;
const styleNames = Object.keys(looks) as StyleName[]; // as: the keys of the object above

/** Styles of the sheets we write, by index in `stylesXml`. */
export const styles = Object.fromEntries(styleNames.map((name, index) => [name, index])) as Record<StyleName, number>; // as: made of every name

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelation = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Characters XML cannot hold are written as the `_xHHHH_` escape that spreadsheets read back, as is text that looks like one. */
export function escapeXml(text: string): string {
  // Most cells need nothing of this; the test costs a tenth of the replacements.
  if (!/[&<>"\0-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_x/u.test(text)) return text;
  return text
    .replace(/_x(?=[0-9a-fA-F]{4}_)/gu, '_x005F_x')
    .replace(
      /[\0-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff]/gu,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Letters of a column counted from 0. */
export function columnName(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** How wide a text stands, a Han character counting two. */
export function charactersWide(text: string): number {
  let wide = 0;
  for (const character of text) wide += character > '\u2e7f' ? 2 : 1;
  return wide;
}

/** A name that Excel accepts for a sheet: at most 31 characters, none of []:*?/\ . */
export function sheetNameOf(title: string): string {
  return (
    Array.from(title.replace(/[[\]:*?/\\'\0-\x1f]/gu, ' ').trim())
      .slice(0, 31)
      .join('')
      .trim() || '数据'
  );
}

const numbersOf = (sheets: number) => Array.from({ length: sheets }, (_, index) => String(index + 1));

/** What each part of a workbook of so many sheets is. */
export function contentTypesXml(sheets: number): string {
  const worksheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';
  const parts = numbersOf(sheets)
    .map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${worksheet}"/>`)
    .join('');
  return `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${parts}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`;
}

/** Where the package finds its workbook. */
export const rootRelationsXml = `${declaration}<Relationships xmlns="${packageRelation}"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

/** Where the workbook finds its sheets and its styles. */
export function workbookRelationsXml(sheets: number): string {
  const parts = numbersOf(sheets)
    .map(
      (number) =>
        `<Relationship Id="rId${number}" Type="${relation}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
    )
    .join('');
  return `${declaration}<Relationships xmlns="${packageRelation}">${parts}<Relationship Id="rId${sheets + 1}" Type="${relation}/styles" Target="styles.xml"/></Relationships>`;
}

/** A sheet as the workbook lists it: its name, and the rows of its head, which are repeated on every printed page. */
export interface ListedSheet {
  name: string;
  firstHeadRow: number;
  headRow: number;
}

/** The workbook with its sheets in their order. */
export function workbookXml(sheets: readonly ListedSheet[]): string {
  const listed = sheets
    .map(({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('');
  const titles = sheets
    .map(
      ({ name, firstHeadRow, headRow }, index) =>
        `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escapeXml(name)}'!$${firstHeadRow}:$${headRow}</definedName>`,
    )
    .join('');
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${relation}"><sheets>${listed}</sheets><definedNames>${titles}</definedNames></workbook>`;
}

const thin = ['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color auto="1"/></${side}>`)
  .join('');

function formatXml(look: { format?: number; font?: number; fill?: number; border?: number; stands?: string }): string {
  const { format = 0, font = 0, fill = 0, border = 0, stands } = look;
  const applies = [
    ['NumberFormat', format !== 0],
    ['Font', font !== 0],
    ['Fill', fill !== 0],
    ['Border', border !== 0],
    ['Alignment', stands !== undefined],
  ] as const;
  const apply = applies.filter(([, does]) => does).map(([what]) => ` apply${what}="1"`);
  const head = `xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${apply.join('')}`;
  return stands === undefined ? `<${head}/>` : `<${head}>${stands}</xf>`;
}

const family = '<name val="宋体"/><charset val="134"/>';
const fonts = [`<sz val="10.5"/>${family}`, `<b/><sz val="16"/>${family}`, `<b/><sz val="10.5"/>${family}`];
const solid = '<patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill>';
const fills = ['<patternFill patternType="none"/>', '<patternFill patternType="gray125"/>', solid];
const borders = ['<left/><right/><top/><bottom/>', thin];
const listed = (name: string, each: string, parts: readonly string[]) =>
  `<${name} count="${parts.length}">${parts.map((part) => `<${each}>${part}</${each}>`).join('')}</${name}>`;

/** The styles of every sheet: title 宋体 16 bold, body 宋体 10.5, thin borders. */
export const stylesXml = [
  `${declaration}<styleSheet xmlns="${main}">`,
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  listed('fonts', 'font', fonts),
  listed('fills', 'fill', fills),
  listed(
    'borders',
    'border',
    borders.map((sides) => `${sides}<diagonal/>`),
  ),
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="${styleNames.length}">${styleNames.map((name) => formatXml(looks[name])).join('')}</cellXfs>`,
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('');

/** The beginning of the sheet: fit to one page wide, header frozen, column widths in characters. */
export function sheetStart(headRow: number, widths: readonly number[]): string {
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0" showGridLines="0"><pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>`;
}

/** The widest sheet, in characters, whose body stands on A4 landscape at about two thirds of its size; wider ones are printed on A3. */
const widestOnA4 = 220;

/** The end of the sheet: merged ranges, A4 or A3 landscape, one page wide, the watermark in the page's head, page numbers in its foot. */
export function sheetEnd(merged: readonly string[], widths: readonly number[], watermark: string): string {
  const paper = widths.reduce((sum, width) => sum + width, 0) > widestOnA4 ? 8 : 9;
  const merges =
    merged.length > 0
      ? `<mergeCells count="${merged.length}">${merged.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`
      : '';
  const head =
    watermark === ''
      ? ''
      : `<oddHeader>&amp;R&amp;"宋体"&amp;9${escapeXml(` ${watermark}`.replaceAll('&', '&&')).slice(0, 240)}</oddHeader>`;
  return `</sheetData>${merges}<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="${paper}" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter>${head}<oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>`;
}

/** One text cell; the text must already be guarded. */
export function textCell(reference: string, text: string, style: number): string {
  if (text === '') return `<c r="${reference}" s="${style}"/>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

/** One number cell. */
export function numberCell(reference: string, value: number, style: number): string {
  return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
}
