import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadFile, listFiles, orderFile } from '#contract/books.ts';
import * as contract from '#contract/enrolment-changes.ts';
import { editChild, getChild, revealChild } from '#contract/population.ts';
import { makeFiles } from '#server/areas/books/testing.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { numberOf, openChangeWorld, piece, pupilAt, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

/** Moves a pupil to the other school, as both schools and the bureau do. */
async function moves(index: number): Promise<void> {
  const pupil = pupilAt(on, index);
  const id = phoneId();
  await on.otherRegistrar.call(contract.askChange, {
    id,
    kind: 'transferInside',
    person: { name: pupil.name, number: await numberOf(on, pupil.id) },
    toSchoolId: on.otherSchool,
    fromDay: '2026-11-23',
    reason: '随父母迁居',
    pieces: [await piece(on, on.otherRegistrar, 'application'), await piece(on, on.otherRegistrar, 'residence')],
  });
  for (const person of [on.otherPrincipal, on.principal, on.officer]) await person.call(contract.approveChange, { id });
  const [room] = await rows<{ id: string }>(on.world, `SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 AND grade = 4 LIMIT 1`, [on.otherSchool]); // prettier-ignore
  await on.otherRegistrar.call(contract.confirmArrival, { id, day: '2026-11-23', toClassId: room?.id ?? null });
}

async function book(knownAt?: string) {
  const id = phoneId();
  await on.principal.call(orderFile, { id, what: 'schoolBook', schoolId: pupilAt(on, 0).school_id, day: '2026-11-20', ...(knownAt === undefined ? {} : { knownAt }) }); // prettier-ignore
  await makeFiles(on.world);
  const row = (await on.principal.call(listFiles, {})).rows.find((one) => one.id === id);
  expect((await on.principal.ask(downloadFile, { id })).status).toBe(200);
  return { print: row?.filePrint, knownAt: row?.knownAt ?? '' };
}

it('POP-08 a school that a pupil has left for another sees who he is, not where he lives, whom to call or how he does; it neither opens his numbers nor corrects him; its own book of then stays as it was', async () => {
  const pupil = pupilAt(on, 0);
  const before = await on.principal.call(getChild, { id: pupil.id });
  expect([before.former, before.schoolName !== null, before.guardian.name !== null, before.allowed.reveal]).toEqual([false, true, true, 'approval']); // prettier-ignore
  const then = await book();
  await on.move('2026-11-23T02:00:00Z');
  await moves(0);
  const now = await on.principal.call(getChild, { id: pupil.id });
  expect(now).toMatchObject({ former: true, name: pupil.name, schoolName: null, className: null, household: null, register: null, enrolment: null, siblings: [], findings: [], history: [], guardian: { name: null, phoneMask: null }, allowed: { edit: false, reveal: 'no', call: false } }); // prettier-ignore
  const open = (by: Person) => by.ask(revealChild, { id: pupil.id, what: 'phone', reason: '家访联系' });
  const edit = (by: Person) => by.ask(editChild, { id: pupil.id, reason: '核对', note: '改' });
  for (const by of [on.principal, on.registrar]) expect([(await open(by)).status, (await edit(by)).status]).toEqual([403, 403]); // prettier-ignore
  const formerTeacher = await on.world.person('classTeacher', pupil.class_id, '原班主任');
  expect((await open(formerTeacher)).status).toBe(403);
  expect([(await open(on.otherPrincipal)).status, (await edit(on.otherRegistrar)).status]).toEqual([200, 200]);
  expect((await on.otherPrincipal.call(getChild, { id: pupil.id })).former).toBe(false);
  expect((await on.officer.call(getChild, { id: pupil.id })).former).toBe(false);
  expect((await book(then.knownAt)).print).toBe(then.print);
});

it('POP-08 who is on no roll since stays with his last school, which has to find him', async () => {
  const pupil = pupilAt(on, 1);
  await rows(
    on.world,
    `UPDATE enrolment SET known = tstzrange(lower(known), '2026-11-20T03:00:00Z') WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [pupil.id],
  );
  const columns = (await rows<{ c: string }>(on.world, `SELECT column_name AS c FROM information_schema.columns WHERE table_name = 'enrolment' AND table_schema = 'public' AND is_generated = 'NEVER' AND $1::text IS NOT NULL AND column_name NOT IN ('id', 'known', 'during', 'to_date', 'sealed')`)).map(({ c }) => c).join(', '); // prettier-ignore
  await rows(
    on.world,
    `INSERT INTO enrolment (known, during, to_date, ${columns}) SELECT tstzrange('2026-11-20T03:00:00Z', NULL), daterange(from_date, '2026-11-20'), '2026-11-20', ${columns} FROM enrolment WHERE district_code = $1 AND child_id = $2 LIMIT 1`,
    [pupil.id],
  );
  expect(await on.principal.call(getChild, { id: pupil.id })).toMatchObject({ former: false, allowed: { call: true } });
});
