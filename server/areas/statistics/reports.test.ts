import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  decideReport,
  getReport,
  getReportVersion,
  listReports,
  reviseReport,
  signReport,
} from '#contract/statistics-reports.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { appointBeside } from '#server/testing/cast.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';

let opened: CaseWorld;
let schoolId: string;
let otherPrincipal: Person;

const week = { period: 'week', day: '2026-11-27' } as const;
const report = (person: Person, id = schoolId) => person.call(getReport, { schoolId: id, ...week });

/** Every class of a school is called on every school day of the week. */
async function callAll(school: string): Promise<void> {
  for (const day of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'])
    await opened.world.platform.database.loaderPool.query(
      `INSERT INTO roll_call (district_code, id, school_id, class_id, day, part, weight, on_roll, present, source, marked_by, marked_name, marked_at, known, reach)
       SELECT $1, gen_random_uuid(), k.school_id, k.id, $3::date, 'morning', 1, 1, 1, 'call', 'test', '测试', '2026-11-27T00:00:00Z', tstzrange('2026-11-27T00:00:00Z', NULL), '{}' FROM school_class k WHERE k.district_code = $1 AND k.school_id = $2
         AND NOT EXISTS (SELECT 1 FROM roll_call r WHERE r.district_code = $1 AND r.class_id = k.id AND r.day = $3::date)`,
      [opened.world.district, school, day],
    );
}

beforeAll(async () => {
  opened = await openCaseWorld();
  schoolId = pupilOf(opened, 0).school_id;
  otherPrincipal = await opened.world.person('principal', opened.otherSchool, '孙校长');
  await opened.move('2026-11-26T02:00:00Z');
  await opened.whole((context) =>
    moveChild(context, {
      childId: pupilOf(opened, 0).id,
      day: '2026-11-24',
      state: 'suspended',
      cause: 'suspension',
    }),
  );
});
afterAll(() => opened.world.stop());

it('STA-13 a week is signed from its Friday, by its own principal; another school is not found', async () => {
  const draft = await report(opened.principal);
  expect(draft).toMatchObject({ id: null, state: 'open', frozen: null, nilOffered: false });
  expect(draft.counts).toMatchObject({ Susp: 1 });
  expect(draft.allowed.sign).toMatchObject({ may: false });
  const early = await opened.principal.ask(signReport, { schoolId, ...week, reason: '先报一版' });
  expect([early.status, JSON.stringify(early.body).includes('2026-11-27')]).toEqual([409, true]);
  await opened.move('2026-11-27T02:00:00Z');
  expect((await report(opened.principal)).allowed.sign).toEqual({ may: true, why: null });
  expect((await otherPrincipal.ask(getReport, { schoolId, ...week })).status).toBe(404);
  // A principal who only inspects this school reads its report and is not offered to sign it.
  const both = await opened.world.person('principal', opened.otherSchool, '两岗校长');
  await appointBeside(opened.world, opened.officer, both, 'inspector', schoolId);
  expect((await report(both)).allowed.sign).toEqual({ may: false, why: '您的岗位不办理这一步。' });
  expect((await both.ask(signReport, { schoolId, ...week, reason: '越权签报' })).status).toBe(404);
  expect((await otherPrincipal.ask(signReport, { schoolId, ...week })).status).toBe(404);
  expect((await opened.officer.ask(signReport, { schoolId, ...week })).status).toBe(403);
});

it('STA-12 uncalled classes are listed as gaps: no nil return, and no signature without a reason', async () => {
  const draft = await report(opened.principal);
  const days = draft.gaps.flatMap((gap) => (gap.kind === 'rollCall' ? [gap.day] : []));
  expect(days).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
  expect((await opened.principal.ask(signReport, { schoolId, ...week, nil: true })).status).toBe(409);
  expect((await opened.principal.ask(signReport, { schoolId, ...week })).status).toBe(409);
});

it('STA-11 STA-13 the principal signs with a reason and an explanation; the figure stays, and the bureau sends back or accepts', async () => {
  const draft = await report(opened.principal);
  const explanations = [{ part: 'Susp' as const, own: 0, words: '家长称只请长假，未办休学' }];
  const signed = await opened.principal.call(signReport, {
    schoolId,
    ...week,
    reason: '本周停电，未能点名',
    explanations,
  });
  expect(signed).toMatchObject({ version: 1, state: 'signed' });
  const view = await report(opened.principal);
  expect(view.frozen).toMatchObject({ nil: false, explanations, reason: '本周停电，未能点名' });
  expect(view.frozen?.counts).toEqual(draft.counts);
  expect(view.frozen?.gaps).toHaveLength(5);
  expect(view.frozen?.formula).toContain('annualRetention v1');
  const ask = { id: signed.id, version: 1 };
  expect((await opened.principal.ask(decideReport, { ...ask, accept: true })).status).toBe(403);
  expect((await opened.officer.ask(decideReport, { ...ask, accept: false })).status).toBe(422);
  expect((await opened.officer.ask(decideReport, { ...ask, version: 7, accept: true })).status).toBe(409);
  const back = await opened.officer.call(decideReport, { ...ask, accept: false, reason: '请补齐点名后再报' });
  expect(back.state).toBe('returned');
  expect((await opened.officer.ask(decideReport, { ...ask, accept: true })).status).toBe(409);
  await callAll(schoolId);
  const again = await opened.principal.call(signReport, { schoolId, ...week });
  expect(again).toMatchObject({ id: signed.id, version: 2, state: 'signed' });
  expect((await opened.officer.call(decideReport, { ...ask, version: 2, accept: true })).state).toBe('accepted');
  const { history } = await report(opened.principal);
  expect(history.map((one) => [one.action, one.actorName, one.note])).toEqual([
    ['sign', '郑校长', '本周停电，未能点名'],
    ['sendBack', '冯专干', '请补齐点名后再报'],
    ['sign', '郑校长', null],
    ['accept', '冯专干', null],
  ]);
});

it('STA-12 a nil return is one call when every class was called and nothing happened', async () => {
  expect((await report(otherPrincipal, opened.otherSchool)).nilOffered).toBe(false);
  await callAll(opened.otherSchool);
  const draft = await report(otherPrincipal, opened.otherSchool);
  expect([draft.gaps, draft.nilOffered]).toEqual([[], true]);
  const nil = await otherPrincipal.call(signReport, { schoolId: opened.otherSchool, ...week, nil: true });
  expect(nil).toMatchObject({ version: 1, state: 'signed' });
  expect((await report(otherPrincipal, opened.otherSchool)).frozen?.nil).toBe(true);
});

it('STA-16 STA-19 STA-23 the roll-up shows every school, who is missing, and that the sum is the recount only when all are in', async () => {
  const sheet = await opened.officer.call(listReports, week);
  const state = (id: string) => sheet.rows.find((one) => one.schoolId === id)?.state;
  expect([state(schoolId), state(opened.otherSchool)]).toEqual(['accepted', 'signed']);
  expect(sheet.missing.length).toBe(sheet.rows.length - 2);
  expect([sheet.complete, sheet.equalsRecount]).toEqual([false, false]);
  expect(sheet.rows.slice(-2).map((one) => one.state)).toEqual(['signed', 'accepted']);
  const missing = await opened.officer.call(listReports, { ...week, state: 'missing', size: 1, page: 2 });
  expect([missing.total, missing.rows.length, missing.rows[0]?.next]).toEqual([sheet.missing.length, 1, '待校长签报']);
  expect((await opened.principal.call(listReports, week)).rows.map((one) => one.schoolId)).toEqual([schoolId]);
  for (const { schoolId: id } of sheet.missing) {
    const code = (
      await rows<{ code: string }>(opened.world, 'SELECT code FROM school WHERE district_code = $1 AND id = $2', [id])
    )[0];
    const principal = await opened.world.person('principal', code?.code ?? id);
    await principal.call(signReport, { schoolId: id, ...week, reason: '补报，点名未齐' });
  }
  const whole = await opened.officer.call(listReports, week);
  expect([whole.missing, whole.complete, whole.equalsRecount]).toEqual([[], true, true]);
  expect(whole.sum).toMatchObject({ Susp: 1 });
});

it('STA-14 STA-15 a late correction leaves the signed report as it was, is listed with child, act and actor, and makes a revision', async () => {
  const pupil = pupilOf(opened, 1);
  const before = await report(opened.principal);
  expect([before.changes, before.entries, before.allowed.revise.may]).toEqual([[], [], false]);
  const id = before.id ?? '';
  expect((await opened.principal.ask(reviseReport, { id, reason: '没有变化也更正' })).status).toBe(409);
  await opened.move('2026-11-30T02:00:00Z');
  await opened.whole((context) =>
    moveChild(context, { childId: pupil.id, day: '2026-11-25', state: 'dropout', cause: 'dropout' }),
  );
  const late = await report(opened.principal);
  expect(late.state).toBe('accepted');
  expect(late.frozen).toEqual(before.frozen);
  expect(late.changes.map((one) => [one.part, one.after - one.before])).toEqual([
    ['Drop', 1],
    ['S1', -1],
    ['Open', 1],
    ['Confirmed', 1],
  ]);
  expect(late.entries).toMatchObject([{ childId: pupil.id, name: pupil.name, day: '2026-11-25', words: '确认辍学' }]);
  expect(late.entries[0]?.parts).toEqual(expect.arrayContaining(['-S1', '+Drop', '+Open', '+Confirmed']));
  const frozen = await opened.officer.call(getReportVersion, { id, version: 2 });
  expect([frozen.holds, frozen.counts]).toEqual([true, before.frozen?.counts]);
  expect((await opened.officer.call(listReports, week)).equalsRecount).toBe(false);
  expect((await otherPrincipal.ask(reviseReport, { id, reason: '不是本校的报告' })).status).toBe(404);
  const revised = await opened.principal.call(reviseReport, { id, reason: '学生周三起未到校，周一核实' });
  expect(revised).toMatchObject({ id, version: 3, state: 'signed' });
  const after = await report(opened.principal);
  expect([after.changes, after.entries]).toEqual([[], []]);
  expect(after.frozen?.changes).toEqual(late.changes);
  expect(after.frozen?.fingerprint).not.toBe(before.frozen?.fingerprint);
  for (const version of [1, 2, 3])
    expect([version, (await opened.officer.call(getReportVersion, { id, version })).holds]).toEqual([version, true]);
  expect((await opened.officer.ask(getReportVersion, { id, version: 4 })).status).toBe(404);
  expect((await opened.officer.call(listReports, { ...week, state: 'signed' })).rows.map((row) => row.next)).toContain(
    '待区级审核',
  );
});

it('STA-21 every version says what it changed and by whose entries, to the school and the bureau alike', async () => {
  const { id, versions } = await report(opened.principal);
  expect(versions.map((one) => [one.version, one.signedName, one.changes.length])).toEqual([
    [1, '郑校长', 0],
    [2, '郑校长', 0],
    [3, '郑校长', 4],
  ]);
  for (const person of [opened.principal, opened.officer]) {
    const third = await person.call(getReportVersion, { id: id ?? '', version: 3 });
    expect(third.entries).toMatchObject([{ childId: pupilOf(opened, 1).id, words: '确认辍学', day: '2026-11-25' }]);
    expect((await person.call(getReportVersion, { id: id ?? '', version: 2 })).entries).toEqual([]);
  }
});
