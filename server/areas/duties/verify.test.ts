import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignFinding, checkExplanation, explainFinding, listFindings, runComparison } from '#contract/comparison.ts';
import * as contract from '#contract/duties.ts';
import { listSchools, setCatchment, setSetting } from '#contract/organisations.ts';
import { getDesk } from '#contract/statistics.ts';
import { findingRules } from '#domain/duties/finding-duties.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { rows } from '#server/testing/reach.ts';
import { escalate } from './actions.ts';
import { hearVerifying } from './verify.ts';

const asOf = '2026-11-20';
let world: World;
let officer: Person;
let second: Person;
let worker: Person;
/** Children not enrolled whose community is known and lies in the catchment of the school. */
let found: { id: string; child_id: string; community_code: string; subdistrict_code: string; school_id: string }[];
const schoolCode = '2142010201';

interface DutyLine {
  id: string;
  rule: string;
  rule_version: string;
  owner_role: string;
  owner_unit: string;
  top_role: string;
  state: string;
  due_at: Date;
  settled_event: string | null;
  settled_reason: string | null;
  school_id: string | null;
}
const dutiesOf = (findingId: string) =>
  rows<DutyLine>(
    world,
    `SELECT id, rule, rule_version, owner_role, owner_unit, top_role, state, due_at, settled_event, settled_reason, school_id FROM duty WHERE district_code = $1 AND subject_id = $2 ORDER BY started_at, rule`,
    [findingId],
  );
const openOf = async (findingId: string) => (await dutiesOf(findingId)).filter((duty) => duty.state === 'open');
const one = (at: number) => {
  const finding = found[at];
  if (!finding) throw new Error('too few findings');
  return finding;
};
const linesOf = async (person: Person) => (await person.call(getDesk, {})).sections.flatMap((section) => section.items);
const explain = (id: string) =>
  worker.call(explainFinding, { id, category: 'refused', evidence: '上门见到监护人，拒绝送学' });
async function move(to: string): Promise<void> {
  world.clock.move(to);
  await world.platform.database.loaderPool.query(
    `UPDATE session SET seen_at = $2::timestamptz, expires_at = $2::timestamptz + interval '12 hours' WHERE district_code = $1`,
    [world.district, to],
  );
}

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district);
  second = await world.person('bureauOfficer', world.district);
  const places = await rows<{ code: string }>(
    world,
    `SELECT code FROM place WHERE district_code = $1 AND kind = 'community' ORDER BY code`,
  );
  const school = (await officer.call(listSchools, { size: 200 })).rows.find((each) => each.code === schoolCode);
  const communityCodes = places.map((place) => place.code);
  await officer.call(setCatchment, { id: school?.id ?? '', communityCodes, fromDate: '2026-09-01' });
  await officer.call(runComparison, { asOf });
  found = await rows(
    world,
    `SELECT id, child_id, community_code, subdistrict_code, school_id FROM finding WHERE district_code = $1 AND kind = 'notEnrolled' AND community_code IS NOT NULL AND school_id IS NOT NULL ORDER BY id`,
  );
  worker = await world.person('communityWorker', one(0).community_code);
});
afterAll(() => world.stop());

it('DUT-30 a child not enrolled is owed by its community and by the registrar and officer of the catchment, until the end of the finding’s day', async () => {
  const { id, community_code, school_id } = one(0);
  const duties = await openOf(id);
  expect(duties.map((duty) => [duty.rule, duty.owner_role, duty.owner_unit, duty.school_id])).toEqual([
    ['verifyCatchment', 'registrar', school_id, school_id],
    ['verifyNotEnrolled', 'communityWorker', community_code, null],
  ]);
  expect(duties.map((duty) => duty.due_at.toISOString())).toEqual(duties.map(() => '2026-11-27T15:59:59.999Z'));
  expect(duties.map((duty) => duty.rule_version)).toEqual(['v1', 'v1']);
  const registrar = await world.person('registrar', schoolCode);
  const schoolOfficer = await world.person('schoolOfficer', schoolCode);
  for (const person of [worker, registrar, schoolOfficer]) {
    const lines = (await linesOf(person)).filter((line) => line.to === `/compare/findings/${id}`);
    expect(lines.map((line) => [line.source, line.action, line.due])).toEqual([['duty', '去核实', '2026-11-27']]);
  }
  const principal = await world.person('principal', schoolCode);
  expect((await linesOf(principal)).filter((line) => line.to === `/compare/findings/${id}`)).toMatchObject([
    { source: 'finding' },
  ]);
});

