import { read, utils } from '@e965/xlsx';
import type { recordSurvey } from '#contract/households.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { residentCheckCharacter } from '#domain/basics/document-number.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { World } from '#server/testing/world.ts';

/** Rows as the loader reads them: every row of the district, whoever may reach it. */
export async function rowsOf<Row extends object>(world: World, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await world.platform.database.loaderPool.query<Row>(text, [world.district, ...values])).rows;
}

/** The one row of a query, which must be there. */
export async function rowOf<Row extends object>(world: World, text: string, values: unknown[] = []): Promise<Row> {
  const [row] = await rowsOf<Row>(world, text, values);
  if (!row) throw new Error(`no row: ${text}`);
  return row;
}

/** How many rows a table of the district has. */
export async function countOf(world: World, table: string): Promise<number> {
  return (await rowOf<{ count: number }>(world, `SELECT count(*)::int AS count FROM ${table} WHERE district_code = $1`))
    .count;
}

/** The full document number of a child, opened with the keys of the world. */
export function numberOf(world: World, child: { id: string; sealed: Buffer | null }): string {
  if (!child.sealed) return '';
  const place = { table: 'child', column: 'sealed', district: world.district, id: child.id };
  // as: sealed with this field
  return (openJson(world.platform.keys, place, child.sealed) as { documentNumber: string }).documentNumber;
}

/** The cells of an exported sheet as another program reads them, row by row. */
export function cellsOf(body: unknown): string[][] {
  const book = read(body, { type: 'buffer' });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error('no sheet');
  return utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' }).map((row) => row.map(String));
}

/** A citizen's number that passes its check, of this birth and sex; `serial` tells apart who shares both. */
export function residentNumber(birthDate: string, sex: '男' | '女', serial: number): string {
  const order = String((serial % 500) * 2 + (sex === '男' ? 1 : 0)).padStart(3, '0');
  const first = `420102${birthDate.replaceAll('-', '')}${order}`;
  return first + residentCheckCharacter(first);
}

/** What stands for a drawn signature. */
export const signature = `data:image/png;base64,${'A'.repeat(60)}`;

type Survey = InputOf<typeof recordSurvey>;
type DoorChild = NonNullable<Survey['newChildren']>[number];

/** A signed survey at a new door of a community. */
export function doorSurvey(world: World, communityCode: string, more: Partial<Survey> = {}): Survey {
  return {
    id: world.platform.newId(),
    householdId: world.platform.newId(),
    newHousehold: { communityCode, address: '沿江大道 1 号 2 单元 301' },
    day: '2026-11-20',
    result: more.newChildren && more.newChildren.length > 0 ? 'children' : 'noChild',
    signature,
    ...more,
  };
}

/** A child met at the door: seven years old, with a citizen's number of its own. */
export function doorChild(world: World, serial: number, more: Partial<DoorChild> = {}): DoorChild {
  return {
    id: world.platform.newId(),
    name: '门小满',
    sex: '男',
    birthDate: '2019-05-20',
    documentType: 'residentId',
    documentNumber: residentNumber('2019-05-20', '男', serial),
    studyStatus: 'none',
    guardian: '门大有',
    ...more,
  };
}
