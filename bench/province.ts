import { statfs } from 'node:fs/promises';
import type pg from 'pg';
import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { listRoster } from '#contract/enrolment.ts';
import { closeFigures, getProvince } from '#contract/interchange.ts';
import { listChildren } from '#contract/population.ts';
import { getFigures, listFigures } from '#contract/statistics-figures.ts';
import { emptyTally } from '#domain/statistics/record.ts';
import { createDistrict } from '#server/areas/organisations/actions.ts';
import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import { keepTalliesUp } from '#server/areas/statistics/actions.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { addressOf, install, loadWords, option, percentile, printTable, signIn } from './installation.ts';

// A province by simulation on one PostgreSQL: `-- --districts 100 --pupils 50000`. The first district is measured alone, then among all.
const districts = option('districts', 100);
const pupils = option('pupils', 50_000);
const runs = option('runs', 40);
const warm = option('warm', 160);
const minutes = option('minutes', 180);
const today = '2026-11-20';
const password = 'Baoxue-bench-2026';
process.env['BAOXUE_TEST_CLOCK'] = `${today}T02:00:00Z`;

// A code that ends in 00 is a unit above.
const codeOf = (number: number) => (number === 0 ? '420102' : String(421000 + number + Math.floor(number / 100)));
const known = `tstzrange('2026-11-01 00:00:00+00', NULL)`;

/** Lays one district whole by INSERT … SELECT into the migrated tables: 100 schools, their classes, pupils with roll and course. */
async function layDistrict(client: pg.PoolClient, district: string): Promise<void> {
  /** A UUID of version 8 made from words: the same words give the same id. */
  const uuid = (words: string) =>
    `overlay(overlay(md5($1::text || ${words}) PLACING '8' FROM 13) PLACING 'a' FROM 17)::uuid`;
  const id = (kind: string, number: string) => uuid(`'${kind}' || ${number}`);
  const grade = `((n - 1) % 9 + 1)::int`;
  const school = `CASE WHEN ${grade} <= 6 THEN (n * 7919) % 70 ELSE 70 + (n * 7919) % 30 END`;
  const room = uuid(`'k' || (${school}) || ':' || ${grade} || ':' || (n % 6)`);
  const reach = `ARRAY['school:' || ${id('s', `(${school})`)}::text, 'class:' || ${room}::text]`;
  const steps: readonly (readonly [string, number[]])[] = [
    [`INSERT INTO school (district_code, id, code, name, stage, from_date) SELECT $1::text, ${id('s', 'n')}, '21429' || lpad(n::text, 5, '0'), '第' || (n + 1) || '学校', CASE WHEN n < 70 THEN 'primary' ELSE 'junior' END, '2020-01-01' FROM generate_series(0, 99) n`, []], // prettier-ignore
    [`INSERT INTO school_class (district_code, id, school_id, school_year, grade, class_no, name)
      SELECT $1::text, ${uuid("'k' || s || ':' || g || ':' || r")}, ${id('s', 's')}, 2026, g, (r + 1)::text, g || '年级' || (r + 1) || '班'
      FROM generate_series(0, 99) s, generate_series(1, 9) g, generate_series(0, 5) r WHERE (s < 70) = (g <= 6)`, []], // prettier-ignore
    [`INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, document_type, identity, reach, created_at, changed_at)
      SELECT $1::text, ${id('c', 'n')}, '学生' || n, n::text, 'xuesheng' || n, 'xs', 'none', 'proven', ${reach}, '2026-11-01', '2026-11-01' FROM generate_series(1, $2::int) n`, [pupils]], // prettier-ignore
    [`INSERT INTO enrolment (district_code, id, child_id, school_id, class_id, grade, name, tags, during, from_date, known, row_print, reach)
      SELECT $1::text, ${id('e', 'n')}, ${id('c', 'n')}, ${id('s', `(${school})`)}, ${room}, ${grade}, '学生' || n, '{}', daterange('2026-09-01', NULL), '2026-09-01', ${known}, decode(md5($1::text || n), 'hex'), ${reach}
      FROM generate_series(1, $2::int) n`, [pupils]], // prettier-ignore
    [`INSERT INTO course (district_code, id, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach)
      SELECT $1::text, ${uuid("'p' || n || ':' || p.part")}, ${id('c', 'n')}, p.state, ${id('s', `(${school})`)}, ${room}, ${grade}, p.cause, daterange(p.from_date, p.to_date), p.from_date, p.to_date, ${known}, ${reach}
      FROM generate_series(1, $2::int) n CROSS JOIN LATERAL (
        SELECT 1 AS part, 'inSchool' AS state, CASE WHEN ${grade} = 1 THEN 'entry' ELSE 'promotion' END AS cause, '2026-09-01'::date AS from_date, CASE WHEN n % 397 = 0 THEN '2026-11-09'::date END AS to_date
        UNION ALL SELECT 2, 'dropout', 'dropout', '2026-11-09'::date, NULL WHERE n % 397 = 0
        UNION ALL SELECT 0, 'inSchool', 'listed', '2025-09-01'::date, '2026-09-01'::date WHERE ${grade} NOT IN (1, 7)) p`, [pupils]], // prettier-ignore
    [`INSERT INTO district_figure (district_code, school_year, level, version, as_of, known_at, formula, counts, closed_at, closed_name, current)
      SELECT $1::text, 2026, l.level, 1, '${today}', '${today}', 'bench', '${JSON.stringify(emptyTally())}'::jsonb || jsonb_build_object('S0', l.n, 'S1', l.n - l.out, 'Drop', l.out, 'Open', l.out), '${today}', '测速', true
      FROM (SELECT g.level, count(*)::int AS n, (count(*) FILTER (WHERE g.n % 397 = 0))::int AS out
            FROM (SELECT n, unnest(ARRAY['all', CASE WHEN ${grade} <= 6 THEN 'primary' ELSE 'junior' END]) AS level FROM generate_series(1, $2::int) n) g GROUP BY g.level) l WHERE $1::text <> '420102'`, [pupils]], // prettier-ignore
  ];
  for (const [text, values] of steps) await client.query(text, [district, ...values]);
}

