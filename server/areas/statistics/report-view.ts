import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { firstDayToSign } from '#domain/statistics/due.ts';
import { changesBetween, mayReturnNil, reportNext, reportStateWords } from '#domain/statistics/report.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import { reportActions, reportSteps } from '#domain/statistics/steps.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { periodAsked } from './figures.ts';
import { frozenView, gapsOf, makeReport, openNote } from './report-data.ts';
import { formOf, summaryOf } from './report-form.ts';
import { deadlineOf, reportFault, schoolWithin, standingOf } from './report-standing.ts';
import { lateEntries } from './report-versions.ts';
import { readScopeNames, schoolOf, scopeWords } from './scopes.ts';
import { listEvents, listVersions } from './store-reports.ts';
import { talliesOf } from './tallies.ts';

type View = OutputOf<typeof contract.getReport>;

/** The report of a school and period: as the records stand now, as it was signed, what changed since, and what may be done. */
export async function getReport(context: Context, input: ParsedOf<typeof contract.getReport>): Promise<View> {
  const { client, district } = context;
  const school = await schoolWithin(context, input.schoolId);
  const { whole, terms } = await periodAsked(context, input);
  const { report, version, state } = await standingOf(context, school.id, whole);
  const names = await readScopeNames(context, 'class');
  const ground = await inWholeDistrict(context, async () => ({
    now: await makeReport(context, school.id, whole, null),
    then: version && (await makeReport(context, school.id, whole, version.known_at)),
    gaps: await gapsOf(context, school.id, whole),
  }));
  const form = await formOf(context, school.id, whole, { counts: ground.now.counts, knownAt: null });
  const head = { unit: school.name, words: periodWords(whole, terms), period: whole };
  const ofClasses = { kind: 'class', period: whole, knownAt: null, keys: null, schoolId: school.id } as const;
  const classes = (await talliesOf(context, ofClasses)).tallies;
  // by grade and class number, never by a rate; a class that is not known stands last
  const place = (key: string) => {
    const found = names.classes.get(key);
    const number = Number(/\d+/u.exec(found?.name.slice(2) ?? '')?.[0] ?? 0);
    return found ? found.grade * 1000 + number : Number.MAX_SAFE_INTEGER;
  };
  const changes = version ? changesBetween(version.counts, ground.now.counts) : [];
  const changed = ground.then !== null && ground.then.fingerprint !== ground.now.fingerprint;
  const at = { state, period: whole, changed, signedBy: version?.signed_by ?? null };
  const permission = {
    sign: 'reports.sign',
    revise: 'reports.sign',
    accept: 'reports.accept',
    sendBack: 'reports.accept',
  } as const;
  const allowed = reportActions.map((action) => {
    // A right at another school is none here.
    const granted = context.reachFor(permission[action]);
    const why =
      granted !== null && reaches(granted, [reachToken('school', school.id)])
        ? reportFault(context, action, at)
        : '您的岗位不办理这一步。';
    return [action, { may: why === null, why }];
  });
  return {
    id: report?.id ?? null,
    schoolId: school.id,
    schoolName: school.name,
    period: whole.kind,
    from: whole.from,
    to: whole.to,
    words: periodWords(whole, terms),
    firstDay: firstDayToSign(whole),
    deadline: await deadlineOf(context, whole),
    state,
    stateWords: reportStateWords[state],
    next: reportNext(state, { changed, today: context.today, firstDay: firstDayToSign(whole) }),
    counts: ground.now.counts,
    figures: ground.now.figures,
    gaps: ground.gaps,
    nilOffered: mayReturnNil(ground.now.counts, ground.gaps),
    draft: await summaryOf(context, head, { total: form.total, gaps: ground.gaps, schools: null }),
    classes: [...classes]
      .filter(([key]) => schoolOf('class', key, names) === school.id)
      .map(([key, counts]) => ({ key, name: scopeWords('class', key, names) ?? key, counts }))
      .sort((a, b) => place(a.key) - place(b.key) || (a.name < b.name ? -1 : 1)),
    frozen: version && frozenView(context, version),
    changes,
    entries:
      version && ground.then && changed
        ? await lateEntries(context, ground.then.entries, ground.now.entries, { since: version.known_at, until: null })
        : [],
    versions: report
      ? (await listVersions(client, district, report.id)).map((row) => ({
          version: row.version,
          nil: row.nil,
          signedName: row.signed_name,
          signedAt: row.signed_at.toISOString(),
          changes: row.changes,
        }))
      : [],
    history: report
      ? (await listEvents(client, district, report.id)).map((event) => ({
          version: event.version,
          action: event.action,
          words: reportSteps.find((one) => one.action === event.action)?.words ?? event.action,
          actorName: event.actor_name,
          at: event.at.toISOString(),
          note: openNote(context, event.id, event.sealed),
        }))
      : [],
    // as: one entry for each act
    allowed: Object.fromEntries(allowed) as View['allowed'],
  };
}
