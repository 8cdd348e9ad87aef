import { isDeepStrictEqual } from 'node:util';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { notFound } from '#domain/basics/failure.ts';
import { causeWords } from '#domain/enrolment/course-words.ts';
import { courseCauses } from '#domain/enrolment/course.ts';
import { keptRows } from '#domain/statistics/form.ts';
import type { Period } from '#domain/statistics/record.ts';
import { changesBetween } from '#domain/statistics/report.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { frozenView, makeReport, type Entry } from './report-data.ts';
import { formOf } from './report-form.ts';
import { reportWithin } from './report-standing.ts';
import { findVersion, listLateEntries, type VersionRow } from './store-reports.ts';

type View = OutputOf<typeof contract.getReport>;

const entryKey = (entry: Entry) => `${entry.part} ${entry.child_id} ${entry.day}`;

/** Who stands otherwise than when it was signed, and by which entry; names as far as the actor reaches. */
export async function lateEntries(
  context: Context,
  before: readonly Entry[],
  after: readonly Entry[],
  span: { since: string; until: string | null },
): Promise<View['entries']> {
  const [was, is] = [new Set(before.map(entryKey)), new Set(after.map(entryKey))];
  const parts = new Map<string, string[]>();
  const add = (entry: Entry, sign: string) =>
    parts.set(entry.child_id, [...(parts.get(entry.child_id) ?? []), `${sign}${entry.part}`]);
  for (const entry of before) if (!is.has(entryKey(entry))) add(entry, '-');
  for (const entry of after) if (!was.has(entryKey(entry))) add(entry, '+');
  const { client, district } = context;
  const late = await inWholeDistrict(context, () => listLateEntries(client, district, [...parts.keys()], span));
  const causes = new Map(late.map((row) => [row.child_id, row]));
  const briefs = await briefsOf(context, [...parts.keys()]);
  return [...parts].flatMap(([childId, changed]) => {
    const brief = briefs.get(childId);
    const entry = causes.get(childId);
    const cause = courseCauses.find((one) => one === entry?.cause);
    if (!brief) return [];
    return [
      {
        childId,
        name: brief.name,
        parts: changed,
        day: entry?.day ?? null,
        words: cause === undefined ? '更正' : causeWords[cause],
        knownAt: entry?.known_at ?? null,
        actorName: entry?.actor_name ?? null,
        verb: entry?.verb ?? null,
      },
    ];
  });
}

/** Whether the lines of a version's forms (attendance, ledgers, persuasions) come out the same, made again as known when it was signed. */
async function formHolds(
  context: Context,
  schoolId: string,
  period: Period,
  { form, counts, known_at: knownAt }: VersionRow,
): Promise<boolean | null> {
  if (form === null || keptRows(form).total.attendance.uncalled === null) return null;
  return isDeepStrictEqual(form, await formOf(context, schoolId, period, { counts, knownAt }));
}

/** A signed version, made again as known then: its counts and fingerprint must be those that were signed; with the entries that made it differ from the one before. */
export async function getReportVersion(
  context: Context,
  input: ParsedOf<typeof contract.getReportVersion>,
): Promise<OutputOf<typeof contract.getReportVersion>> {
  const { report, period } = await reportWithin(context, input.id, false);
  const { client, district } = context;
  const version = await findVersion(client, district, report.id, input.version);
  if (!version) throw notFound('报告版本', '个');
  const before = version.version === 1 ? null : await findVersion(client, district, report.id, version.version - 1);
  const made = (one: VersionRow) => makeReport(context, report.school_id, period, one.known_at);
  const { again, was } = await inWholeDistrict(context, async () => ({
    again: await made(version),
    was: before && (await made(before)),
  }));
  const entries =
    before && was && was.fingerprint !== again.fingerprint
      ? await lateEntries(context, was.entries, again.entries, { since: before.known_at, until: version.known_at })
      : [];
  const holds = again.fingerprint === version.fingerprint && changesBetween(version.counts, again.counts).length === 0;
  return {
    ...frozenView(context, version),
    holds,
    formHolds: await formHolds(context, report.school_id, period, version),
    entries,
  };
}