/** One district whole in one transaction: the serving process, which counts what has changed, sees it only with its tallies. */
async function join(client: pg.PoolClient, district: string): Promise<void> {
  await client.query('BEGIN');
  // No person is made there: its pages are never opened, its rows only stand beside those of the first.
  await client.query(`INSERT INTO district (district_code, name, city, province, created_at) VALUES ($1, $2, '市', '省', '2026-11-01')`, [district, `区${district}`]); // prettier-ignore
  await layDistrict(client, district);
  await layTallies(client, district);
  await client.query('COMMIT');
}

/** The tallies of a district stand when it joins: those of the year are the first one's, which has the same counts. Else the server would make them for hours. */
async function layTallies(client: pg.PoolClient, district: string): Promise<void> {
  await client.query(
    `INSERT INTO tally_run (district_code, period_kind, from_date, to_date, scope_kind, source_known, made_at)
     SELECT $1::text, period_kind, from_date, to_date, scope_kind, source_known, made_at FROM tally_run WHERE district_code = $2`,
    [district, codeOf(0)],
  );
  await client.query(
    `INSERT INTO tally (district_code, period_kind, from_date, scope_kind, scope_key, counts, reach)
     SELECT $1::text, period_kind, from_date, scope_kind, scope_key, counts, '{}' FROM tally WHERE district_code = $2 AND period_kind = 'year' AND scope_kind IN ('district', 'level', 'school')`,
    [district, codeOf(0)],
  );
}

