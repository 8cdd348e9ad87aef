import { afterAll, beforeAll, expect, it } from 'vitest';
import { mergeChildren, undoMerge } from '#contract/comparison.ts';
import * as contract from '#contract/enrolment-changes.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { moveChild } from './course.ts';
import type { ask } from './testing.ts';
import { courseLines, openChangeWorld, piece, pupilAt, suspended, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

const merge = (keptId: string, mergedId: string) =>
  on.officer.ask(mergeChildren, { keptId, mergedId, reason: '核对为同一人' });
const idOf = (answered: { body: unknown }): string => (answered.body as { id: string }).id; // as: the contract's output
const undo = (id: string) => on.officer.call(undoMerge, { id, reason: '看错了' });

/** What is known now of two children: course, roll, places, changes. */
async function standing(ids: readonly string[]): Promise<unknown> {
  const read = (text: string) => rows(on.world, text, [ids]);
  return {
    course: await read(`SELECT child_id, state, cause, school_id, from_date, to_date FROM course WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND upper_inf(known) ORDER BY child_id, from_date`), // prettier-ignore
    roll: await read(`SELECT child_id, school_id, from_date, to_date FROM enrolment WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND upper_inf(known) ORDER BY child_id, from_date`), // prettier-ignore
    place: await read(`SELECT child_id, kind, from_date, to_date FROM attending_place WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND upper_inf(known) ORDER BY child_id, from_date`), // prettier-ignore
    change: await read(`SELECT child_id, id, kind, state FROM registry_change WHERE district_code = $1 AND child_id = ANY($2::uuid[]) ORDER BY id`), // prettier-ignore
  };
}

const done = async (input: Parameters<typeof ask>[1]): Promise<string> => {
  const id = phoneId();
  await on.registrar.call(contract.askChange, { fromDay: '2026-11-20', reason: '核对', ...input, id });
  await on.principal.call(contract.approveChange, { id });
  await on.officer.ask(contract.approveChange, { id });
  return id;
};

it('ENR-32 two pupils of two schools: the kept course stays, the other roll is a claim, the changes follow, and all comes back', async () => {
  const kept = pupilAt(on, 0);
  const [other] = await rows<{ id: string }>(
    on.world,
    `SELECT child_id AS id FROM enrolment WHERE district_code = $1 AND school_id = $2 AND upper_inf(known) ORDER BY child_id LIMIT 1`,
    [on.otherSchool],
  );
  const mergedId = other?.id ?? '';
  const attending = await done({
    kind: 'attending',
    childId: kept.id,
    place: '区人民医院',
    placeKind: 'hospital',
    pieces: [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'proof')],
  });
  const before = await standing([kept.id, mergedId]);
  const answered = await merge(kept.id, mergedId);
  expect(answered.status).toBe(200);
  expect(await courseLines(on, kept.id)).toEqual(['2026-11-20 inSchool listed']);
  expect(await courseLines(on, mergedId)).toEqual([]);
  const claims = await rows(on.world, 'SELECT 1 FROM enrolment_claim WHERE district_code = $1 AND child_id = $2 AND school_id = $3 AND upper_inf(known)', [kept.id, on.otherSchool]); // prettier-ignore
  expect(claims).toHaveLength(1);
  expect(await on.officer.call(contract.getChange, { id: attending })).toMatchObject({ childId: kept.id });
  await undo(idOf(answered));
  expect(await standing([kept.id, mergedId])).toEqual(before);
});

it('ENR-32 one who left and his record at the next school: the course follows the roll that stays, and comes back', async () => {
  const kept = pupilAt(on, 1);
  const merged = pupilAt(on, 2);
  await on.move('2026-12-10T02:00:00Z');
  await on.whole((context) => moveChild(context, { childId: kept.id, day: '2026-12-01', state: 'out', cause: 'transferArrived' })); // prettier-ignore
  await on.move('2026-12-10T02:00:01Z');
  // The other record stood on no roll before the day on which this one left.
  await on.whole((context) => moveChild(context, { childId: merged.id, day: '2026-11-20', state: 'out', cause: 'transferArrived' })); // prettier-ignore
  await on.whole(
    (context) =>
    moveChild(context, { childId: merged.id, day: '2026-12-05', state: 'inSchool', cause: 'transferIn', schoolId: on.otherSchool, classId: null, grade: 4 }), // prettier-ignore
  );
  await on.move('2026-12-10T02:00:03Z');
  const before = await standing([kept.id, merged.id]);
  const answered = await merge(kept.id, merged.id);
  expect(answered.status).toBe(200);
  expect((await courseLines(on, kept.id)).slice(-2)).toEqual([
    '2026-12-01 out transferArrived 2026-12-05',
    '2026-12-05 inSchool correction',
  ]);
  const [roll] = await rows<{ school_id: string }>(
    on.world,
    'SELECT school_id FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND to_date IS NULL',
    [kept.id],
  );
  expect(roll?.school_id).toBe(on.otherSchool);
  await undo(idOf(answered));
  expect(await standing([kept.id, merged.id])).toEqual(before);
  await on.move('2026-11-20T02:00:00Z');
});

it('ENR-32 a change under way of the merged one, or a death before the other was at school, refuses the merge with the way out', async () => {
  const [kept, merged, dead] = [pupilAt(on, 3), pupilAt(on, 4), pupilAt(on, 5)];
  const open = await suspended(on, 4, '2027-06-30');
  const refused = await merge(kept.id, merged.id);
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ detail: { changeId: open } });
  expect(JSON.stringify(refused.body)).toContain('在办的学籍异动“休学”（待学校审核），请先办结或撤回');
  const other = await merge(merged.id, kept.id);
  expect(other.status).toBe(200);
  expect(await on.officer.call(contract.getChange, { id: open })).toMatchObject({ childId: merged.id });
  await undo(idOf(other));
  await done({
    kind: 'death',
    childId: dead.id,
    fromDay: '2026-11-20',
    pieces: [await piece(on, on.registrar, 'certificate')],
  });
  const later = await merge(kept.id, dead.id);
  expect(later.status).toBe(409);
  expect(JSON.stringify(later.body)).toContain('死亡');
});
