import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPapers, openPaper, uploadPaper, voidPaper } from '#contract/papers.ts';
import { listAudit } from '#contract/security.ts';
import { recordVisit } from '#contract/visits.ts';
import { attemptOf } from '#server/areas/visits/testing.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import { fileFolder } from '#server/files/store.ts';
import { appointBeside } from '#server/testing/cast.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { png, upload } from './testing.ts';

interface Pupil {
  id: string;
  name: string;
  class_id: string;
  school_id: string;
  subdistrict: string;
}

let world: World;
let teacher: Person;
let colleague: Person;
let street: Person;
let officer: Person;
let pupil: Pupil;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const pupils = await rows<Pupil>(
    world,
    `SELECT c.id, c.name, e.class_id, e.school_id, r.subdistrict_code AS subdistrict FROM child c
     JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known)
     JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known)
     WHERE c.district_code = $1 AND e.class_id IS NOT NULL AND r.subdistrict_code IS NOT NULL ORDER BY c.id`,
  );
  const [first] = pupils;
  const other = pupils.find((one) => one.school_id === first?.school_id && one.class_id !== first.class_id);
  if (!first || !other) throw new Error('too few pupils');
  pupil = first;
  teacher = await world.person('classTeacher', pupil.class_id, '周老师');
  colleague = await world.person('classTeacher', other.class_id);
  street = await world.person('subdistrictOfficer', pupil.subdistrict);
  officer = await world.person('bureauOfficer', world.district);
});
afterAll(() => world.stop());

const entry = (more: object = {}) => ({
  id: randomUUID(),
  kind: 'photo' as const,
  fileName: '门口.png',
  childId: pupil.id,
  ...more,
});
const count = async () =>
  (await rows<{ n: number }>(world, 'SELECT count(*)::int AS n FROM paper WHERE district_code = $1'))[0]?.n ?? -1;
/** The folder is made with the first file. */
const files = () => readdir(fileFolder(world.platform.config.dataDirectory)).catch(() => []);

