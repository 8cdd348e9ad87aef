import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  assignFinding,
  checkExplanation,
  explainFinding,
  listFindings,
  runComparison,
  startVerifying,
} from '#contract/comparison.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { getEnrolmentForecast } from '#contract/statistics-cockpit.ts';
import { getCockpit } from '#contract/statistics.ts';
import { openCaseWorld, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';

type Cockpit = OutputOf<typeof getCockpit>;

const asOf = '2026-11-20';
const past = { day: asOf } as const;
let opened: CaseWorld;
/** A finding of a child who is moved to another street later, with both streets. */
let moved: { id: string; child_id: string; here: string };
let people: { here: Person; there: Person; officer: Person; principal: Person };
/** What each saw on the day itself. */
const seen = new Map<string, Cockpit>();

/** What of a cockpit tells of findings and of what waits. */
const told = ({
  findingStates,
  overdue,
  doubleEnrolled,
  onRollAbsent,
  notInRegister,
  notAccounted,
  bySchool,
}: Cockpit) => ({
  findingStates,
  overdue,
  doubleEnrolled,
  onRollAbsent,
  notInRegister,
  notAccounted,
  openFindings: bySchool.map((one) => [one.id, one.openFindings]).sort(),
});

beforeAll(async () => {
  opened = await openCaseWorld();
  const { officer, principal, world } = opened;
  await officer.call(runComparison, { asOf });
  const [one] = await rows<{ id: string; child_id: string; here: string }>(
    world,
    `SELECT id, child_id, subdistrict_code AS here FROM finding WHERE district_code = $1 AND kind = 'notEnrolled' AND subdistrict_code IS NOT NULL ORDER BY id LIMIT 1`,
  );
  if (!one) throw new Error('no finding with a street');
  moved = one;
  const [other] = await rows<{ code: string }>(
    world,
    `SELECT code FROM place WHERE district_code = $1 AND kind = 'subdistrict' AND code <> $2 ORDER BY code LIMIT 1`,
    [one.here],
  );
  people = {
    here: await world.person('subdistrictOfficer', one.here, '此街专干'),
    there: await world.person('subdistrictOfficer', other?.code ?? '', '彼街专干'),
    officer,
    principal,
  };
  for (const [name, person] of Object.entries(people)) seen.set(name, await person.call(getCockpit, {}));
});
afterAll(() => opened.world.stop());

const listed = async () => (await opened.officer.call(listFindings, { kind: 'notEnrolled', size: 200 })).rows.filter((row) => row.id !== moved.id); // prettier-ignore

it('COC-15 what people did later, days that passed and lists that changed leave a past day as it was, for the bureau, a street and a school', async () => {
  const { officer, second, world } = opened;
  const move = (to: string) => opened.move(to);
  await move('2026-11-25T02:00:00Z');
  const [verified, explained, accepted, handed] = await listed();
  if (!verified || !explained || !accepted || !handed) throw new Error('too few findings');
  await officer.call(startVerifying, { id: verified.id });
  await officer.call(explainFinding, { id: explained.id, category: 'nobody', evidence: '社区回函' });
  const elsewhere = { category: 'elsewhereWithRegistry', evidence: '学籍系统查询结果', placeName: '黄陂区某小学' };
  await officer.call(explainFinding, { id: accepted.id, ...elsewhere });
  await second.call(checkExplanation, { id: accepted.id, accept: true });
  await officer.call(assignFinding, {
    id: handed.id,
    ownerKind: 'district',
    ownerUnit: world.district,
    dueDate: '2026-12-20',
    reason: '情况复杂，区里办理',
  });
  await move('2026-12-05T02:00:00Z');
  await world.platform.database.loaderPool.query(
    `UPDATE register_entry SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [world.district, moved.child_id, '2026-12-04T02:00:00Z'],
  );
  await world.platform.database.loaderPool.query(
    `INSERT INTO register_entry (district_code, child_id, household_id, name, sex, birth_date, subdistrict_code, study_status, tags, during, from_date, known, row_print, reach)
     SELECT r.district_code, r.child_id, r.household_id, r.name, r.sex, r.birth_date, $3, r.study_status, r.tags, r.during, r.from_date, tstzrange('2026-12-04T02:00:00Z', NULL), r.row_print, r.reach
     FROM register_entry r WHERE r.district_code = $1 AND r.child_id = $2 ORDER BY upper(r.known) DESC LIMIT 1`,
    [world.district, moved.child_id, (seen.get('there')?.bySubdistrict[0] ?? { id: '' }).id],
  );
  await officer.call(runComparison, { asOf: '2026-12-05' });
  const [event] = await rows<{ n: number }>(world, `SELECT count(*)::int AS n FROM finding_event WHERE district_code = $1 AND finding_id = $2 AND what = 'move'`, [moved.id]); // prettier-ignore
  expect(event?.n).toBe(1);
  await move('2026-12-06T02:00:00Z');
  for (const [name, person] of Object.entries(people)) {
    const before = seen.get(name);
    if (!before) throw new Error('not seen');
    const then = await person.call(getCockpit, past);
    expect([name, told(then)]).toEqual([name, told(before)]);
    expect([name, then.rates]).toEqual([name, before.rates]);
    expect(then.foundAt).toBe('2026-11-20T15:59:59.999999Z');
  }
  const now = await officer.call(getCockpit, {});
  expect(now.findingStates).not.toEqual(seen.get('officer')?.findingStates);
  expect(now.overdue).toBeGreaterThan(0);
  expect(now.foundAt).toBeNull();
});

it('COC-15 between two acts each stands in the state and with the day that it had then', async () => {
  const { officer } = opened;
  const on = async (day: string) => officer.call(getCockpit, { day });
  const open = seen.get('officer')?.findingStates?.['open'] ?? 0;
  const states = (await on('2026-11-25')).findingStates;
  expect(states).toEqual({ open: open - 3, verifying: 1, explained: 1, accepted: 1 });
  // due on the 27th and the 23rd: on the 28th all but what was closed or handed on to December are past their day
  const [late] = await rows<{ n: number }>(
    opened.world,
    `SELECT count(*)::int AS n FROM finding f WHERE f.district_code = $1 AND f.opened_at < '2026-11-28' AND (f.closed_at IS NULL OR f.closed_at > '2026-11-28') AND f.due_date < '2026-11-28'`,
  );
  expect((await on('2026-11-28')).overdue).toBe(late?.n);
  const before = await officer.call(getCockpit, { day: '2026-11-28', knownAt: '2026-11-25T01:00:00.000000Z' });
  expect([before.findingStates, before.foundAt]).toEqual([{ open }, '2026-11-25T01:00:00.000000Z']);
});

it('COC-15 what waited of a past day is the comparison’s for the district, and not kept for a unit; of a class nothing is kept', async () => {
  const { officer, teacher, world } = opened;
  const [kept] = await rows<{ held: number; open: number }>(
    world,
    `SELECT (result -> 'counts' ->> 'heldRows')::int AS held, (result -> 'counts' ->> 'openProposals')::int AS open FROM comparison_run WHERE district_code = $1 AND as_of = $2::date`,
    [asOf],
  );
  expect(kept?.open).toBeGreaterThan(0);
  expect(await officer.call(getCockpit, past)).toMatchObject({ heldRows: kept?.held, openProposals: kept?.open });
  for (const person of [people.here, people.principal])
    expect(await person.call(getCockpit, past)).toMatchObject({ heldRows: null, openProposals: null });
  expect(await teacher.call(getCockpit, past)).toMatchObject({
    findingStates: null,
    overdue: null,
    notInRegister: null,
  });
});

it('COC-15 days and units of findings from before their history was kept are not told', async () => {
  const { officer, world } = opened;
  await world.platform.database.loaderPool.query(
    `UPDATE finding SET kept_since = '2026-11-22T00:00:00Z' WHERE district_code = $1 AND id = $2`,
    [world.district, moved.id],
  );
  const then = await officer.call(getCockpit, past);
  expect(then.findingStates).toEqual(seen.get('officer')?.findingStates);
  expect([then.overdue, then.bySchool.every((one) => one.openFindings === null)]).toEqual([null, true]);
  expect((await people.here.call(getCockpit, past)).findingStates).toBeNull();
  expect((await officer.call(getEnrolmentForecast, past)).placesKept).toBe(false);
  const later = await officer.call(getCockpit, { day: '2026-11-23' });
  expect(later.overdue).not.toBeNull();
  expect((await officer.call(getEnrolmentForecast, { day: '2026-11-23' })).placesKept).toBe(true);
});
