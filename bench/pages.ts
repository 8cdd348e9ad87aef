import type pg from 'pg';
import { listFindings, listProposals, runComparison } from '#contract/comparison.ts';
import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { listRoster } from '#contract/enrolment.ts';
import { listHouseholds } from '#contract/households.ts';
import { listChildren, searchAll } from '#contract/population.ts';
import { inTransaction } from '#server/database/transaction.ts';
import { install, percentile, printTable } from './installation.ts';
import { loadLists } from './lists.ts';
import { generateMatchData } from './match-data.ts';

const size = Number(process.argv[2] ?? 100_000);
const perSecond = 50;
const seconds = 6;
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

/** A page and the statements that its answer needs, as the application's role. */
interface Page {
  name: string;
  ask(turn: number): Promise<unknown>;
  bare: { text: string; values: unknown[] }[];
}

function page<const E extends Endpoint>(
  name: string,
  endpoint: E,
  input: (turn: number) => InputOf<E>,
  bare: Page['bare'],
): Page {
  return { name, ask: (turn) => installation.call(endpoint, input(turn)), bare };
}

async function timeBare(bare: Page['bare']): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const begun = performance.now();
    await inTransaction(
      installation.platform.database.appPool,
      { district: installation.district, actor: 'bench', all: true, tokens: [] },
      async (client: pg.PoolClient) => {
        for (const { text, values } of bare)
          await client.query({ name: `bare-${text.length.toString()}-${String(text.charCodeAt(40))}`, text, values });
      },
    );
    times.push(performance.now() - begun);
  }
  return percentile(times.slice(10), 0.5);
}

try {
  await installation.call(runComparison, { asOf: '2026-11-20' });
  const { district } = installation;
  await installation.platform.database.ownerPool.query('SELECT 1');
  const school =
    (
      await installation.platform.database.loaderPool.query<{ id: string }>(
        'SELECT id FROM school WHERE district_code = $1 ORDER BY code LIMIT 1',
        [district],
      )
    ).rows[0]?.id ?? '';
  const joins = `LEFT JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known) LEFT JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known)
    LEFT JOIN school s ON s.district_code = $1 AND s.id = e.school_id`;
  const columns = 'c.id, c.name, c.birth_date, c.sealed, e.grade, r.study_status, s.name AS school';
  const pages: Page[] = [
    page('children', listChildren, (turn) => ({ page: 1 + (turn % 50), size: 50 }), [
      {
        text: `SELECT ${columns} FROM (SELECT * FROM child WHERE district_code = $1 AND merged_into IS NULL ORDER BY pinyin, id LIMIT 50 OFFSET 1000) c ${joins}`,
        values: [district],
      },
    ]),
    page('children by name', listChildren, (turn) => ({ q: data.register[turn * 37]?.name.slice(0, 2) ?? '王' }), [
      {
        text: `SELECT ${columns} FROM (SELECT * FROM child WHERE district_code = $1 AND ((name >= $2 AND name < $3) OR (name_tail >= $2 AND name_tail < $3)) ORDER BY pinyin, id LIMIT 50) c ${joins}`,
        values: [district, '王安', '王宊'],
      },
    ]),
    page('children by initials', listChildren, () => ({ q: 'wax' }), [
      {
        text: `SELECT ${columns} FROM (SELECT * FROM child WHERE district_code = $1 AND ((initials >= $2 AND initials < $3) OR (pinyin >= $2 AND pinyin < $3)) ORDER BY pinyin, id LIMIT 50) c ${joins}`,
        values: [district, 'wax', 'way'],
      },
    ]),
    page('search box', searchAll, (turn) => ({ q: data.register[turn * 11]?.documentNumber ?? '1' }), [
      {
        text: `SELECT ${columns} FROM (SELECT * FROM child WHERE district_code = $1 AND document_index = $2) c ${joins}`,
        values: [district, Buffer.alloc(16)],
      },
    ]),
    page('roster of a school', listRoster, () => ({ schoolId: school }), [
      {
        text: `SELECT e.id, c.name, c.sealed, e.sealed FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id WHERE e.district_code = $1 AND upper_inf(e.known) AND e.school_id = $2 ORDER BY e.grade, e.class_id, c.pinyin LIMIT 50`,
        values: [district, school],
      },
      {
        text: `SELECT count(*) FROM enrolment e WHERE e.district_code = $1 AND upper_inf(e.known) AND e.school_id = $2`,
        values: [district, school],
      },
    ]),
    page('findings', listFindings, () => ({ kind: 'notEnrolled' as const }), [
      {
        text: `SELECT f.*, c.name FROM finding f JOIN child c ON c.district_code = $1 AND c.id = f.child_id WHERE f.district_code = $1 AND f.closed_at IS NULL AND f.kind = 'notEnrolled' ORDER BY f.due_date, f.id LIMIT 50`,
        values: [district],
      },
    ]),
    page('proposals', listProposals, () => ({ size: 20 }), [
      {
        text: `SELECT p.*, l.name, r.name FROM proposal p JOIN child l ON l.district_code = $1 AND l.id = p.left_child_id JOIN child r ON r.district_code = $1 AND r.id = p.right_child_id WHERE p.district_code = $1 AND p.state = 'open' ORDER BY p.score DESC LIMIT 20`,
        values: [district],
      },
    ]),
    page('households', listHouseholds, (turn) => ({ page: 1 + (turn % 20) }), [
      {
        text: `SELECT h.* FROM household h WHERE h.district_code = $1 ORDER BY h.household_no LIMIT 50 OFFSET 500`,
        values: [district],
      },
    ]),
  ];
  const rows: { name: string; p50ms: number; p95ms: number; bareP50ms: number; ratio: number }[] = [];
  for (const one of pages) {
    for (let turn = 0; turn < 20; turn += 1) await one.ask(turn);
    const times: number[] = [];
    const begun = performance.now();
    const waiting: Promise<void>[] = [];
    for (let turn = 0; turn < perSecond * seconds; turn += 1) {
      const wait = begun + (turn * 1000) / perSecond - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const sent = performance.now();
      waiting.push(one.ask(turn).then(() => void times.push(performance.now() - sent)));
    }
    await Promise.all(waiting);
    process.stdout.write(`${one.name}: p95 ${percentile(times, 0.95).toFixed(1)} ms\n`);
    const bareP50ms = await timeBare(one.bare);
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
} finally {
  await installation.stop();
}
