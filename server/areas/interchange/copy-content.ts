import { endpoints } from '#contract/index.ts';
import { childExcluded, childTables, schoolExcluded, schoolTables, type CopyTable } from '#domain/interchange/copy-tables.ts'; // prettier-ignore
import { columnWords } from '#domain/interchange/copy-columns.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { codesOf } from './copy-codes.ts';
import { readLooks, readNames, readTable } from './store-copies.ts';

/** One table of a copy with its rows. */
export interface CopySection {
  table: string;
  words: string;
  rows: Record<string, unknown>[];
}

/** Everything about one child or school, as docs/operations/copies.md says. */
export interface Copy {
  format: 'baoxue-copy';
  version: 1;
  subject: { kind: 'child' | 'school'; id: string; name: string };
  madeAt: string;
  basis: string;
  requestId: string;
  sections: CopySection[];
  lookedAt: { at: string; verb: string; words: string; role: string | null; reason: string | null }[];
  excluded: { table: string; words: string; why: string }[];
  /** Chinese words of the columns that occur. */
  columns: Record<string, string>;
  /** Chinese words of the codes that occur, by table and column. */
  codes: Record<string, Record<string, string>>;
  /** Names of the schools, classes, places and fields of the bureau's own that the rows name by id or code. */
  names: Record<string, string>;
}

/** Columns of every table that serve the platform and say nothing about the subject. */
const inner = /^(district_code|reach|units|row_print|.*_index|content_print|fingerprint|name_tail|pinyin|initials)$/;

/** Whether a copy hands a column of a table out at all. */
export function isHandedOut(of: CopyTable, column: string): boolean {
  return !inner.test(column) && of.leave?.includes(column) !== true;
}

function shown(context: Context, of: CopyTable, row: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    if (value === null || !isHandedOut(of, column)) continue;
    if (!Buffer.isBuffer(value)) kept[column] = value;
    else if (column.includes('sealed'))
      kept[column] = openJson(context.keys, { table: of.table, column, district: context.district, id: String(row['id']) }, value); // prettier-ignore
  }
  return kept;
}

/** The columns whose ids or codes the copy names. */
export const namedColumns = ['school_id', 'class_id', 'to_school_id', 'to_class_id', 'their_school_id', 'subdistrict_code', 'community_code', 'owner_unit', 'field_id']; // prettier-ignore
const namedIn = (row: Record<string, unknown>): string[] =>
  namedColumns.map((column) => row[column]).filter((value) => typeof value === 'string');

/** The codes of the rows with their words, for who reads the JSON. */
function codesIn(sections: readonly CopySection[]): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {};
  for (const { table, rows } of sections)
    for (const [column, value] of rows.flatMap((row) => Object.entries(row)))
      for (const code of Array.isArray(value) ? value : [value]) {
        const words = typeof code === 'string' ? codesOf(table, column)?.[code] : undefined;
        if (words !== undefined) (found[`${table}.${column}`] ??= {})[String(code)] = words;
      }
  return found;
}

const wordsOfVerb = new Map(
  endpoints.flatMap((one) => (one.audit === null ? [] : [[one.audit, one.summary] as const])),
);

/** Gathers everything about a subject under the whole district's reach; superseded versions included. */
export async function gatherCopy(
  context: Context,
  of: { kind: 'child' | 'school'; id: string; name: string; requestId: string },
): Promise<Copy> {
  const { client, district } = context;
  const isChild = of.kind === 'child';
  const sections: CopySection[] = [];
  for (const table of isChild ? childTables : schoolTables) {
    const rows = await readTable(client, district, table, of.id);
    sections.push({ table: table.table, words: table.words, rows: rows.map((row) => shown(context, table, row)) });
  }
  const rows = sections.flatMap((section) => section.rows);
  const looks = isChild ? await readLooks(client, district, of.id) : [];
  return {
    format: 'baoxue-copy',
    version: 1,
    subject: { kind: of.kind, id: of.id, name: of.name },
    madeAt: context.now.toISOString(),
    basis: isChild ? '个人信息保护法 第四十五条' : '中小学生学籍管理办法（学校撤并、移交）',
    requestId: of.requestId,
    sections,
    lookedAt: looks.map((look) => ({ ...look, at: look.at.toISOString(), words: wordsOfVerb.get(look.verb) ?? look.verb })), // prettier-ignore
    excluded: Object.entries(isChild ? childExcluded : schoolExcluded).map(([table, leftOut]) => ({
      table,
      ...leftOut,
    })),
    columns: Object.fromEntries(
      Object.entries(columnWords).filter(([column]) => rows.some((row) => Object.hasOwn(row, column))),
    ),
    codes: codesIn(sections),
    names: await readNames(client, district, [...new Set(rows.flatMap(namedIn))]),
  };
}
