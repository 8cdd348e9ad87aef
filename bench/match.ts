import { runComparison } from '#contract/comparison.ts';
import { generateMatchData } from './match-data.ts';
import { install, printTable } from './installation.ts';
import { loadLists } from './lists.ts';

const size = Number(process.argv[2] ?? 100_000);
const part = size / 100_000;
const data = generateMatchData({
  seed: 20261120,
  children: size,
  damaged: Math.round(2000 * part),
  lookalikes: Math.round(2000 * part),
  onlyRegister: Math.round(500 * part),
  onlyRoster: Math.round(500 * part),
});
process.stdout.write(`register ${String(data.register.length)}, roster ${String(data.roster.length)}: importing\n`);
const installation = await install((platform, district) => loadLists(platform, district, data.register, data.roster));
try {
  const times: number[] = [];
  let proposed = 0;
  let right = 0;
  for (let turn = 0; turn < 3; turn += 1) {
    const begun = performance.now();
    await installation.call(runComparison, { asOf: '2026-11-20' });
    times.push((performance.now() - begun) / 1000);
  }
  const pairs = await installation.platform.database.loaderPool.query<{ left_row: number; right_row: number }>(
    `SELECT DISTINCT lr.row_no AS left_row, rr.row_no AS right_row
     FROM proposal p JOIN register_entry lr ON lr.district_code = $1 AND lr.child_id = p.left_child_id JOIN enrolment rr ON rr.district_code = $1 AND rr.child_id = p.right_child_id
     WHERE p.district_code = $1 AND p.state = 'open'`,
    [installation.district],
  );
  const rowOf = (list: readonly { id: string }[]) => new Map(list.map((child, index) => [child.id, index + 2]));
  const registerRowOf = rowOf(data.register);
  const rosterRowOf = rowOf(data.roster);
  const wanted = new Set(
    data.damaged.map(
      (pair) => `${String(registerRowOf.get(pair.registerId))}|${String(rosterRowOf.get(pair.rosterId))}`,
    ),
  );
  for (const row of pairs.rows) {
    proposed += 1;
    if (wanted.has(`${String(row.left_row)}|${String(row.right_row)}`)) right += 1;
  }
  const result = {
    register: data.register.length,
    roster: data.roster.length,
    seconds: Number([...times].sort((a, b) => a - b)[1]?.toFixed(2)),
    damaged: data.damaged.length,
    lookalikes: data.lookalikes.length,
    precision: Number((right / Math.max(1, proposed)).toFixed(4)),
    recall: Number((right / Math.max(1, data.damaged.length)).toFixed(4)),
  };
  printTable([{ ...result, firstRunSeconds: times[0] ?? 0, proposals: proposed }]);
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  await installation.stop();
}
