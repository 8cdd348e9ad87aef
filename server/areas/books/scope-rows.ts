import type { OutputOf } from '#contract/endpoint.ts';
import type * as figures from '#contract/statistics-figures.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import { levelOf, type ScopeKind } from '#domain/statistics/record.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import { getFigures, listFigures } from '#server/areas/statistics/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { SheetAsk } from './sheet.ts';

/** The counts and figures of one unit of a table, as statistics answers them. */
export interface ScopeRow {
  kind: ScopeKind;
  key: string;
  name: string;
  /** The grade of a row of grades. */
  grade: number | null;
  counts: OutputOf<typeof figures.getFigures>['counts'];
  figures: OutputOf<typeof figures.getFigures>['figures'];
  total: boolean;
}

/** The units of a table and the period that they were counted over. */
export interface ScopeRows {
  rows: ScopeRow[];
  words: string;
  from: string;
  to: string;
}

/** Of which kind the rows are: schools of the district, its grades where a level is asked, grades of a school, or classes for who reaches no more. */
function kindOf(context: Context, ask: SheetAsk): ScopeKind {
  if (ask.schoolId === null) return ask.level === 'all' ? 'school' : 'grade';
  const whole = context.reach.all || context.reach.tokens.includes(reachToken('school', ask.schoolId));
  return whole ? 'schoolGrade' : 'class';
}

function gradeOf(kind: ScopeKind, key: string): number | null {
  const text = kind === 'grade' ? key : kind === 'schoolGrade' ? (key.split(':')[1] ?? '') : '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** The rows of a table with their sum as statistics counts it, never added up here. */
export async function scopeRows(context: Context, ask: SheetAsk, only?: ScopeKind): Promise<ScopeRows> {
  const kind = only ?? kindOf(context, ask);
  const { day, knownAt, period } = ask;
  const listed = await listFigures(context, {
    day,
    knownAt,
    period,
    scopeKind: kind,
    schoolId: ask.schoolId ?? undefined,
    variants: undefined,
  });
  // in a school's own table its name need not stand in every line
  const own =
    ask.schoolId === null ? undefined : (await schoolsOf(context)).find((one) => one.id === ask.schoolId)?.name;
  const rows = listed.rows
    .map(({ key, name, counts, figures }) => ({
      kind,
      key,
      name: own === undefined ? name : name.replace(own, ''),
      grade: gradeOf(kind, key),
      counts,
      figures,
      total: false,
    }))
    .filter((row) => row.grade === null || isOfLevel(row.grade, ask.level))
    .sort((a, b) => (a.grade ?? 0) - (b.grade ?? 0));
  const total = totalOf(context, ask, kind);
  if (total) {
    const made = await getFigures(context, { day, knownAt, period, ...total.scope, variants: undefined });
    rows.push({
      kind: total.scope.scopeKind,
      key: total.scope.scopeKey,
      name: '合计',
      grade: null,
      counts: made.counts,
      figures: made.figures,
      total: true,
    });
  }
  return { rows, words: listed.words, from: listed.from, to: listed.to };
}

function totalOf(
  context: Context,
  ask: SheetAsk,
  kind: ScopeKind,
): { scope: { scopeKind: ScopeKind; scopeKey: string } } | null {
  // prettier-ignore
  if (kind === 'schoolGrade' && ask.schoolId !== null && ask.level === 'all')
    return { scope: { scopeKind: 'school', scopeKey: ask.schoolId } };
  if (!context.reach.all) return null;
  if (kind === 'school' || kind === 'street') return { scope: { scopeKind: 'district', scopeKey: '' } };
  if (kind === 'level') return { scope: { scopeKind: 'district', scopeKey: '' } };
  if (kind !== 'grade') return null;
  const level = ask.level === 'all' ? null : ask.level;
  return {
    scope: level ? { scopeKind: 'level', scopeKey: level } : { scopeKind: 'district', scopeKey: '' },
  };
}

/** Whether a child of a ledger counts in a row: by school, by grade, or in the sum. */
export function countsIn(row: ScopeRow, child: { schoolName: string | null; grade: number | null }): boolean {
  if (row.total) return row.kind !== 'level' || (child.grade !== null && levelOf(child.grade) === row.key);
  return row.kind === 'school' ? child.schoolName === row.name : child.grade !== null && child.grade === row.grade;
}

/** A rate as it is printed: two decimals, a stroke where nothing stands below. */
export function rateWords(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : `${value.toFixed(2)}%`;
}