describe('a paper', () => {
  it('PAP-01 is told by its content: a renamed program, a torn picture, too large a file and an empty one are refused and leave nothing', async () => {
    const before = [await count(), (await files()).length];
    const program = Buffer.concat([Buffer.from('MZ\u0090'), Buffer.alloc(200)]);
    for (const [content, status] of [
      [program, 422],
      [png('撕').subarray(0, 18), 422],
      [Buffer.concat([png('大'), Buffer.alloc(2 * 1024 * 1024)]), 413],
      [Buffer.alloc(0), 422],
    ] as const)
      expect((await upload(world, teacher, entry({ fileName: '家访.png' }), content)).status).toBe(status);
    expect([await count(), (await files()).length]).toEqual(before);
  });

  it('PAP-02 sent twice is one paper with one answer; another file under the same id is refused', async () => {
    const sent = entry({ takenAt: '2026-11-20T09:30:00+08:00', place: '汉口花园 3 栋' });
    const first = await upload(world, teacher, sent, png('一'));
    const kept = (await files()).length;
    const second = await upload(world, teacher, sent, png('一'));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect((await upload(world, teacher, sent, png('二'))).body).toMatchObject({ code: 'already-exists' });
    expect((await upload(world, officer, sent, png('一'))).body).toMatchObject({ code: 'already-exists' });
    expect((await files()).length).toBe(kept);
    const [shown] = (await teacher.call(listPapers, { childId: pupil.id })).filter((one) => one.id === sent.id);
    expect(shown).toMatchObject({
      fileName: '门口.png',
      contentType: 'image/png',
      place: '汉口花园 3 栋',
      takenAt: '2026-11-20T01:30:00.000Z',
      byName: '周老师',
      voided: null,
    });
    expect((await teacher.ask(openPaper, { id: sent.id })).body).toEqual(png('一'));
  });

  it('PAP-04 opens within reach only, and the trail says who opened it', async () => {
    const sent = entry();
    await upload(world, teacher, sent, png('开'));
    expect((await colleague.ask(openPaper, { id: sent.id })).status).toBe(404);
    expect((await colleague.ask(voidPaper, { id: sent.id, reason: '错误' })).status).toBe(404);
    expect(await colleague.call(listPapers, { childId: pupil.id })).toEqual([]);
    expect((await upload(world, colleague, entry(), png('别'))).status).toBe(404);
    expect((await street.ask(openPaper, { id: sent.id })).status).toBe(200);
    const auditor = await world.person('auditAdmin', world.district);
    const trail = await auditor.call(listAudit, { verb: 'papers.openPaper' });
    expect(trail.rows.some((row) => row.actor === street.name && row.subjectId === sent.id)).toBe(true);
  });

  it('PAP-03 of a hospital is seen by school and officer, never by the street, by no call and not by the database', async () => {
    const sent = entry({ kind: 'hospitalPaper', fileName: '诊断证明.pdf' });
    expect((await upload(world, street, entry({ kind: 'hospitalPaper' }), png('街'))).status).toBe(403);
    expect((await upload(world, teacher, sent, png('医'))).status).toBe(200);
    const leader = await world.person('bureauLeader', world.district);
    for (const [person, may] of [
      [teacher, true],
      [officer, true],
      [street, false],
      [leader, false],
      [colleague, false],
    ] as const) {
      expect((await person.ask(openPaper, { id: sent.id })).status).toBe(may ? 200 : 404);
      const listed = (await person.call(listPapers, { childId: pupil.id })).map((one) => one.id);
      expect(listed.includes(sent.id)).toBe(may);
    }
    const client = await world.platform.database.appPool.connect();
    try {
      const seen = async (all: string, closed: string, reach: string) => {
        await client.query('BEGIN');
        await client.query('SELECT platform.enter_scope($1, $2, $3, $4)', [world.district, 'test', all, reach]);
        await client.query(`SELECT set_config('app.closed', $1, true)`, [closed]);
        const found = await client.query('SELECT 1 FROM paper WHERE id = $1', [sent.id]);
        await client.query('COMMIT');
        return found.rowCount;
      };
      expect(await seen('1', '', '')).toBe(0);
      expect(await seen('1', '1', '')).toBe(1);
      expect(await seen('', '1', `{"subdistrict:${pupil.subdistrict}"}`)).toBe(0);
      expect(await seen('', '1', `{"class:${pupil.class_id}"}`)).toBe(1);
    } finally {
      client.release();
    }
  });

  it('PAP-05 is voided with a reason by its uploader or an officer, once; it stays readable and cannot be attached', async () => {
    const sent = entry();
    await upload(world, teacher, sent, png('废'));
    const worker = await world.person('classTeacher', pupil.class_id);
    expect((await worker.ask(voidPaper, { id: sent.id, reason: '拍错了' })).status).toBe(403);
    // A principal of another school who teaches in this class is no officer here.
    const elsewhere = await rows<{ id: string }>(world, 'SELECT id FROM school WHERE district_code = $1 AND id <> $2 ORDER BY id LIMIT 1', [pupil.school_id]); // prettier-ignore
    const both = await world.person('subjectTeacher', pupil.class_id, '两岗');
    await appointBeside(world, officer, both, 'principal', elsewhere[0]?.id ?? '');
    expect((await both.ask(openPaper, { id: sent.id })).status).toBe(200);
    expect((await both.ask(voidPaper, { id: sent.id, reason: '越权作废' })).status).toBe(403);
    await teacher.call(voidPaper, { id: sent.id, reason: '拍错了' });
    expect((await officer.ask(voidPaper, { id: sent.id, reason: '再次' })).body).toMatchObject({ code: 'wrong-step' });
    const [shown] = (await teacher.call(listPapers, { childId: pupil.id })).filter((one) => one.id === sent.id);
    expect(shown?.voided).toMatchObject({ byName: '周老师', reason: '拍错了' });
    expect((await teacher.ask(openPaper, { id: sent.id })).status).toBe(200);
    const visit = await teacher.ask(recordVisit, attemptOf(world, pupil.id, { papers: [sent.id] }));
    expect([visit.status, visit.body]).toMatchObject([422, { code: 'input-wrong' }]);
  });

  it('PAP-06 belongs to one record: not to another, not to another child, and attaching again changes nothing', async () => {
    const sent = entry();
    await upload(world, teacher, sent, png('属'));
    const visit = attemptOf(world, pupil.id, { papers: [sent.id] });
    await teacher.call(recordVisit, visit);
    await teacher.call(recordVisit, visit);
    expect(
      (await teacher.call(listPapers, { subjectKind: 'visit', subjectId: visit.id })).map((one) => one.id),
    ).toEqual([sent.id]);
    const again = await teacher.ask(recordVisit, attemptOf(world, pupil.id, { papers: [sent.id] }));
    expect(again.status).toBe(422);
    const [mate] = await rows<{ id: string }>(
      world,
      `SELECT child_id AS id FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND class_id = '${pupil.class_id}' AND child_id <> '${pupil.id}' LIMIT 1`,
    );
    const loose = entry();
    await upload(world, teacher, loose, png('松'));
    expect((await teacher.ask(recordVisit, attemptOf(world, mate?.id ?? '', { papers: [loose.id] }))).status).toBe(422);
    expect((await teacher.ask(recordVisit, attemptOf(world, pupil.id, { papers: [randomUUID()] }))).status).toBe(422);
  });

  it('PAP-07 name, place and content are sealed in database and folder', async () => {
    const sent = entry({ fileName: '暗语文件名.png', place: '暗语地点' });
    await upload(world, teacher, sent, png('暗语内容'));
    const [row] = await rows<{ text: string; stored_name: string }>(
      world,
      `SELECT p::text AS text, stored_name FROM paper p WHERE district_code = $1 AND id = '${sent.id}'`,
    );
    const hex = (words: string) => Buffer.from(words).toString('hex');
    expect(row?.text).not.toMatch(/暗语/);
    expect(row?.text).not.toContain(hex('暗语'));
    const file = await readFile(path.join(fileFolder(world.platform.config.dataDirectory), row?.stored_name ?? ''));
    expect(file.includes(Buffer.from('暗语内容'))).toBe(false);
  });

  it('PAP-04 PAP-03 follows its child to another class, the health paper to schools only', async () => {
    const open = entry();
    const closed = entry({ kind: 'hospitalPaper' });
    await upload(world, teacher, open, png('随一'));
    await upload(world, teacher, closed, png('随二'));
    const [target] = await rows<{ class_id: string; school_id: string }>(
      world,
      `SELECT class_id, school_id FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND class_id IS NOT NULL AND school_id <> '${pupil.school_id}' LIMIT 1`,
    );
    const { loaderPool } = world.platform.database;
    const owner = await world.platform.database.ownerPool.connect();
    try {
      await owner.query('BEGIN');
      await owner.query('ALTER TABLE enrolment NO FORCE ROW LEVEL SECURITY');
      await owner.query(
        'UPDATE enrolment SET school_id = $3, class_id = $4 WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)',
        [world.district, pupil.id, target?.school_id, target?.class_id],
      );
      await owner.query('ALTER TABLE enrolment FORCE ROW LEVEL SECURITY');
      await owner.query('COMMIT');
    } finally {
      owner.release();
    }
    const client = await loaderPool.connect();
    try {
      await client.query('BEGIN');
      await rebuildReach(client, world.district, [pupil.id]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    const next = await world.person('classTeacher', target?.class_id ?? '');
    for (const { id } of [open, closed]) {
      expect((await next.ask(openPaper, { id })).status).toBe(200);
      expect((await teacher.ask(openPaper, { id })).status).toBe(404);
    }
    expect((await street.ask(openPaper, { id: open.id })).status).toBe(200);
    expect((await street.ask(openPaper, { id: closed.id })).status).toBe(404);
  });
});

it('PAP-01 the upload says how large a paper may be', () => {
  expect(uploadPaper.bodyLimit).toBe(2 * 1024 * 1024);
});
