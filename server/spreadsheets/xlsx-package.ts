import { contentTypesXml, rootRelationsXml, stylesXml, workbookRelationsXml, workbookXml, type ListedSheet } from './sheet-markup.ts'; // prettier-ignore
import type { ZipWriter } from './zip-writer.ts';

/** Writes one whole part of a workbook. */
async function writePart(zip: ZipWriter, name: string, text: string): Promise<void> {
  const part = zip.begin(name);
  await part.write(text);
  await part.end();
}

/** Writes every part of a workbook but its sheets; these follow in their order, each begun with `beginSheet`. */
export async function writeWorkbook(zip: ZipWriter, sheets: readonly ListedSheet[]): Promise<void> {
  await writePart(zip, '[Content_Types].xml', contentTypesXml(sheets.length));
  await writePart(zip, '_rels/.rels', rootRelationsXml);
  await writePart(zip, 'xl/workbook.xml', workbookXml(sheets));
  await writePart(zip, 'xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets.length));
  await writePart(zip, 'xl/styles.xml', stylesXml);
}

/** Begins the part of a sheet, counted from 1. */
export function beginSheet(zip: ZipWriter, number: number): ReturnType<ZipWriter['begin']> {
  return zip.begin(`xl/worksheets/sheet${number}.xml`);
}
