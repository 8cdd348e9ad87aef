import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { afterAll } from 'vitest';
import type { Failure } from '#domain/basics/failure.ts';
import { openSheet, type OpenOptions } from './read.ts';
import type { SheetReader, SheetRow } from './sheet-row.ts';

const folder = mkdtempSync(join(tmpdir(), 'spreadsheets-'));
let count = 0;

/** Call once in a test file: removes what it wrote. */
export function cleanUp(): void {
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}

/** A path in a folder that is removed after the tests. */
export function newPath(name = 'test.xlsx'): string {
  count++;
  // another file of the process may have removed it
  mkdirSync(folder, { recursive: true });
  return join(folder, `${count}-${name}`);
}

/** Writes a file for a test and gives its path. */
export function fileOf(bytes: Uint8Array | string, name = 'test.xlsx'): string {
  const path = newPath(name);
  writeFileSync(path, bytes);
  return path;
}

/** Everything a file holds. */
export async function readAll(
  path: string,
  options: Partial<OpenOptions> = {},
): Promise<{ sheet: SheetReader; rows: SheetRow[] }> {
  const sheet = await openSheet(path, { fileName: 'test.xlsx', ...options });
  const rows: SheetRow[] = [];
  for await (const batch of sheet.rows()) rows.push(...batch);
  return { sheet, rows };
}

/** Code and words of the failure that reading a file ends in. */
export async function failureOf(
  path: string,
  options: Partial<OpenOptions> = {},
): Promise<{ code: string; words: string }> {
  try {
    await readAll(path, options);
  } catch (error) {
    const failure = error as Failure; // The tests name the code; anything else fails them.
    return { code: failure.code, words: failure.message };
  }
  return { code: 'none', words: '' };
}

const contentTypes =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';
const officeRelation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook as another program might write it, with the parts given replaced or added. */
export function workbookParts(sheetData: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${officeRelation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': '<workbook><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${officeRelation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${officeRelation}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${officeRelation}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${sheetData}</sheetData><mergeCells/></worksheet>`,
    ...more,
  };
}

/** A zip of texts. */
export function zipOf(parts: Record<string, string>, level: 0 | 6 = 6): Uint8Array {
  const entries: Zippable = {};
  for (const [name, text] of Object.entries(parts)) entries[name] = [new TextEncoder().encode(text), { level }];
  return zipSync(entries);
}

/** An .xlsx with these rows of sheet XML. */
export function xlsxOf(sheetData: string, more: Record<string, string> = {}): string {
  return fileOf(zipOf(workbookParts(sheetData, more)));
}
