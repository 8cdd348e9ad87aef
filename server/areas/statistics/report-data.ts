import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { evaluate, formulas, formulaVersions } from '#domain/statistics/formulas.ts';
import { emptyTally, type CoursePart, type Period, type Tally } from '#domain/statistics/record.ts';
import { reportFigures, type Explanation, type Gap } from '#domain/statistics/report.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { readSettings, schoolCalendar } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { asKnownAt } from './known-then.ts';
import { listFigureEntries } from './store-figures.ts';
import { countOverdueOf, listOverdueDuties, listUncalled } from './store-gaps.ts';
import type { VersionRow } from './store-reports.ts';

/** What stands behind the counts of a school: `part child day`. */
export interface Entry {
  part: CoursePart;
  child_id: string;
  day: string;
}

/** What of a report is made from the records: counts, figures, and the fingerprint of everything behind them. */
export interface Made {
  counts: Tally;
  figures: VersionRow['figures'];
  formula: string;
  entries: Entry[];
  fingerprint: string;
}

/** The fingerprint of a report: period, formulas and every entry, in one order (SHA-256). */
export function fingerprintOf(schoolId: string, period: Period, formula: string, entries: readonly Entry[]): string {
  const digest = createHash('sha256').update(`${schoolId} ${period.kind} ${period.from} ${period.to}\n${formula}\n`);
  for (const { part, child_id: child, day } of entries) digest.update(`${part} ${child} ${day}\n`);
  return digest.digest('hex');
}

/** Makes a school's report from the records as known at a moment (null: now). Needs the whole district in sight. */
export async function makeReport(
  context: Context,
  schoolId: string,
  period: Period,
  knownAt: string | null,
): Promise<Made> {
  const ask = { kind: 'school' as const, period, knownAt, schoolId, key: schoolId };
  const entries = await asKnownAt(context, ask, (moment) =>
    listFigureEntries(context.client, context.district, { ...ask, knownAt: moment }),
  );
  const counts = emptyTally();
  for (const { part } of entries) counts[part] += 1;
  const formula = formulaVersions(reportFigures);
  const figures = reportFigures.map((id) => ({ ...evaluate(id, counts), name: formulas[id].name }));
  return { counts, figures, formula, entries, fingerprint: fingerprintOf(schoolId, period, formula, entries) };
}

/** What stands against a nil return of a school: uncalled classes of each school day so far, and what is open past its date. */
export async function gapsOf(context: Context, schoolId: string, period: Period): Promise<Gap[]> {
  const { client, district, today, now } = context;
  const last = today < period.to ? today : period.to;
  const { isSchoolDay } = await schoolCalendar(context, last);
  const days: string[] = [];
  for (let day = period.from; day <= last; day = addCalendarDays(day, 1)) if (isSchoolDay(day)) days.push(day);
  const parts = (await readSettings(context, last))['attendance.afternoon'] ? 2 : 1;
  const uncalled = await listUncalled(client, district, schoolId, days, parts);
  const duties = await listOverdueDuties(client, district, schoolId, now);
  const overdue = await countOverdueOf(client, district, schoolId, today);
  return [
    ...uncalled.map(({ day, classes }) => ({ kind: 'rollCall' as const, day, classes })),
    ...duties.map(({ rule, count, oldest }) => ({ kind: 'duty' as const, rule, count, oldest: oldest.toISOString() })),
    ...overdue,
  ];
}

const Words = z.object({
  reason: z.string().nullable(),
  explanations: z.array(z.string()),
  /** 文字小结; null in versions from before there was one. */
  summary: z.string().nullable().default(null),
});
const place = (context: Context, table: string, id: string) => ({
  table,
  column: 'sealed',
  district: context.district,
  id,
});

/** Seals what people wrote in a version: its reason, the words of its explanations in the order of `own`, and the summary. */
export function sealWords(
  context: Context,
  id: string,
  written: { reason: string | null; explanations: readonly Explanation[]; summary: string },
): Buffer {
  const { reason, explanations, summary } = written;
  const words: z.infer<typeof Words> = { reason, explanations: explanations.map((one) => one.words), summary };
  return sealJson(context.keys, place(context, 'period_report_version', id), words);
}

/** Seals the note of an event; null for none. */
export function sealNote(context: Context, id: string, note: string | null): Buffer | null {
  return note === null ? null : sealJson(context.keys, place(context, 'period_report_event', id), { note });
}

/** Opens the note of an event. */
export function openNote(context: Context, id: string, sealed: Buffer | null): string | null {
  if (sealed === null) return null;
  const opened = openJson(context.keys, place(context, 'period_report_event', id), sealed);
  return z.object({ note: z.string() }).parse(opened).note;
}

/** A signed version as it is shown. */
export function frozenView(
  context: Context,
  row: VersionRow,
): NonNullable<OutputOf<typeof contract.getReport>['frozen']> {
  const words = Words.parse(openJson(context.keys, place(context, 'period_report_version', row.id), row.sealed));
  return {
    version: row.version,
    nil: row.nil,
    counts: row.counts,
    figures: row.figures,
    gaps: row.gaps,
    changes: row.changes,
    explanations: row.own.map(({ part, own }, index) => ({ part, own, words: words.explanations[index] ?? '' })),
    reason: words.reason,
    summary: words.summary,
    formula: row.formula,
    knownAt: row.known_at,
    fingerprint: row.fingerprint,
    signedName: row.signed_name,
    signedAt: row.signed_at.toISOString(),
  };
}
