import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-cockpit.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import { caseStateWords } from '#domain/dropout/words.ts';
import type { CaseState } from '#domain/dropout/record.ts';
import { evaluate, formulas } from '#domain/statistics/formulas.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import { dutyPartWords, foundNote, funnelNote, type WorkCounts } from '#domain/statistics/work.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { periodAsked, withinOf } from './figures.ts';
import { holdsScope, readScopeNames, scopeWithin, scopeWords } from './scopes.ts';
import { listDutiesOf } from './store-duty-names.ts';
import { listRoundsOf, nameRounds } from './store-work.ts';
import { workAsk, workOf, type Worked } from './work.ts';

type Share = OutputOf<typeof contract.getWork>['shares'][number];

/** The shares that the formulas make of the work: duties in time, visits and households covered; a share of nothing has no value. */
export function sharesOf(counts: WorkCounts): Share[] {
  const of = (part: keyof WorkCounts) => counts[part] ?? 0;
  const timely = evaluate('timeliness', { DutiesDue: of('DutiesDue'), DutiesInTime: of('DutiesInTime') });
  const visits = evaluate('coverage', { ToCover: of('ToVisit'), Covered: of('Visited') });
  const homes = evaluate('coverage', { ToCover: of('Households'), Covered: of('Surveyed') });
  const made = [
    { ...timely, figure: 'timeliness' as const, of: 'duties' as const, name: '任务及时率' },
    { ...visits, figure: 'coverage' as const, of: 'visits' as const, name: '走访覆盖率' },
    { ...homes, figure: 'coverage' as const, of: 'households' as const, name: '入户摸底覆盖率' },
  ];
  return made.map(({ figure, of: covered, name, version, numerator, denominator, value }) => ({
    figure,
    of: covered,
    name,
    version,
    words: formulas[figure].words,
    numerator,
    denominator,
    value,
  }));
}

function headOf(made: Awaited<ReturnType<typeof periodAsked>>, { source, madeAt }: Worked) {
  return { from: made.cut.from, to: made.cut.to, words: periodWords(made.whole, made.terms), source, madeAt };
}

/** The work of one scope over a period. */
export async function getWork(
  context: Context,
  input: ParsedOf<typeof contract.getWork>,
): Promise<OutputOf<typeof contract.getWork>> {
  const { scopeKind: kind, scopeKey: key } = input;
  const names = await readScopeNames(context, kind);
  const scopeName = scopeWithin(context.reach, kind, key, names);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const worked = await workOf(context, {
    kind,
    period: made.cut,
    knownAt: input.knownAt ?? null,
    within: withinOf(input),
  });
  const counts = worked.counts.get(key) ?? {};
  const reports = counts.Reports ?? 0;
  return {
    ...headOf(made, worked),
    scopeName,
    counts,
    shares: sharesOf(counts),
    reportDays: reports === 0 ? null : (counts.ReportDays ?? 0) / reports,
    funnelNote,
    foundNote,
  };
}

/** The work of every school or street within reach, by name. */
export async function listWork(
  context: Context,
  input: ParsedOf<typeof contract.listWork>,
): Promise<OutputOf<typeof contract.listWork>> {
  const { scopeKind: kind } = input;
  const names = await readScopeNames(context, kind);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const worked = await workOf(context, {
    kind,
    period: made.cut,
    knownAt: input.knownAt ?? null,
    within: withinOf(input),
  });
  const rows = [...worked.counts].flatMap(([key, counts]) => {
    const name = scopeWords(kind, key, names);
    if (name === null || !holdsScope(context.reach, kind, key, names)) return [];
    if (input.level !== undefined && !key.endsWith(`:${input.level}`)) return [];
    return [{ key, name, counts, shares: sharesOf(counts) }];
  });
  return { ...headOf(made, worked), rows: rows.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** What remembered rounds take, about. */
const roundBytes = (rounds: readonly unknown[]) => rounds.length * 400;

/** The names behind a step of the funnel, a reason or a way of being found: counted in the whole district, shown as far as the actor reaches. */
export async function listCaseNames(
  context: Context,
  input: ParsedOf<typeof contract.listCaseNames>,
): Promise<OutputOf<typeof contract.listCaseNames>> {
  const { client, district, reach } = context;
  const { scopeKind: kind, scopeKey: key, part, page, size } = input;
  const names = await readScopeNames(context, kind);
  scopeWithin(reach, kind, key, names);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const asked = { period: made.cut, knownAt: input.knownAt ?? null, within: withinOf(input) };
  const ask = { ...workAsk(context, asked, [kind]), kind, key, part };
  const tokens = reach.all ? null : reach.tokens;
  const rounds = await rememberFor(
    context,
    reach,
    { key: `case-names ${JSON.stringify([kind, key, part, asked])}`, dependsOn: 'work', bytes: roundBytes },
    () => inWholeDistrict(context, () => listRoundsOf(client, district, ask, tokens)),
  );
  const shown = rounds.slice((page - 1) * size, page * size);
  const found = await inWholeDistrict(context, () => nameRounds(client, district, shown));
  const rows = found.map((row) => ({
    childId: row.child_id,
    caseId: row.case_id,
    name: row.name,
    schoolName: row.school_name,
    className: row.class_name,
    round: row.round,
    stateWords: caseStateWords[row.state as CaseState], // as: the column holds a state of the closed list
    day: row.day,
  }));
  return { rows, total: rounds.length, page, size };
}

/** The duties behind a part of the timeliness of one scope, as they stood on the day and as known at the moment: counted in the whole district, shown as far as the actor reaches. */
export async function listDutyNames(
  context: Context,
  input: ParsedOf<typeof contract.listDutyNames>,
): Promise<OutputOf<typeof contract.listDutyNames>> {
  const { client, district, reach } = context;
  const { scopeKind: kind, scopeKey: key, part, page, size } = input;
  const names = await readScopeNames(context, kind);
  scopeWithin(reach, kind, key, names);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const asked = { period: made.cut, knownAt: input.knownAt ?? null, within: withinOf(input) };
  const ask = { ...workAsk(context, asked, [kind]), kind, key, part };
  const found = await inWholeDistrict(context, () =>
    listDutiesOf(client, district, ask, reach.all ? null : reach.tokens, { size, offset: (page - 1) * size }),
  );
  const rows = found.map((row) => {
    const rule = dutyRuleIds.find((id) => id === row.rule);
    const about = row.child_id === null ? (row.class_name ?? row.school_name ?? row.unit_name ?? '') : row.child_name;
    const unit = row.unit_name ?? row.school_name;
    return {
      dutyId: row.id,
      title: rule === undefined ? row.rule : dutyRules[rule].title,
      who: about ?? '（学生不在您的管理范围内）',
      why: row.why,
      schoolName: row.school_name,
      className: row.class_name,
      ownerWords: unit === null ? roleWords[row.owner_role] : `${unit} ${roleWords[row.owner_role]}`,
      climbed: row.climbed,
      startedAt: row.started_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      settledAt: row.settled_at?.toISOString() ?? null,
      outcome: row.outcome,
      outcomeWords: dutyPartWords[row.outcome],
    };
  });
  return { rows, total: found[0]?.total ?? 0, page, size };
}
