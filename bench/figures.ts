import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { getProgression, getWork, listCaseNames, listWork } from '#contract/statistics-cockpit.ts';
import { listChildren } from '#contract/population.ts';
import { getCockpit } from '#contract/statistics.ts';
import { getFigures, getForecast, listFigureNames, listFigures, listTrend } from '#contract/statistics-figures.ts';
import { periodKinds, scopeKinds } from '#domain/statistics/record.ts';
import { keepTalliesUp, keepWorkUp } from '#server/areas/statistics/actions.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { startAsker } from './asker.ts';
import { printPlans } from './bare.ts';
import { figureToday, layFigures } from './figure-data.ts';
import { addressOf, install, loadWords, option, percentile, printTable, settle, stopOrKeep } from './installation.ts';

const pupils = option('pupils', 85_000);
const asked = { runs: option('runs', 60), past: option('past', 40) };

process.env['BAOXUE_TEST_CLOCK'] = `${figureToday}T02:00:00Z`;
let spells = 0;
let keepSeconds = 0;
const installation = await install(async (platform, district) => {
  spells = await layFigures(platform, district, pupils);
  const begun = performance.now();
  const options = { actor: platformActor(district), reach: { all: true, tokens: [] }, audit: null };
  await runAs(platform, options, (context) => keepTalliesUp(context, 10_000));
  await runAs(platform, options, (context) => keepWorkUp(context));
  keepSeconds = (performance.now() - begun) / 1000;
  await settle(platform);
});
const asker = startAsker();
try {
  /** Asks after every connection of the server has met the question; a past day that is asked was not met before. */
  const timed = async <E extends Endpoint>(
    name: string,
    endpoint: E,
    inputs: readonly InputOf<E>[],
    runs: number,
    met: readonly InputOf<E>[] = inputs,
  ) => {
    const input = (turn: number) => inputs[turn % inputs.length] as Record<string, unknown>; // as: inputs are plain objects, and there is one
    await printPlans(installation.platform, installation.district, [{ name, endpoint, input, headers: installation.headers }]); // prettier-ignore
    const urls = (of: readonly InputOf<E>[], count: number) =>
      Array.from(
        { length: count },
        (_, turn) => addressOf(installation.url, endpoint, of[turn % of.length] as Record<string, unknown>).url,
      ); // prettier-ignore -- as above
    const { times } = await asker.ask({
      urls: urls(inputs, runs),
      warm: urls(met, 32),
      cookie: installation.headers['cookie'] ?? '',
      perSecond: null,
    });
    return {
      name,
      p95ms: Number(percentile(times.slice(2), 0.95).toFixed(1)),
      meanMs: Number((times.reduce((sum, one) => sum + one, 0) / times.length).toFixed(1)),
    };
  };
  const school = '00000000-0000-4000-8001-000000000003';
  const figures = [
    await timed(
      'district',
      getFigures,
      periodKinds.map((period) => ({ period })),
      asked.runs,
    ),
    await timed(
      'level',
      getFigures,
      [
        { scopeKind: 'level', scopeKey: 'primary' },
        { scopeKind: 'level', scopeKey: 'junior' },
      ],
      asked.runs,
    ),
    await timed('schools', listFigures, [{ scopeKind: 'school' }, { scopeKind: 'school', period: 'week' }], asked.runs),
    await timed(
      'streets',
      listFigures,
      [{ scopeKind: 'street' }, { scopeKind: 'street', period: 'month' }],
      asked.runs,
    ),
    await timed('grades', listFigures, [{ scopeKind: 'grade' }], asked.runs),
    await timed('classes of a school', listFigures, [{ scopeKind: 'class', schoolId: school }], asked.runs),
    await timed('school', getFigures, [{ scopeKind: 'school', scopeKey: school }], asked.runs),
    await timed('trend of 12 weeks', listTrend, [{ period: 'week', count: 12 }], asked.runs),
    await timed('trend of 3 years', listTrend, [{ period: 'year', count: 3 }], asked.runs),
    await timed('forecast', getForecast, [{}], asked.runs),
    await timed('enrolment rate', getCockpit, [{}], asked.runs),
    await timed('progression', getProgression, [{}, { schoolId: school }], asked.runs),
    await timed(
      'work: district, level, school',
      getWork,
      [{}, { scopeKind: 'level', scopeKey: 'junior' }, { scopeKind: 'school', scopeKey: school, period: 'week' }],
      asked.runs,
    ),
    await timed('work of the schools', listWork, [{}, { scopeKind: 'street', period: 'month' }], asked.runs),
    await timed('names of the funnel', listCaseNames, [{ part: 'CaseConfirmed' }, { part: 'Held' }], asked.runs),
    await timed('junior schools', listFigures, [{ scopeKind: 'schoolLevel', level: 'junior' }], asked.runs),
    await timed(
      'a key group, asked again',
      getFigures,
      [{ group: 'leftBehind' }, { group: 'leftBehind', scopeKind: 'level', scopeKey: 'junior' }],
      asked.runs,
    ),
    await timed('schools of a key group, asked again', listFigures, [{ group: 'leftBehind' }], asked.runs),
  ];
  const days = Array.from({ length: asked.past + 24 }, (_, at) => {
    const month = 1 + ((at * 5) % 12);
    const year = month >= 9 ? 2023 + (at % 3) : 2024 + (at % 3);
    return `${String(year)}-${String(month).padStart(2, '0')}-${String(1 + ((at * 7) % 28)).padStart(2, '0')}`;
  });
  /** The same question for days that were never asked. */
  const timedPast = <const E extends Endpoint, const I extends InputOf<E>>(
    name: string,
    endpoint: E,
    input: (day: string) => I,
  ) => {
    const all = days.map(input);
    return timed(`as of a past day: ${name}`, endpoint, all.slice(24), asked.past, all.slice(0, 24));
  };
  const past = [
    await timedPast('district, month', getFigures, (day) => ({ period: 'month', day })),
    await timedPast('district, year', getFigures, (day) => ({ period: 'year', day })),
    await timedPast('schools, year', listFigures, (day) => ({ scopeKind: 'school', day })),
    await timedPast('work, year', getWork, (day) => ({ day })),
    await timedPast('work of the schools, month', listWork, (day) => ({ day, period: 'month' })),
    await timedPast('a key group for the first time, month', getFigures, (day) => ({ day, period: 'month', group: 'migrant' })), // prettier-ignore
    await timedPast('names', listFigureNames, (day) => ({ part: 'Drop', day, size: 50 })),
    await timedPast('list of children', listChildren, (day) => ({ day, size: 50 })),
    await timedPast('list of the children on no roll', listChildren, (day) => ({ day, standing: 'notEnrolled' })),
  ];
  let compared = 0;
  let equal = true;
  // after all that was laid, and within the minute by which a moment may be ahead of the server's clock
  const now = `${figureToday}T02:00:30.000000Z`;
  for (const period of ['week', 'month', 'year'] as const)
    for (const scopeKind of scopeKinds) {
      const of = scopeKind === 'class' || scopeKind === 'schoolGrade' ? { schoolId: school } : {};
      if (scopeKind === 'cohort') continue;
      const kept = await installation.call(listFigures, { period, scopeKind, ...of });
      const again = await installation.call(listFigures, { period, scopeKind, ...of, knownAt: now });
      compared += kept.rows.length;
      equal &&=
        kept.source === 'kept' &&
        again.source === 'recounted' &&
        JSON.stringify(kept.rows) === JSON.stringify(again.rows);
    }
  printTable([...figures, ...past]);
  process.stdout.write(
    `${String(spells)} spells; all tallies made in ${keepSeconds.toFixed(1)} s; ${String(compared)} tallies compared with a recount; ${loadWords()}\n`,
  );
  const result = {
    pupils,
    figures: figures.map(({ name, p95ms }) => ({ name, p95ms })),
    asOfP95ms: Math.max(...past.map((one) => one.p95ms)),
    recountEqual: equal,
  };
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  asker.stop();
  await stopOrKeep(installation);
}
