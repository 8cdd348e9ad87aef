import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contract/enrolment-changes.ts';
import { listLeavers, placeLeavers } from '#contract/enrolment-year.ts';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { listDuties } from '#contract/duties.ts';
import { phoneId, reportOf } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { moveChild } from './course.ts';
import { passChangeDeadlines } from './deadlines.ts';
import { courseLines, numberOf, openChangeWorld, piece, pupilAt, type ChangeWorld } from './testing.ts';

interface Listed {
  id: string;
  name: string;
  birth: string;
  number: string;
}

let on: ChangeWorld;
let primary: string;
let junior: { id: string; code: string };
let juniorRegistrar: Person;
/** Pupils of grade 6 who have left: two for each test. */
let leavers: Listed[];
beforeAll(async () => {
  on = await openChangeWorld();
  const found = await rows<{ id: string; code: string }>(on.world, `SELECT id, code FROM school WHERE district_code = $1 AND code IN ('2142010201', '3142010801')`); // prettier-ignore
  primary = found.find((school) => school.code === '2142010201')?.id ?? '';
  junior = found.find((school) => school.code === '3142010801') ?? { id: '', code: '' };
  juniorRegistrar = await on.world.person('registrar', junior.id);
  const sixth = await rows<Omit<Listed, 'number'>>(
    on.world,
    `SELECT e.child_id AS id, e.name, to_char(e.birth_date, 'YYYYMMDD') AS birth FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2 AND e.grade = 6 AND upper_inf(e.known) AND e.birth_date IS NOT NULL ORDER BY e.child_id LIMIT 8`,
    [primary],
  );
  leavers = [];
  // read before they leave: who left on the day he was listed stands on no roll
  for (const child of sixth) leavers.push({ ...child, number: await numberOf(on, child.id) });
});
afterAll(() => on.world.stop());

const pass = () => on.whole((context) => passChangeDeadlines(context));
const stateOf = async (id: string) => (await on.officer.call(contract.getChange, { id })).state;
const openDuties = async (childId: string) =>
  (
    await rows<{ rule: string }>(
      on.world,
      `SELECT rule FROM duty WHERE district_code = $1 AND child_id = $2 AND state = 'open' AND rule IN ('changeStep', 'noShow') ORDER BY rule`,
      [childId],
    )
  ).map((row) => row.rule);

async function leaves(index: number): Promise<Listed> {
  const child = leavers[index];
  if (!child) throw new Error('no leaver');
  await on.whole((context) => moveChild(context, { childId: child.id, day: context.today, state: 'leaver', cause: 'leaving' })); // prettier-ignore
  return child;
}

async function placed(childId: string, reportDay: string): Promise<string> {
  const answer = await on.officer.call(placeLeavers, { childIds: [childId], toSchoolId: junior.id, reportDay });
  expect(answer).toEqual({ placed: 1, refused: [] });
  const page = await on.officer.call(contract.listChanges, { childId, kind: 'placement', state: 'open' });
  return page.rows[0]?.id ?? '';
}

async function rosterOf(school: string, grade: string, children: readonly Listed[], asOf: string) {
  const lines = ['姓名,出生日期,身份证件号,年级,班号,学校标识码'];
  for (const child of children) lines.push([child.name, child.birth, child.number, grade, '1', school].join(','));
  return on.world.importFile(
    { kind: 'roster', fileName: '名单.csv', asOf, dryRun: false },
    Buffer.from(lines.join('\n')),
  );
}

async function transferOut(index: number): Promise<string> {
  const id = phoneId();
  await on.registrar.call(contract.askChange, {
    id,
    kind: 'transferOutProvince',
    childId: pupilAt(on, index).id,
    fromDay: '2026-11-20',
    reason: '随父母外出',
    elsewhere: '外地小学',
    pieces: [await piece(on, on.registrar, 'acceptance')],
  });
  await on.principal.call(contract.approveChange, { id });
  await on.officer.call(contract.approveChange, { id });
  return id;
}