it('DUT-30 every finding that asks for verification has its duty, those that wait for proof have none, and the owner’s unit is the finding’s', async () => {
  const bad = await rows(
    world,
    `SELECT f.id, f.kind FROM finding f WHERE f.district_code = $1 AND f.closed_at IS NULL AND (f.kind NOT IN ('enrolledElsewhere', 'deferred', 'notSchoolAge')) <>
       EXISTS (SELECT 1 FROM duty d WHERE d.district_code = $1 AND d.subject_id = f.id::text AND d.state = 'open' AND d.rule <> 'verifyCatchment' AND d.owner_unit_kind = f.owner_kind AND d.owner_unit = f.owner_unit)`,
  );
  expect(bad).toEqual([]);
  const catalogue = await officer.call(contract.listCatalogue, {});
  expect(catalogue.rules.find((rule) => rule.id === 'verifyNotEnrolled')).toMatchObject({
    due: '7 日内',
    owner: '社区网格员',
    climbsTo: ['控辍专干', '局领导'],
    settings: [{ key: 'due.notEnrolled' }, { key: 'due.again' }],
  });
});

it('DUT-32 a second run doubles nothing, and thousands of findings take as many statements as a few', async () => {
  const before = await rows(world, `SELECT id FROM duty WHERE district_code = $1 ORDER BY id`);
  await officer.call(runComparison, { asOf });
  expect(await rows(world, `SELECT id FROM duty WHERE district_code = $1 ORDER BY id`)).toEqual(before);
  const count = async () => {
    let statements = 0;
    const at = world.clock.now().toISOString();
    await runAs(
      world.platform,
      { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null },
      async (context) => {
        const query = (...args: unknown[]) => {
          statements += 1;
          // as: handed on as it came
          return (context.client.query as (...given: unknown[]) => Promise<unknown>).apply(context.client, args);
        };
        // as: all that the stores ask of it
        const client = { query } as unknown as typeof context.client;
        await hearVerifying({ ...context, client }, { kind: 'comparison.findingsSynced', runId: one(0).id, at });
      },
    );
    return statements;
  };
  const few = await count();
  const roster = await rows<{ id: string }>(
    world,
    `SELECT c.id FROM child c WHERE c.district_code = $1 AND NOT EXISTS (SELECT 1 FROM finding f WHERE f.district_code = $1 AND f.child_id = c.id) ORDER BY c.id`,
  );
  expect(roster.length).toBeGreaterThan(500);
  await rows(
    world,
    `INSERT INTO finding (district_code, id, kind, child_id, first_run_id, last_run_id, state, owner_kind, owner_unit, school_id, subdistrict_code, community_code, due_date, detail, opened_at, reach)
     SELECT f.district_code, gen_random_uuid(), f.kind, c.id, f.first_run_id, f.last_run_id, 'open', f.owner_kind, f.owner_unit, f.school_id, f.subdistrict_code, f.community_code, f.due_date, f.detail, f.opened_at, c.reach
     FROM finding f, child c WHERE f.district_code = $1 AND f.id = $2 AND c.district_code = $1 AND c.id = ANY($3::uuid[])`,
    [one(0).id, roster.map((child) => child.id)],
  );
  expect(await count()).toBe(few);
  const opened = await rows<{ n: number }>(
    world,
    `SELECT count(*)::int AS n FROM duty WHERE district_code = $1 AND state = 'open' AND child_id = ANY($2::uuid[]) AND rule = ANY($3::text[])`,
    [roster.map((child) => child.id), findingRules],
  );
  expect(opened[0]?.n).toBe(roster.length * 2);
  // the next run finds none of them on its lists: all are waived at once
  await officer.call(runComparison, { asOf });
  const ended = await rows<{ state: string; settled_reason: string; n: number }>(
    world,
    `SELECT state, settled_reason, count(*)::int AS n FROM duty WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND rule = ANY($3::text[]) GROUP BY 1, 2`,
    [roster.map((child) => child.id), findingRules],
  );
  expect(ended).toEqual([{ state: 'waived', settled_reason: '名单中已不再出现，发现自动消除', n: roster.length * 2 }]);
});

it('DUT-31 the answer settles the duties of both, one given back opens them anew with its day', async () => {
  const { id } = one(0);
  await move('2026-11-21T02:00:00Z');
  await explain(id);
  expect((await dutiesOf(id)).map((duty) => [duty.state, duty.settled_event])).toEqual([
    ['settled', 'comparison.findingStepped'],
    ['settled', 'comparison.findingStepped'],
  ]);
  expect((await linesOf(worker)).some((line) => line.to === `/compare/findings/${id}`)).toBe(false);
  await officer.call(runComparison, { asOf: '2026-11-21' });
  expect(await openOf(id)).toEqual([]);
  await move('2026-11-22T02:00:00Z');
  await second.call(checkExplanation, { id, accept: false, note: '未写明走访日期' });
  const again = await openOf(id);
  expect(again.map((duty) => [duty.rule, duty.due_at.toISOString()])).toEqual([
    ['verifyCatchment', '2026-11-27T15:59:59.999Z'],
    ['verifyNotEnrolled', '2026-11-27T15:59:59.999Z'],
  ]);
  const shown = await worker.call(contract.getDuty, { id: again[1]?.id ?? '' });
  expect([shown.why, shown.to]).toEqual(['复核未通过，退回核实', `/compare/findings/${id}`]);
  await explain(id);
  await move('2026-11-22T03:00:00Z');
  // 监护人拒绝送学 does not close the finding: it is due again on another day
  await second.call(checkExplanation, { id, accept: true });
  expect((await openOf(id)).map((duty) => duty.due_at.toISOString().slice(0, 10))).toEqual(['2026-12-07', '2026-12-07']); // prettier-ignore
});

