import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { firstDayToSign } from '#domain/statistics/due.ts';
import { evaluate, formulas } from '#domain/statistics/formulas.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import { emptyTally, sumTallies, type Period, type Tally } from '#domain/statistics/record.ts';
import {
  changesBetween,
  reportFigures,
  reportNext,
  reportOrder,
  reportStateWords,
  type ReportState,
} from '#domain/statistics/report.ts';
import type { Context } from '#server/http/context.ts';
import { periodAsked } from './figures.ts';
import { deadlineOf } from './report-standing.ts';
import { holdsScope, readScopeNames } from './scopes.ts';
import { lastVersions, listPeriodReports, type VersionRow } from './store-reports.ts';
import { talliesOf } from './tallies.ts';

type Roll = OutputOf<typeof contract.listReports>;
type Line = Roll['rows'][number];

/** A school in the roll-up: what it signed, and what the records say now. */
export interface RolledSchool {
  line: Line;
  version: VersionRow | null;
  signed: Tally | null;
  now: Tally;
}

/** Every school within reach that has pupils in a period or has signed its report. */
export async function rollOf(context: Context, period: Period): Promise<RolledSchool[]> {
  const { client, district, reach, today } = context;
  const names = await readScopeNames(context, 'school');
  const { tallies } = await talliesOf(context, { kind: 'school', period, knownAt: null, keys: null });
  const filed = await listPeriodReports(client, district, { periodKind: period.kind, from: period.from });
  const reports = new Map(filed.map((row) => [row.school_id, row]));
  const ids = filed.map((row) => row.id);
  const versions = await lastVersions(client, district, ids);
  const firstDay = firstDayToSign(period);
  return [...names.schools]
    .filter(([id]) => (tallies.has(id) || reports.has(id)) && holdsScope(reach, 'school', id, names))
    .map(([schoolId, { name }]) => {
      const report = reports.get(schoolId);
      const version = report && versions.get(report.id);
      const now = tallies.get(schoolId) ?? emptyTally();
      const state: ReportState = report?.state ?? 'open';
      const changed = version !== undefined && changesBetween(version.counts, now).length > 0;
      const line: Line = {
        schoolId,
        name,
        reportId: report?.id ?? null,
        state,
        stateWords: reportStateWords[state],
        next: reportNext(state, { changed, today, firstDay }),
        version: report?.version ?? 0,
        nil: version?.nil ?? false,
        changed,
        signedName: version?.signed_name ?? null,
        signedAt: version?.signed_at.toISOString() ?? null,
        knownAt: version?.known_at ?? null,
        counts: version?.counts ?? now,
      };
      return { line, version: version ?? null, signed: version?.counts ?? null, now };
    })
    .sort(
      (a, b) =>
        reportOrder.indexOf(a.line.state) - reportOrder.indexOf(b.line.state) || (a.line.name < b.line.name ? -1 : 1),
    );
}

const isMissing = (state: ReportState) => state === 'open' || state === 'returned';

/** Every school's report of a period, who is missing first, page by page; the sum of what was signed beside the recount. */
export async function listReports(context: Context, input: ParsedOf<typeof contract.listReports>): Promise<Roll> {
  const { whole, terms } = await periodAsked(context, input);
  const schools = await rollOf(context, whole);
  const lines = schools.map((one) => one.line);
  const [sum, recount] = [sumTallies(schools.map((one) => one.signed)), sumTallies(schools.map((one) => one.now))];
  const { state: wanted, page, size } = input;
  const chosen = lines.filter(
    ({ state }) => wanted === undefined || (wanted === 'missing' ? isMissing(state) : state === wanted),
  );
  const missing = lines.filter(({ state }) => isMissing(state));
  const count = (state: ReportState) => lines.filter((one) => one.state === state).length;
  return {
    rows: chosen.slice((page - 1) * size, page * size),
    total: chosen.length,
    page,
    size,
    period: whole.kind,
    from: whole.from,
    to: whole.to,
    words: periodWords(whole, terms),
    firstDay: firstDayToSign(whole),
    deadline: await deadlineOf(context, whole),
    states: {
      open: count('open'),
      signed: count('signed'),
      accepted: count('accepted'),
      returned: count('returned'),
    },
    missing: missing.map(({ schoolId, name }) => ({ schoolId, name })),
    sum,
    figures: reportFigures.map((id) => ({ ...evaluate(id, sum), name: formulas[id].name })),
    recount,
    complete: missing.length === 0 && lines.length > 0,
    equalsRecount: changesBetween(recount, sum).length === 0,
  };
}