describe('deadlines of registry changes', () => {
  it('ENR-35 a roster of the receiving school confirms the arrival of a placement and of a transfer; the others are told all the same', async () => {
    const [shown, missing] = [await leaves(0), await leaves(1)];
    const ofShown = await placed(shown.id, '2026-11-20');
    const ofMissing = await placed(missing.id, '2026-11-20');
    const transferring = pupilAt(on, 0);
    const code = (await rows<{ code: string }>(on.world, 'SELECT code FROM school WHERE district_code = $1 AND id = $2', [on.otherSchool]))[0]?.code ?? ''; // prettier-ignore
    const inside = phoneId();
    await on.otherRegistrar.call(contract.askChange, {
      id: inside,
      kind: 'transferInside',
      person: { name: transferring.name, number: await numberOf(on, transferring.id) },
      toSchoolId: on.otherSchool,
      fromDay: '2026-11-20',
      reason: '搬家',
      pieces: [await piece(on, on.otherRegistrar, 'application'), await piece(on, on.otherRegistrar, 'residence')],
    });
    await on.otherPrincipal.call(contract.approveChange, { id: inside });
    await on.principal.call(contract.approveChange, { id: inside });
    await on.officer.call(contract.approveChange, { id: inside });
    expect(await stateOf(inside)).toBe('arrival');
    const [born] = await rows<{ birth: string }>(on.world, `SELECT to_char(birth_date, 'YYYYMMDD') AS birth FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`, [transferring.id]); // prettier-ignore
    await on.move('2026-11-23T02:00:00Z');
    expect(await rosterOf(junior.code, '七年级', [shown], '2026-11-23')).toMatchObject({ state: 'done', held: [] });
    const birth = born?.birth ?? '';
    expect(
      await rosterOf(
        code,
        '四年级',
        [{ ...transferring, birth, number: await numberOf(on, transferring.id) }],
        '2026-11-23',
      ),
    ).toMatchObject({ state: 'done' });
    expect(await stateOf(ofShown)).toBe('done');
    expect(await stateOf(inside)).toBe('done');
    expect((await courseLines(on, shown.id)).at(-1)).toBe('2026-11-23 inSchool placement');
    expect((await courseLines(on, transferring.id)).at(-1)).toBe('2026-11-23 inSchool transferIn');
    expect([await openDuties(shown.id), await openDuties(transferring.id)]).toEqual([[], []]);
    const page = await juniorRegistrar.call(contract.getChange, { id: ofShown });
    expect(page.events.at(-1)).toMatchObject({ words: '转入学校的学籍名单已有该生，平台据此确认到校', role: '平台' });
    await on.move('2026-11-26T02:00:00Z');
    expect(await pass()).toMatchObject({ late: 1 });
    expect(await stateOf(ofMissing)).toBe('late');
    expect((await on.officer.call(listLeavers, { show: 'noShow' })).rows.map((row) => row.childId)).toEqual([
      missing.id,
    ]);
  });

  it('ENR-36 who is a confirmed dropout when his transfer is overdue stays one and the change says so; one who is back ends it; one bad record stops none', async () => {
    const { id: childId } = pupilAt(on, 1);
    const [ofDropout, ofBack, ofOther] = [await transferOut(1), await transferOut(2), await transferOut(4)];
    const { caseId } = await on.schoolOfficer.call(reportDropout, reportOf(childId));
    await on.principal.call(confirmCase, { id: caseId });
    expect((await courseLines(on, childId)).at(-1)).toMatch(/ dropout dropout$/);
    // A record that no step can take: its last roll entry cannot be opened.
    const bad = await leaves(2);
    const ofBad = await placed(bad.id, '2026-11-20');
    await on.world.platform.database.loaderPool.query(
      `INSERT INTO enrolment (district_code, child_id, school_id, class_id, grade, name, sealed, tags, during, from_date, to_date, known, row_print, reach)
       SELECT e.district_code, e.child_id, e.school_id, e.class_id, e.grade, e.name, '\\x00', '{}', daterange('2026-11-27', '2026-11-28'), '2026-11-27', '2026-11-28', tstzrange('2026-11-26T03:00:00Z', NULL), '\\x01', '{}'
       FROM enrolment e WHERE e.district_code = $1 AND e.child_id = $2 LIMIT 1`,
      [on.world.district, bad.id],
    );
    await on.whole((context) => moveChild(context, { childId: pupilAt(on, 2).id, day: context.today, state: 'gone', cause: 'leftWithout' })); // prettier-ignore
    await on.whole((context) => moveChild(context, { childId: pupilAt(on, 2).id, day: context.today, state: 'inSchool', cause: 'returned' })); // prettier-ignore
    await on.move('2026-12-12T02:00:00Z');
    const passed = await pass();
    expect(passed).toMatchObject({ movedOn: 1, late: 2 });
    expect(await stateOf(ofDropout)).toBe('late');
    expect((await courseLines(on, childId)).at(-1)).toMatch(/ dropout dropout$/);
    const page = await on.officer.call(contract.getChange, { id: ofDropout });
    expect(page.events.at(-1)?.words).toContain('学业轨迹不变');
    expect(await stateOf(ofBack)).toBe('withdrawn');
    expect([await stateOf(ofBad), await stateOf(ofOther)]).toEqual(['arrival', 'late']);
    expect((await courseLines(on, pupilAt(on, 4).id)).at(-1)).toMatch(/ gone notArrived$/);
    expect(await pass()).toMatchObject({ movedOn: 0, late: 0 });
    // the minute's job has told the others although one stays behind
    expect(await openDuties(pupilAt(on, 4).id)).toEqual(['noShow']);
  });

  it('ENR-37 a leaver whom nobody placed is a no-show 5 days after report day: Gone, a duty of school and bureau together, on the list; one who goes on elsewhere is out with his proof', async () => {
    await on.move('2027-07-05T02:00:00Z');
    const [nobody, late, elsewhere] = [await leaves(3), await leaves(4), await leaves(5)];
    await on.move('2027-09-01T02:00:00Z');
    const id = phoneId();
    const primaryRegistrar = await on.world.person('registrar', primary);
    const primaryPrincipal = await on.world.person('principal', primary);
    await primaryRegistrar.call(contract.askChange, {
      id,
      kind: 'transferOutOther',
      childId: elsewhere.id,
      fromDay: '2027-09-01',
      reason: '随父母到外地升学',
      elsewhere: '外地某初中',
      pieces: [await piece(on, primaryRegistrar, 'acceptance')],
    });
    await primaryPrincipal.call(contract.approveChange, { id });
    await on.officer.call(contract.approveChange, { id });
    const noProof = await primaryRegistrar.ask(contract.confirmArrival, { id, day: '2027-09-01' });
    expect(noProof.body).toMatchObject({ detail: { issues: [{ path: 'proofPaperId' }] } });
    const { paperId } = await piece(on, primaryRegistrar, 'proof', 'certificate');
    await primaryRegistrar.call(contract.confirmArrival, { id, day: '2027-09-01', proofPaperId: paperId });
    expect((await courseLines(on, elsewhere.id)).at(-1)).toBe('2027-09-01 out transferArrived');
    await on.move('2027-09-06T02:00:00Z');
    expect(await pass()).toMatchObject({ late: 0 });
    await on.move('2027-09-07T02:00:00Z');
    expect(await pass()).toMatchObject({ late: 2 });
    expect(await pass()).toMatchObject({ late: 0 });
    expect((await courseLines(on, nobody.id)).at(-1)).toBe('2027-09-07 gone noShow');
    const list = await primaryRegistrar.call(listLeavers, { show: 'noShow', size: 50 });
    expect(list.rows.map((row) => row.childId)).toEqual(expect.arrayContaining([nobody.id, late.id]));
    const owed = async (person: Person) => {
      const { rows: mine } = await person.call(listDuties, { rule: 'noShow', size: 50 });
      return mine.filter((row) => row.childId === nobody.id).map((row) => row.to);
    };
    for (const person of [primaryRegistrar, primaryPrincipal, on.officer])
      expect(await owed(person)).toEqual(['/leavers?show=noShow']);
    expect(await owed(on.leader)).toEqual([]);
    // Placed after all, and there: nothing is owed any more.
    const change = await placed(nobody.id, '2027-09-08');
    await on.move('2027-09-08T02:00:00Z');
    await juniorRegistrar.call(contract.confirmArrival, { id: change, day: '2027-09-08' });
    expect((await courseLines(on, nobody.id)).at(-1)).toBe('2027-09-08 inSchool placement');
    expect(await openDuties(nobody.id)).toEqual([]);
    expect(await openDuties(late.id)).toEqual(['noShow']);
  });
});
