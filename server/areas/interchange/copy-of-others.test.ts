import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepRecord } from '#contract/books-records.ts';
import * as contract from '#contract/interchange.ts';
import { decideApproval } from '#contract/security.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import type { Copy } from './copy-content.ts';
import { copySections } from './copy-pdf.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const day = '2026-11-20';

it('INT-06 a guardian’s copy tells nothing of another child: no doubt about who is who, no sibling, no words of a class’s letter or of a door, no other household', async () => {
  const [pupil, other] = [pupilOf(on, 1), pupilOf(on, 2)];
  const write = (text: string, values: unknown[]) => rows(on.world, text, values);
  await write(
    `INSERT INTO finding (district_code, id, kind, child_id, first_run_id, last_run_id, state, owner_kind, owner_unit, due_date, detail, opened_at, reach)
     VALUES ($1, $2, 'identityReview', $3, $2, $2, 'open', 'district', $1, '2026-11-27', $4::jsonb, '2026-11-20T01:00:00Z', '{}')`,
    [phoneId(), pupil.id, JSON.stringify({ print: JSON.stringify([other.id]), words: '名册记为 密名他人', facts: [{ label: '名册姓名', value: '密名他人' }] })], // prettier-ignore
  );
  await write(
    `INSERT INTO risk_sign (district_code, id, child_id, kind, strength, words, facts, since, state, changed_at, reach)
     VALUES ($1, $2, $3, 'siblingOut', 2, '同户另有 1 名适龄儿童少年未在校就读', $4, '2026-11-20', 'open', '2026-11-20T01:00:00Z', '{}')`,
    [phoneId(), pupil.id, other.id],
  );
  const letter = { kind: 'letter' as const, sort: 'teacherGuardian' as const, schoolId: pupil.school_id, classId: pupil.class_id, day, title: '密名他人的责任书' }; // prettier-ignore
  const kept = await on.teacher.call(keepRecord, { id: phoneId(), written: { ...letter, childIds: [pupil.id, other.id] } }); // prettier-ignore
  await on.teacher.call(keepRecord, { id: phoneId(), firstId: kept.id, reason: '密名他人一份未收回', written: { ...letter, childIds: [pupil.id] } }); // prettier-ignore
  const [home] = await rows<{ id: string }>(on.world, `SELECT household_id AS id FROM register_entry WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND household_id IS NOT NULL`, [pupil.id]); // prettier-ignore
  const wrong = phoneId();
  await write(
    `INSERT INTO household (district_code, id, household_no, address, created_at, reach) VALUES ($1, $2, '密名户号', '密名他人家', '2026-01-01T00:00:00Z', '{}')`,
    [wrong],
  );
  await write(
    `INSERT INTO survey (district_code, id, household_id, day, result, surveyor_id, surveyor_name, note, known_at, reach)
     VALUES ($1, $2, $3, '2026-11-19', 'children', 'x', '摸底人', '密名他人也住在这里', '2026-11-19T01:00:00Z', '{}')`,
    [phoneId(), home?.id],
  );
  // He was first written down in the wrong household, and that was corrected.
  await write(
    `UPDATE register_entry SET known = tstzrange(lower(known), lower(known) + interval '1 hour') WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [pupil.id],
  );
  const columns = (await rows<{ c: string }>(on.world, `SELECT column_name AS c FROM information_schema.columns WHERE table_name = 'register_entry' AND table_schema = 'public' AND $1::text IS NOT NULL AND column_name NOT IN ('id', 'known', 'household_id', 'sealed')`)).map(({ c }) => c).join(', '); // prettier-ignore
  const again = (household: string, known: string) =>
    write(
      `INSERT INTO register_entry (household_id, known, ${columns}) SELECT $3::uuid, ${known}, ${columns} FROM register_entry WHERE district_code = $1 AND child_id = $2 ORDER BY lower(known) LIMIT 1`,
      [pupil.id, household],
    );
  await again(wrong, `tstzrange(lower(known) + interval '1 hour', lower(known) + interval '2 hours')`);
  await again(home?.id ?? '', `tstzrange(lower(known) + interval '2 hours', NULL)`);

  const copyId = phoneId();
  const asked = { id: copyId, subjectKind: 'child' as const, subjectId: pupil.id, requester: '母亲', relation: '母亲', means: 'inPerson' as const, proof: '户口簿原件', purpose: '查阅子女全部信息', receivedOn: day }; // prettier-ignore
  const { approvalId } = await on.officer.call(contract.askCopy, asked);
  await on.leader.call(decideApproval, { id: approvalId, approve: true });
  await on.officer.call(contract.makeCopy, { id: copyId });
  const copy = (await on.officer.ask(contract.downloadCopy, { id: copyId, form: 'json' })).body as Copy; // as: a download of this form is a copy
  const rowsOf = (table: string) => copy.sections.find((section) => section.table === table)?.rows ?? [];
  // What concerns him is there.
  expect(rowsOf('work_record').map((row) => row['version'])).toEqual([1, 2]);
  expect(rowsOf('risk_sign').map((row) => row['words'])).toContain('同户另有 1 名适龄儿童少年未在校就读');
  expect(rowsOf('household').map((row) => row['id'])).toEqual([home?.id]);
  expect(rowsOf('survey').map((row) => row['day'])).toContain('2026-11-19');
  const telling = (word: string) => copy.sections.filter(({ rows: held }) => JSON.stringify(held).includes(word)).map(({ table }) => table); // prettier-ignore
  expect([telling('密名'), telling(other.id), telling(wrong)]).toEqual([[], [], ['register_entry']]);
  expect(JSON.stringify(copySections(copy))).not.toMatch(/密名|[0-9a-f]{8}-[0-9a-f]{4}-/u);
  expect(copy.excluded.map(({ table }) => table)).toEqual(expect.arrayContaining(['finding', 'survey', 'work_record']));
});
