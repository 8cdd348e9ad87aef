import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contract/attendance-first-day.ts';
import { exportList } from '#contract/lists.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { beginLate, mark, moveTo, type Room, roomsOf } from './testing.ts';

const school = '2142010201';
const day = '2026-11-23';
let world: World;
let rooms: Room[];
let schoolId: string;
let officer: Person;
let principal: Person;
let bureau: Person;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  rooms = await roomsOf(world, school);
  schoolId = rooms[0]?.schoolId ?? '';
  officer = await world.person('schoolOfficer', school, '李主任');
  principal = await world.person('principal', school, '周校长');
  bureau = await world.person('bureauOfficer', world.district, '控辍专干');
  await beginLate(bureau);
  await moveTo(world, day, '09:00');
  for (const room of rooms.slice(1)) await mark(world, officer, room, day);
});
afterAll(() => world.stop());

const view = (person: Person = principal) => person.call(contract.getFirstDaySchool, { schoolId });
const sign = (seen: number, reason: string | null = null, person: Person = principal) =>
  person.ask(contract.signFirstDay, { schoolId, seen, reason });
const ofSchool = async () => (await bureau.call(contract.listFirstDays, { schoolId })).rows[0];
async function enter(at: number, reason: 'illness' | 'leftSchool') {
  const [room] = rooms;
  const entry = { id: randomUUID(), childId: room?.pupils[at] ?? '', reason, whereabouts: 'home' as const };
  await officer.call(contract.saveFirstDay, { classId: room?.classId ?? '', entries: [entry] });
}

describe('the school’s list of the first day', () => {
  it('ATT-26 with a class open it is signed only with a reason, and by the principal alone', async () => {
    const list = await view();
    expect([list.counts.classes, list.counts.done, list.allowed.sign]).toEqual([rooms.length, rooms.length - 1, true]);
    expect((await sign(0)).body).toMatchObject({ code: 'wrong-step' });
    for (const person of [officer, bureau]) expect((await sign(0, '已核对完各班', person)).status).toBe(403);
    expect((await ofSchool())?.state).toBe('missing');
    expect((await sign(0, '一个班外出研学，明日补')).body).toMatchObject({ version: 1 });
    const { signed } = await view();
    expect(signed).toMatchObject({ version: 1, signedName: '周校长', reason: '一个班外出研学，明日补' });
    expect(signed?.counts.done).toBe(rooms.length - 1);
    expect((await ofSchool())?.signedName).toBe('周校长');
  });

  it('ATT-26 the signed list stays as it was; changed it is signed again with a reason, unchanged it is not', async () => {
    await moveTo(world, day, '10:00');
    expect((await sign(1, '再签一次名单')).body).toMatchObject({ code: 'wrong-step' });
    const [room] = rooms;
    if (!room) throw new Error('no class');
    await mark(world, officer, room, day, { 0: 'unexcused', 1: 'unexcused' });
    await enter(0, 'illness');
    await enter(1, 'leftSchool');
    await moveTo(world, day, '10:30');
    const list = await view();
    expect([list.changed, list.counts.absent, list.counts.open]).toEqual([true, 2, 0]);
    expect(list.signed?.counts.open).toBe(room.pupils.length);
    expect((await sign(0, '各班已补齐')).body).toMatchObject({ code: 'changed-meanwhile' });
    expect((await sign(1)).body).toMatchObject({ code: 'wrong-step' });
    expect((await sign(1, '各班已补齐')).body).toMatchObject({ version: 2 });
    const again = await view();
    expect(again.versions.map((one) => [one.version, one.open])).toEqual([
      [1, room.pupils.length],
      [2, 0],
    ]);
    expect(again.changed).toBe(false);
  });

  it('ATT-26 every version prints as it was signed, with signer and names; before the first it says that it is a draft', async () => {
    const last = await principal.ask(contract.exportFirstDay, { schoolId });
    const text = wordsOfPdf(last.body);
    const name = (await view()).classes.flatMap((row) => row.missing)[0]?.name ?? '?';
    for (const words of ['第 2 版', '周校长', '家长称不再上学', name]) expect(text).toContain(words);
    const first = await principal.ask(contract.exportFirstDay, { schoolId, version: 1 });
    expect(wordsOfPdf(first.body)).toContain('一个班外出研学');
    expect((await principal.ask(contract.exportFirstDay, { schoolId, version: 9 })).status).toBe(404);
  });

  it('ATT-27 the bureau counts by reason, and each number opens exactly its names; both lists leave as sheets', async () => {
    const row = await ofSchool();
    expect(row).toMatchObject({ state: 'signed', absent: 2, open: 0, byReason: { illness: 1, leftSchool: 1 } });
    expect(row?.reasonsWords).toBe('病假 1、家长称不再上学 1');
    const names = (more: { reason?: 'illness' | 'leftSchool'; which?: 'absent' | 'open' }) =>
      bureau.call(contract.listFirstDayPupils, { schoolId, ...more });
    expect((await names({ which: 'absent' })).total).toBe(2);
    expect((await names({ reason: 'leftSchool' })).rows.map((one) => one.childId)).toEqual([rooms[0]?.pupils[1]]);
    const all = await bureau.call(contract.listFirstDays, {});
    expect((await bureau.call(contract.listFirstDayPupils, { which: 'open' })).total).toBe(all.sum.open);
    expect(all.rows.reduce((sum, one) => sum + one.onRoll, 0)).toBe(all.sum.onRoll);
    for (const list of ['attendance.listFirstDays', 'attendance.listFirstDayPupils'])
      expect((await bureau.ask(exportList, { list })).status).toBe(200);
  });

  it('ATT-24 another school’s list is not found, in lists not counted, and not signed', async () => {
    const [other] = await rows<{ code: string }>(
      world,
      `SELECT code FROM school WHERE district_code = $1 AND id <> $2 ORDER BY code LIMIT 1`,
      [schoolId],
    );
    const elsewhere = await world.person('principal', other?.code ?? '', '外校校长');
    for (const endpoint of [contract.getFirstDaySchool, contract.exportFirstDay])
      expect((await elsewhere.ask(endpoint, { schoolId })).status).toBe(404);
    expect((await sign(2, '各班已补齐', elsewhere)).status).toBe(404);
    expect((await elsewhere.call(contract.listFirstDays, { schoolId })).total).toBe(0);
    expect((await elsewhere.call(contract.listFirstDayPupils, { schoolId })).total).toBe(0);
  });
});
