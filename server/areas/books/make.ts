import { createHash } from 'node:crypto';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reachToken } from '#domain/basics/reach.ts';
import type { SheetColumn, SheetId } from '#domain/books/record.ts';
import { laidOut, ownColumnId } from '#domain/books/rules.ts';
import { sheetWords, standardLayout } from '#domain/books/words.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context, Reach } from '#server/http/context.ts';
import { underReach } from '#server/http/under-reach.ts';
import type { Cell, SheetAsk, SheetDefinition, SheetRow } from './sheet.ts';
import { sheetDefinitions } from './sheets/all.ts';
import { districtName, listFieldRows, listLayoutRows, schoolsOfClasses } from './store-design.ts';
import { lastKnownMoment } from './store-rows.ts';
import { valuesOf } from './values.ts';

/** A sheet that was made: everything that preview, xlsx and PDF show of it. */
export interface MadeSheet {
  definition: SheetDefinition;
  ask: SheetAsk;
  title: string;
  unit: string;
  layout: string;
  columns: SheetColumn[];
  rows: Cell[][];
  /** SHA-256 of what was asked, the columns and every row, hexadecimal. */
  fingerprint: string;
}

type Asked = Omit<ParsedOf<typeof contract.previewSheet>, 'sheet'>;

/** The schools that a reach holds whole or in part. */
async function schoolsWithin(context: Context, reach: Reach): Promise<Set<string>> {
  const idsOf = (kind: 'school' | 'class') =>
    reach.tokens.filter((token) => token.startsWith(`${kind}:`)).map((token) => token.slice(kind.length + 1));
  const ofClasses = await schoolsOfClasses(context.client, context.district, idsOf('class'));
  return new Set([...idsOf('school'), ...ofClasses]);
}

/** What is asked with day, moment and school filled in: a school of one's own where there is but one; out of reach is not found. */
export async function askedOf(context: Context, input: Asked, full: boolean): Promise<SheetAsk> {
  const day = input.day ?? context.today;
  if (day > context.today)
    throw new Failure('input-wrong', '只能查到今天。', { issues: [{ path: 'day', words: '不能晚于今天。' }] });
  const head = await lastKnownMoment(context.client, context.district);
  const knownAt = input.knownAt === undefined || input.knownAt > head ? head : input.knownAt;
  let schoolId = input.schoolId ?? null;
  if (!context.reach.all) {
    const within = await schoolsWithin(context, context.reach);
    if (schoolId !== null && !within.has(schoolId)) throw notFound('学校', '所');
    if (within.size === 1) schoolId ??= [...within][0] ?? null;
  }
  return { schoolId, day, knownAt, level: input.level, period: input.period, full };
}

/** The school asked for, or the bureau. */
export async function unitOf(context: Context, schoolId: string | null): Promise<string> {
  if (schoolId === null) return `${await districtName(context.client, context.district)}教育局`;
  const school = (await schoolsOf(context)).find((one) => one.id === schoolId);
  if (!school) throw notFound('学校', '所');
  return school.name;
}

function cellOf(column: SheetColumn, value: Cell | undefined): Cell {
  if (value === null || value === undefined || value === '') return null;
  return column.kind === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

/** The fingerprint of a sheet: what was asked, the heads, and every row in its order. */
function fingerprintOf(made: Omit<MadeSheet, 'fingerprint' | 'definition'>, id: SheetId): string {
  const { schoolId, day, knownAt, level, period, full } = made.ask;
  const digest = createHash('sha256').update(
    JSON.stringify([id, schoolId, day, knownAt, level, period, full, made.unit, made.columns.map((one) => [one.group ?? '', one.words])]), // prettier-ignore
  );
  for (const row of made.rows) digest.update(`\n${JSON.stringify(row)}`);
  return digest.digest('hex');
}

/** What two reaches have in common. */
function both(one: Reach, other: Reach): Reach {
  if (one.all) return other;
  return other.all ? one : { all: false, tokens: one.tokens.filter((token) => other.tokens.includes(token)) };
}

/** Makes a sheet of what is asked under the reach of its own permission; who has it not gets no sheet. */
export async function makeSheet(context: Context, id: SheetId, ask: SheetAsk): Promise<MadeSheet> {
  const definition = sheetDefinitions[id];
  const reach = context.reachFor(definition.permission);
  if (reach === null) throw new Failure('not-allowed', `您的岗位不查看“${sheetWords[id]}”。`);
  // A job runs as the platform, under the reach of who ordered it; anybody else as far as both the call and the sheet reach.
  const held = context.actor.kind === 'platform' ? context.reach : both(context.reach, reach);
  const { client, district } = context;
  const [layout] = await listLayoutRows(client, district, id, ask.knownAt);
  const fields = await listFieldRows(client, district);
  const columns = laidOut(definition.columns, fields, layout?.columns ?? null);
  const read = await underReach(context, held, async (inner) => {
    const rows = await definition.read(inner, ask);
    const own = fields.filter((field) => columns.some((column) => column.id === ownColumnId(field.id)));
    return own.length === 0 ? rows : withOwn(rows, await valuesOf(inner, own, ask.knownAt));
  });
  const made = {
    ask,
    title: sheetWords[id],
    unit: await unitOf(context, ask.schoolId),
    layout: layout?.name ?? standardLayout,
    columns,
    rows: read.map((row) => columns.map((column) => cellOf(column, row.cells[column.id]))),
  };
  return { ...made, definition, fingerprint: fingerprintOf(made, id) };
}

function withOwn(rows: readonly SheetRow[], values: ReadonlyMap<string, ReadonlyMap<string, string>>): SheetRow[] {
  return rows.map((row) => {
    const own = row.subject === null ? undefined : values.get(row.subject);
    if (!own) return row;
    const cells = Object.fromEntries([...own].map(([field, value]) => [ownColumnId(field), value]));
    return { subject: row.subject, cells: { ...row.cells, ...cells } };
  });
}

/** The reach tokens that hold a whole file: the school's, or for the district nobody's but its own. */
export function reachOfFile(schoolId: string | null): string[] {
  return schoolId === null ? [] : [reachToken('school', schoolId)];
}
