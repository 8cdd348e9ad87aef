import { listStandings } from '#contract/attendance-views.ts';
import { listLedger } from '#contract/dropout-ledgers.ts';
import { getCase, listCases } from '#contract/dropout-views.ts';
import { listDuties } from '#contract/duties.ts';
import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { getDesk } from '#contract/statistics.ts';
import { listPlans, planCoverage } from '#contract/visit-plans.ts';
import { listVisits } from '#contract/visits.ts';
import { startAsker, type Answered } from './asker.ts';
import { printPlans } from './bare.ts';
import { addressOf, install, percentile, printTable, settle, stopOrKeep } from './installation.ts';
import { loadAttendance } from './year-attendance.ts';
import { loadCases } from './year-cases.ts';
import { makeGround, makeReaders, password, today } from './year-ground.ts';
import { loadVisits } from './year-visits.ts';

/**
 * `npm run -s bench:year [pupils] [cases]`: a year of a district is loaded, then the pages that people open all day are asked for at 50
 * requests a second, as the bureau's officer, a principal and a class teacher.
 */
const pupils = Number(process.argv[2] ?? 85_000);
const cases = Number(process.argv[3] ?? 600);
const perSecond = 50;
const seconds = 6;
process.env['BAOXUE_TEST_CLOCK'] = `${today}T09:00:00+08:00`;

let readers = { teacher: '', principal: '' };
const loading: { what: string; rows: number; seconds: number }[] = [];
const installation = await install(async (platform, district) => {
  let begun = performance.now();
  const done = (what: string, rows: number) => {
    loading.push({ what, rows, seconds: Math.round((performance.now() - begun) / 1000) });
    process.stdout.write(`${what}: ${String(rows)} in ${String(loading.at(-1)?.seconds ?? 0)} s\n`);
    begun = performance.now();
  };
  const ground = await makeGround(platform, district, pupils);
  done('pupils', ground.pupils.length);
  const attendance = await loadAttendance(platform, district, ground);
  done('attendance marks', attendance.marks);
  const visits = await loadVisits(platform, district, ground);
  done('visits', visits.visits);
  const made = await loadCases(platform, district, ground, cases);
  done('cases', made.cases);
  process.stdout.write(`${JSON.stringify({ ...attendance, ...visits, ...made })}\n`);
  await settle(platform);
  done('settled', 0);
  readers = await makeReaders(platform, district, ground);
});
const { district, url } = installation;
const asker = startAsker();

async function cookieOf(login: string): Promise<string> {
  const signed = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-baoxue': '1' },
    body: JSON.stringify({ login, password }),
  });
  return signed.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** A page as somebody asks for it over HTTP. */
interface Page {
  name: string;
  cookie: string;
  endpoint: Endpoint;
  input(turn: number): Record<string, unknown>;
}

function page<const E extends Endpoint>(
  name: string,
  cookie: string,
  endpoint: E,
  input: (turn: number) => InputOf<E>,
): Page {
  return { name, cookie, endpoint, input: input as Page['input'] }; // as: inputs are plain objects
}

/** Asks for a page at an even pace after every connection of the server's pool has met it. */
function measure(one: Page): Promise<Answered> {
  const urls = Array.from(
    { length: perSecond * seconds },
    (_, turn) => addressOf(url, one.endpoint, one.input(turn)).url,
  );
  return asker.ask({
    urls,
    warm: urls.slice(0, 40).flatMap((one) => Array.from({ length: 8 }, () => one)),
    cookie: one.cookie,
    perSecond,
  });
}

try {
  const pool = installation.platform.database.loaderPool;
  const idsOf = async (text: string) => (await pool.query<{ id: string }>(text, [district])).rows.map((row) => row.id);
  const caseIds = await idsOf('SELECT id FROM return_case WHERE district_code = $1 ORDER BY id');
  const planIds = await idsOf('SELECT id FROM visit_plan WHERE district_code = $1 ORDER BY id');
  const officer = installation.headers['cookie'] ?? '';
  const principal = await cookieOf(readers.principal);
  const teacher = await cookieOf(readers.teacher);
  const of = (ids: readonly string[], turn: number) => ids[(turn * 7) % ids.length] ?? '';
  const pages: Page[] = [
    page('工作台 bureauOfficer', officer, getDesk, () => ({})),
    page('工作台 principal', principal, getDesk, () => ({})),
    page('工作台 classTeacher', teacher, getDesk, () => ({})),
    page('duties bureauOfficer', officer, listDuties, () => ({})),
    page('cases bureauOfficer', officer, listCases, () => ({})),
    page('cases all', officer, listCases, (turn) => ({ state: 'all' as const, page: 1 + (turn % 10) })),
    page('cases principal', principal, listCases, () => ({ state: 'all' as const })),
    page('case', officer, getCase, (turn) => ({ id: of(caseIds, turn) })),
    page('ledger 适龄', officer, listLedger, (turn) => ({ ledger: 'schoolAge' as const, page: 1 + (turn % 50) })),
    page('ledger 适龄 principal', principal, listLedger, () => ({ ledger: 'schoolAge' as const })),
    page('ledger 疑似', officer, listLedger, () => ({ ledger: 'suspected' as const })),
    page('ledger 辍学', officer, listLedger, () => ({ ledger: 'dropout' as const })),
    page('ledger 辍学 of a day', officer, listLedger, (turn) => ({
      ledger: 'dropout' as const,
      day: `2027-0${String(1 + (turn % 5))}-15`,
    })),
    page('coverage of a plan', officer, planCoverage, (turn) => ({ id: of(planIds, turn) })),
    page('coverage principal', principal, listPlans, () => ({})),
    page('coverage of plans', officer, listPlans, (turn) => ({ page: 1 + (turn % 4) })),
    page('visits', officer, listVisits, (turn) => ({ page: 1 + (turn % 20) })),
    page('standings', officer, listStandings, (turn) => ({ page: 1 + (turn % 20) })),
    page('standings principal', principal, listStandings, () => ({})),
    page('standings classTeacher', teacher, listStandings, () => ({})),
  ];
  await printPlans(
    installation.platform,
    district,
    pages.map((one) => ({ ...one, headers: { cookie: one.cookie } })),
  );
  const rows: { name: string; p50ms: number; p95ms: number; stalledMs: number }[] = [];
  for (const one of pages) {
    const { times, stalledMs } = await measure(one);
    rows.push({
      name: one.name,
      p50ms: Number(percentile(times, 0.5).toFixed(1)),
      p95ms: Number(percentile(times, 0.95).toFixed(1)),
      stalledMs: Number(stalledMs.toFixed(1)),
    });
    process.stdout.write(`${one.name}: p95 ${percentile(times, 0.95).toFixed(1)} ms\n`);
  }
  const sized = await pool.query<{ bytes: string }>('SELECT pg_database_size(current_database())::text AS bytes');
  printTable(loading);
  printTable(rows);
  const databaseGB = Number((Number(sized.rows[0]?.bytes ?? 0) / 1024 ** 3).toFixed(2));
  process.stdout.write(
    `RESULT ${JSON.stringify({ pages: rows.map(({ name, p50ms, p95ms }) => ({ name, p50ms, p95ms })), databaseGB })}\n`,
  );
} finally {
  asker.stop();
  await stopOrKeep(installation);
}
