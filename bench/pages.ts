import { listFindings, listProposals, runComparison } from '#contract/comparison.ts';
import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { listRoster } from '#contract/enrolment.ts';
import { listHouseholds } from '#contract/households.ts';
import { listChildren, searchAll } from '#contract/population.ts';
import { buildApp } from '#server/http/app.ts';
import { routes } from '#server/routes.ts';
import { statementsOf, timeBare } from './bare.ts';
import { addressOf, install, percentile, printTable, settle } from './installation.ts';
import { loadLists } from './lists.ts';
import { generateMatchData } from './match-data.ts';

const size = Number(process.argv[2] ?? 100_000);
const perSecond = 50;
// A thousand requests a page: a single stall of the machine weighs in the tail as it would in a day.
const seconds = 20;
const data = generateMatchData({
  seed: 7,
  children: size,
  damaged: 200,
  lookalikes: 200,
  onlyRegister: 200,
  onlyRoster: 200,
});
process.stdout.write(`loading ${String(size)} children\n`);
const installation = await install((platform, district) => loadLists(platform, district, data.register, data.roster));

/** A page as it is asked for over HTTP. */
interface Page {
  name: string;
  endpoint: Endpoint;
  input(turn: number): Record<string, unknown>;
}

function page<const E extends Endpoint>(name: string, endpoint: E, input: (turn: number) => InputOf<E>): Page {
  return { name, endpoint, input: input as Page['input'] }; // as: inputs are plain objects
}

try {
  await installation.call(runComparison, { asOf: '2026-11-20' });
  const { district } = installation;
  await settle(installation.platform);
  process.stdout.write('loaded\n');
  const school =
    (
      await installation.platform.database.loaderPool.query<{ id: string }>(
        'SELECT id FROM school WHERE district_code = $1 ORDER BY code LIMIT 1',
        [district],
      )
    ).rows[0]?.id ?? '';
  const pages: Page[] = [
    page('children', listChildren, (turn) => ({ page: 1 + (turn % 50), size: 50 })),
    page('children by name', listChildren, (turn) => ({ q: data.register[turn * 37]?.name.slice(0, 2) ?? '王' })),
    page('children by initials', listChildren, () => ({ q: 'wax' })),
    page('search box', searchAll, (turn) => ({ q: data.register[turn * 11]?.documentNumber ?? '1' })),
    page('roster of a school', listRoster, () => ({ schoolId: school })),
    page('findings', listFindings, () => ({ kind: 'notEnrolled' as const })),
    page('proposals', listProposals, () => ({ size: 20 })),
    page('households', listHouseholds, (turn) => ({ page: 1 + (turn % 20) })),
  ];
  const app = await buildApp(installation.platform, routes, { web: false });
  const scope = { district, actor: 'bench', all: true, tokens: [] };
  const rows: { name: string; p50ms: number; p95ms: number; bareP50ms: number; ratio: number }[] = [];
  const asks = pages.map((one) => (turn: number) => installation.call(one.endpoint, one.input(turn))); // as: made by the page's own endpoint
  // Every connection of the server's pool meets every page before any is timed: a plan is made once for each connection, and the first page would pay for the warming of all.
  for (const ask of asks)
    for (let turn = 0; turn < 20; turn += 1) await Promise.all(Array.from({ length: 16 }, () => ask(turn)));
  for (const [index, one] of pages.entries()) {
    const ask = asks[index] ?? (() => Promise.reject(new Error('no page')));
    const times: number[] = [];
    const begun = performance.now();
    const waiting: Promise<void>[] = [];
    for (let turn = 0; turn < perSecond * seconds; turn += 1) {
      const wait = begun + (turn * 1000) / perSecond - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const sent = performance.now();
      waiting.push(ask(turn).then(() => void times.push(performance.now() - sent)));
    }
    await Promise.all(waiting);
    process.stdout.write(`${one.name}: p95 ${percentile(times, 0.95).toFixed(1)} ms\n`);
    const inject = async (turn: number) => {
      const { url } = addressOf('', one.endpoint, one.input(turn));
      const answered = await app.inject({ method: 'GET', url, headers: installation.headers });
      if (answered.statusCode !== 200) throw new Error(`${one.name}: ${answered.body}`);
    };
    await inject(0);
    const statements = await statementsOf(installation.platform, () => inject(1));
    const bareP50ms = await timeBare(installation.platform, scope, statements);
    const p50ms = percentile(times, 0.5);
    rows.push({
      name: one.name,
      p50ms: Number(p50ms.toFixed(1)),
      p95ms: Number(percentile(times, 0.95).toFixed(1)),
      bareP50ms: Number(bareP50ms.toFixed(2)),
      ratio: Number((p50ms / bareP50ms).toFixed(1)),
    });
  }
  printTable(rows);
  process.stdout.write(`RESULT ${JSON.stringify({ children: size, pages: rows })}\n`);
  await app.close();
} finally {
  await installation.stop();
}
