import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/enrolment-changes.ts';
import { getChild } from '#contract/population.ts';
import { residentCheckCharacter } from '#domain/basics/document-number.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { ask, courseLines, openChangeWorld, piece, pupilAt, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

const body = '43052120160517004';
const number = `${body}${residentCheckCharacter(body)}`;
const newcomer = { sex: '女' as const, birthDate: '2016-05-17', guardian: '密语监护人', phone: '13900001234', address: '密语街道某小区' }; // prettier-ignore
const children = async () =>
  (await rows<{ n: number }>(on.world, 'SELECT count(*)::int AS n FROM child WHERE district_code = $1'))[0]?.n ?? 0;

it('ENR-31 who comes from outside is entered with the change, on no roll before she arrives, and never twice', async () => {
  const papers = async () => [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'residence')];
  const input = {
    kind: 'transferInOther' as const,
    person: { name: '潘远来', number },
    toSchoolId: pupilAt(on, 0).school_id,
    toGrade: 4,
    elsewhere: '湖南省某县某小学',
  };
  const before = await children();
  const unknown = await ask(on.registrar, { ...input, pieces: await papers() });
  expect(unknown.body).toMatchObject({ detail: { issues: [{ path: 'person.number' }] } });
  const wrong = await ask(on.registrar, {
    ...input,
    person: { name: '潘远来', number: `${body}${residentCheckCharacter(body) === '1' ? '2' : '1'}` },
    newcomer,
    pieces: await papers(),
  });
  expect(wrong.body).toMatchObject({ detail: { issues: [{ path: 'person.number' }] } });
  const otherBirth = await ask(on.registrar, { ...input, newcomer: { ...newcomer, birthDate: '2015-05-17' }, pieces: await papers() }); // prettier-ignore
  expect(otherBirth.status).toBe(422);
  expect(await children()).toBe(before);

  const id = phoneId();
  await on.registrar.call(contract.askChange, { ...input, id, fromDay: '2026-11-20', reason: '随父母迁入', newcomer, pieces: await papers() }); // prettier-ignore
  expect(await children()).toBe(before + 1);
  const { childId } = await on.registrar.call(contract.getChange, { id });
  expect(await courseLines(on, childId)).toEqual([]);
  expect((await on.registrar.call(getChild, { id: childId })).name).toBe('潘远来');
  expect((await on.otherRegistrar.ask(getChild, { id: childId })).status).toBe(404);

  const otherName = await ask(on.registrar, { ...input, person: { name: '潘运来', number }, newcomer, pieces: await papers() }); // prettier-ignore
  expect([otherName.status, JSON.stringify(otherName.body)]).toEqual([409, expect.stringContaining('另一姓名')]);
  const again = await ask(on.registrar, { ...input, newcomer, pieces: await papers() });
  expect([again.status, JSON.stringify(again.body)]).toEqual([409, expect.stringContaining('在办的学籍异动')]);
  expect(await children()).toBe(before + 1);

  await on.principal.call(contract.approveChange, { id });
  await on.officer.call(contract.approveChange, { id });
  const reply = await piece(on, on.officer, 'reply', 'reply');
  await on.officer.call(contract.approveChange, { id, replyPaperId: reply.paperId });
  await on.registrar.call(contract.confirmArrival, { id, day: '2026-11-20' });
  expect(await courseLines(on, childId)).toEqual(['2026-11-20 inSchool transferIn']);
  const [roll] = await rows<{ guardian: string; address: string; phone: boolean; raw: string }>(
    on.world,
    `SELECT guardian, address, phone_index IS NOT NULL AS phone, encode(sealed, 'escape') AS raw FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [childId],
  );
  expect(roll).toMatchObject({ guardian: '密语监护人', address: '密语街道某小区', phone: true });
  expect(roll?.raw).not.toContain('13900001234');
});