const installation = await install(async (platform, district) => {
  const client = await platform.database.loaderPool.connect();
  await layDistrict(client, district);
  client.release();
  await platform.database.ownerPool.query('ANALYZE');
  const options = { actor: platformActor(district), reach: { all: true, tokens: [] }, audit: null };
  await runAs(platform, options, (context) => keepTalliesUp(context, 10_000));
  await createDistrict(platform, '420000');
  const posts = [{ role: 'bureauLeader' as const, unitId: '420000' }];
  await createStaffWithAccount(platform, { district: '420000', name: '省厅', login: 'province', password, posts, mustChange: false }); // prettier-ignore
});
try {
  const { platform } = installation;
  const timed = async <E extends Endpoint>(name: string, endpoint: E, input: InputOf<E>) => {
    // Both times every connection has met the question before it is measured, else the first measuring would seem slow by that.
    for (let at = 0; at < warm; at += 1) await installation.call(endpoint, input);
    const times: number[] = [];
    for (let at = 0; at < runs; at += 1) {
      const begun = performance.now();
      await installation.call(endpoint, input);
      times.push(performance.now() - begun);
    }
    return { name, p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
  };
  const pages = async () => [
    await timed('district figures, year', getFigures, { period: 'year' }),
    await timed('schools, year', listFigures, { scopeKind: 'school' }),
    await timed('children, page 1', listChildren, {}),
    await timed('roster, page 3', listRoster, { page: 3 }),
  ];
  await installation.call(closeFigures, { schoolYear: 2026 });
  const alone = await pages();
  process.stdout.write('alone: measured\n');
  const begun = performance.now();
  const client = await platform.database.loaderPool.connect();
  let laid = 1;
  let stopped = '';
  try {
    for (; laid < districts; laid += 1) {
      // A full disk would stop whatever else runs on the machine: stop before, and say how far it came.
      const space = await statfs(platform.config.dataDirectory);
      if (space.bavail * space.bsize < 15e9) stopped = 'the disk is nearly full';
      if (performance.now() - begun > minutes * 60_000) stopped = `${String(minutes)} minutes are over`;
      if (stopped !== '') break;
      await join(client, codeOf(laid));
      if (laid % 10 === 0)
        process.stdout.write(`${String(laid)} districts, ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
    }
  } finally {
    // Else an error would wait at the closing of the pool for ever, unseen.
    client.release();
  }
  const loadSeconds = (performance.now() - begun) / 1000;
  await platform.database.ownerPool.query('ANALYZE');
  process.stdout.write('among: measuring\n');
  const among = await pages();
  // The province reads as its own people do: signed in there, the closed counts of the districts under its code.
  const headers = await signIn(installation.url, 'province', password);
  const times: number[] = [];
  let province = { rows: 0, pupils: 0 };
  for (let at = 0; at < runs; at += 1) {
    const start = performance.now();
    const answered = await fetch(addressOf(installation.url, getProvince, { schoolYear: 2026 }).url, { headers });
    if (!answered.ok) throw new Error(`${String(answered.status)} ${await answered.text()}`);
    const shown = getProvince.output.parse(await answered.json());
    times.push(performance.now() - start);
    province = { rows: shown.rows.length, pupils: shown.total.pupils };
  }
  const sizes = await platform.database.ownerPool.query<{ name: string; megabytes: number }>(
    `SELECT relname AS name, round(pg_total_relation_size(oid) / 1e6)::int AS megabytes FROM pg_class WHERE relname IN ('child', 'enrolment', 'course', 'school_class', 'district_figure') ORDER BY 1`,
  );
  const whole = await platform.database.ownerPool.query<{ bytes: string }>(`SELECT pg_database_size(current_database()) AS bytes`); // prettier-ignore
  printTable(alone.map((one, at) => ({ page: one.name, 'alone p50': one.p50, 'among p50': among[at]?.p50 ?? 0, 'among p95': among[at]?.p95 ?? 0, ratio: (among[at]?.p50 ?? 0) / one.p50 }))); // prettier-ignore
  printTable(sizes.rows);
  const databaseGB = Number(whole.rows[0]?.bytes ?? 0) / 1e9;
  const each = loadSeconds / Math.max(1, laid - 1);
  const lines = [
    `${String(laid)} of ${String(districts)} districts laid, ${String(pupils)} pupils each, in ${loadSeconds.toFixed(0)} s (${each.toFixed(1)} s each)${stopped === '' ? '' : `; stopped there: ${stopped}`}`,
    ...(laid < 100 ? [`not measured, only reckoned from this: 100 districts of that size take ${((each * 99) / 60).toFixed(0)} min and ${((databaseGB / laid) * 100).toFixed(1)} GB`] : []), // prettier-ignore
    `the province's page sums ${String(province.rows)} districts, ${String(province.pupils)} pupils; ${loadWords()}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const ratios = alone.map((one, at) => (among[at]?.p50 ?? 0) / one.p50);
  const result = {
    pupils: laid * pupils,
    districts: laid,
    districtRatio: Number(Math.max(...ratios).toFixed(2)),
    provinceMs: Number(percentile(times.slice(2), 0.95).toFixed(1)),
    databaseGB: Number(databaseGB.toFixed(2)),
  };
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  await installation.stop();
}
