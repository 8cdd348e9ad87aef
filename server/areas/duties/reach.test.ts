import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/duties.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import type { Person } from '#server/testing/world.ts';
import { markedNews, openDutyWorld, type DutyWorld } from './testing.ts';

let all: DutyWorld;

beforeAll(async () => {
  all = await openDutyWorld();
});
afterAll(() => all.world.stop());

const contacts = { scope: 'unit', rule: 'contactGuardian', state: 'all' } as const;
const seenBy = async (person: Person) =>
  (await person.call(contract.listDuties, contacts)).rows.map((row) => row.childId).sort();

async function officerOf(schoolId: string): Promise<Person> {
  const { platform, district } = all.world;
  const found = await platform.database.loaderPool.query<{ code: string }>(
    'SELECT code FROM school WHERE district_code = $1 AND id = $2',
    [district, schoolId],
  );
  return all.world.person('schoolOfficer', found.rows[0]?.code ?? '');
}

/** Moves a pupil to the other school, as an imported roster does. */
async function transfer(childId: string): Promise<void> {
  const { platform, district } = all.world;
  const owner = await platform.database.ownerPool.connect();
  try {
    await owner.query('BEGIN');
    await owner.query('ALTER TABLE enrolment NO FORCE ROW LEVEL SECURITY');
    await owner.query(
      `UPDATE enrolment SET school_id = $3::uuid, class_id = (SELECT k.id FROM school_class k WHERE k.district_code = $1 AND k.school_id = $3::uuid LIMIT 1)
       WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
      [district, childId, all.otherSchoolId],
    );
    await owner.query('ALTER TABLE enrolment FORCE ROW LEVEL SECURITY');
    await owner.query('COMMIT');
  } finally {
    owner.release();
  }
  const client = await platform.database.loaderPool.connect();
  try {
    await client.query('BEGIN');
    await rebuildReach(client, district, [childId]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

it('DUT-16 after a transfer the new school lists the open duties of the pupil and the old one does not; who owes one keeps it', async () => {
  const ids = all.children.slice(0, 3).map((child) => child.id);
  const [own = '', handed = '', stays = ''] = ids;
  const [before, after] = [await officerOf(all.schoolId), await officerOf(all.otherSchoolId)];
  const teacher = await all.world.person('classTeacher', all.classId);
  const colleague = await all.world.person('classTeacher', all.otherClassId, '李老师');
  await all.tell({ ...markedNews(all, '2026-11-20', ids), at: '2026-11-20T02:00:00.000Z' });
  const rows = (await before.call(contract.listDuties, contacts)).rows;
  const duty = rows.find((row) => row.childId === handed);
  const { people } = await before.call(contract.getDuty, { id: duty?.id ?? '' });
  const staffId = people.find((one) => one.name === '李老师')?.staffId ?? '';
  await before.call(contract.handOverDuty, { id: duty?.id ?? '', staffId, reason: '班主任外出' });
  expect([await seenBy(before), await seenBy(after)]).toEqual([[...ids].sort(), []]);

  for (const id of [own, handed]) await transfer(id);
  expect([await seenBy(before), await seenBy(after)]).toEqual([[stays], [own, handed].sort()]);
  expect(await seenBy(teacher)).toEqual([...ids].sort());
  expect(await seenBy(colleague)).toEqual([handed]);
  const told = await after.call(contract.getDuty, { id: duty?.id ?? '' });
  expect(told.events.some((event) => event.words.startsWith('交给李老师'))).toBe(true);
});