it('DUT-31 改派 hands the duty on: before its day it is waived with the reason, after it it stays late', async () => {
  const { id, subdistrict_code: street, community_code: community } = one(1);
  await officer.call(assignFinding, { id, ownerKind: 'subdistrict', ownerUnit: street, dueDate: '2026-12-01', reason: '按居住地' }); // prettier-ignore
  const handed = await dutiesOf(id);
  expect(handed.filter((duty) => duty.state !== 'open').map((duty) => [duty.state, duty.settled_event])).toEqual([
    ['waived', 'comparison.findingHanded'],
    ['waived', 'comparison.findingHanded'],
  ]);
  const open = handed.filter((duty) => duty.state === 'open');
  expect(open.map((duty) => [duty.rule, duty.owner_role, duty.due_at.toISOString().slice(0, 10)])).toEqual([
    ['verifyCatchment', 'registrar', '2026-12-01'],
    ['verifyNotEnrolled', 'subdistrictOfficer', '2026-12-01'],
  ]);
  const streetOfficer = await world.person('subdistrictOfficer', street);
  expect((await streetOfficer.call(contract.listDuties, {})).rows.map((row) => row.id)).toContain(open[1]?.id);
  const gone = handed.find((duty) => duty.owner_role === 'communityWorker');
  expect((await officer.call(contract.getDuty, { id: gone?.id ?? '' })).events.at(-1)?.words).toMatch(
    /^已改派：改派给/,
  );
  // a school as owner owes it alone
  await officer.call(assignFinding, { id, ownerKind: 'school', ownerUnit: schoolCode, dueDate: '2026-12-01', reason: '学校更熟悉' }); // prettier-ignore
  expect((await openOf(id)).map((duty) => [duty.rule, duty.owner_role])).toEqual([['verifyNotEnrolled', 'registrar']]);
  await move('2026-12-02T02:00:00Z');
  await officer.call(assignFinding, { id, ownerKind: 'community', ownerUnit: community, dueDate: '2026-12-08', reason: '仍由社区' }); // prettier-ignore
  // Those that ended before began at the same moment, in no order: the school's is told by its owner.
  const late = (await dutiesOf(id)).find(
    (duty) => duty.rule === 'verifyNotEnrolled' && duty.owner_role === 'registrar',
  );
  expect(late?.state).toBe('settled');
  const row = await officer.call(contract.getDuty, { id: late?.id ?? '' });
  expect([row.inTime, row.events.at(-1)?.words]).toEqual([false, '已改派，超期']);
});

it('DUT-30 past its days it climbs to the bureau’s officer, and a day that the bureau sets holds for findings opened after', async () => {
  const { id } = one(2);
  const climbing = await openOf(id);
  expect(climbing.map((duty) => duty.top_role)).toEqual(['schoolOfficer', 'communityWorker']);
  await runAs(
    world.platform,
    { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null },
    (context) => escalate(context),
  );
  expect((await openOf(id)).map((duty) => duty.top_role)).toEqual(['bureauOfficer', 'bureauOfficer']);
  const listed = await officer.call(contract.listDuties, { when: 'overdue', rule: 'verifyNotEnrolled', size: 200 });
  expect(listed.rows.map((row) => row.to)).toContain(`/compare/findings/${id}`);
  await officer.call(setSetting, { key: 'due.notEnrolled', value: 5, fromDate: '2026-12-02', reason: '会议决定' });
  // closed and found again: opened under the new number
  await rows(world, `UPDATE finding SET state = 'settled', closed_at = $3 WHERE district_code = $1 AND id = $2`, [
    id,
    world.clock.now(),
  ]);
  await officer.call(runComparison, { asOf: '2026-12-02' });
  const [fresh] = (await officer.call(listFindings, { kind: 'notEnrolled', size: 200 })).rows.filter(
    (row) => row.childId === one(2).child_id,
  );
  expect(fresh?.dueDate).toBe('2026-12-07');
  expect(
    (await openOf(fresh?.id ?? '')).map((duty) => [duty.rule_version, duty.due_at.toISOString().slice(0, 10)]),
  ).toEqual([
    ['v1（2026-12-02 起 5）', '2026-12-07'],
    ['v1（2026-12-02 起 5）', '2026-12-07'],
  ]);
  expect((await dutiesOf(id)).map((duty) => duty.rule_version)).toEqual(['v1', 'v1']);
  expect((await dutiesOf(id)).map((duty) => duty.state)).toEqual(['waived', 'waived']);
});

it('DUT-31 what the bureau waived by hand is not opened again by the next run', async () => {
  const { id } = one(3);
  for (const duty of await openOf(id))
    await officer.call(contract.waiveDuty, { id: duty.id, reason: '全家已随迁，另案办理' });
  await officer.call(runComparison, { asOf: '2026-12-02' });
  expect(await openOf(id)).toEqual([]);
});
