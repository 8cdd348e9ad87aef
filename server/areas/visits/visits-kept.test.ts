import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctVisit, exportVisits, getVisit, listVisits, recordVisit } from '#contract/visits.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import type { News } from '#server/http/news.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person, World } from '#server/testing/world.ts';
import { attemptOf, contentOf, openVisitWorld, visitOf, type VisitWorld } from './testing.ts';

let world: World;
let teacher: Person;
let principal: Person;
let officer: Person;
let heard: News[];
let child: VisitWorld['child'];

beforeAll(async () => {
  ({ world, teacher, principal, officer, heard, child } = await openVisitWorld());
});
afterAll(() => world.stop());

const staffNamed = async (name: string) =>
  (await rows<{ id: string }>(world, 'SELECT id FROM staff WHERE district_code = $1 AND name = $2', [name]))[0]?.id;

describe('who made a visit', () => {
  it('VIS-15 visitors are looked up by name: the actor, a colleague of the school, and a number of another name is refused', async () => {
    await world.person('classTeacher', child(9).class_id, '吴老师');
    const [own, colleague = ''] = [await staffNamed('周老师'), await staffNamed('吴老师')];
    const visitors = ['周老师', '吴老师', '路人甲'].map((name) => ({ staffId: null, name }));
    const visit = visitOf(world, child(8).id, { content: contentOf({ visitors }) });
    await teacher.call(recordVisit, visit);
    const shown = await teacher.call(getVisit, { id: visit.id });
    expect(shown.content.visitors.map((one) => one.staffId)).toEqual([own, colleague, null]);
    const found = await principal.call(listVisits, { staffId: colleague });
    expect(found.rows.map((row) => row.id)).toEqual([visit.id]);
    const wrong = contentOf({ visitors: [...visitors.slice(0, 1), { staffId: colleague, name: '路人甲' }] });
    const refused = await teacher.ask(recordVisit, visitOf(world, child(8).id, { content: wrong }));
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      422,
      expect.stringContaining('content.visitors.1'),
    ]);
  });

  it('VIS-15 nobody draws the signature of a teacher who is somebody else', async () => {
    const visit = visitOf(world, child(9).id);
    expect((await principal.ask(recordVisit, visit)).body).toMatchObject({ code: 'not-allowed' });
    const onPaper = { ...visit, paperForm: true, signatures: [] };
    expect((await principal.ask(recordVisit, onPaper)).status).toBe(200);
  });
});

describe('a correction', () => {
  it('VIS-07 VIS-06 supersedes with its reason; the earlier version stays readable, its signatures stay with its text', async () => {
    const visit = visitOf(world, child(7).id);
    await teacher.call(recordVisit, visit);
    const next = {
      id: randomUUID(),
      visitId: visit.id,
      reason: '家长职业写错',
      mode: 'door' as const,
      at: visit.at,
      content: contentOf({ family: '母亲在家务农' }),
    };
    const other = await world.person('classTeacher', child(7).class_id);
    expect((await other.ask(correctVisit, next)).status).toBe(403);
    const corrected = await teacher.call(correctVisit, next);
    expect(await teacher.call(correctVisit, next)).toEqual(corrected);
    expect(corrected).toMatchObject({ id: next.id, version: 2, signedState: 'changed' });
    const now = await principal.call(getVisit, { id: next.id });
    expect(now).toMatchObject({ current: true, reason: '家长职业写错', content: { family: '母亲在家务农' } });
    expect(now.signatures.map((one) => [one.onVersion, one.state])).toEqual(Array(3).fill([1, 'changed']));
    const earlier = await principal.call(getVisit, { id: visit.id });
    const by = [{ name: '周老师', staffId: await staffNamed('周老师') }];
    expect(earlier).toMatchObject({
      current: false,
      signedState: 'signed',
      content: { ...visit.content, visitors: by },
    });
    expect(earlier.allowed.correct).toBe(false);
    expect(earlier.versions.map((one) => [one.version, one.reason])).toEqual([
      [1, null],
      [2, '家长职业写错'],
    ]);
    expect((await teacher.call(listVisits, { childId: child(7).id })).rows.map((row) => row.id)).toEqual([next.id]);
    expect((await teacher.ask(correctVisit, { ...next, id: randomUUID() })).body).toMatchObject({
      code: 'changed-meanwhile',
    });
    const beside = {
      ...next,
      id: randomUUID(),
      visitId: next.id,
      reason: '补位置，恢复原文',
      content: contentOf({ location: { latitude: 30.6, longitude: 114.3, accuracy: 15 } }),
    };
    expect((await principal.call(correctVisit, beside)).signedState).toBe('signed');
    expect(heard.filter((news) => news.kind === 'visits.recorded' && news.childId === child(7).id)).toHaveLength(1);
  });

  it('VIS-07 two at once make one new version and one refusal', async () => {
    const visit = visitOf(world, child(8).id);
    await teacher.call(recordVisit, visit);
    const correction = (words: string) => ({
      id: randomUUID(),
      visitId: visit.id,
      reason: '更正',
      mode: 'door' as const,
      at: visit.at,
      content: contentOf({ family: words }),
    });
    const answers = await Promise.all([
      teacher.ask(correctVisit, correction('甲')),
      principal.ask(correctVisit, correction('乙')),
    ]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
    const [row] = (await teacher.call(listVisits, { childId: child(8).id })).rows;
    expect(row?.version).toBe(2);
  });
});

describe('lists', () => {
  it('VIS-12 are narrowed by school, class, period, mode and result, and export complete with a watermark', async () => {
    await teacher.call(recordVisit, attemptOf(world, child(9).id, { at: '2026-11-10T01:00:00Z', mode: 'door' }));
    await teacher.call(
      recordVisit,
      visitOf(world, child(9).id, { mode: 'phone', signatures: [], at: '2026-11-11T01:00:00Z' }),
    );
    const all = await officer.call(listVisits, { size: 200 });
    const kept = async (asked: object, keep: (row: (typeof all.rows)[number]) => boolean) => {
      const got = await officer.call(listVisits, { size: 200, ...asked });
      expect(got.rows.map((row) => row.id)).toEqual(all.rows.filter(keep).map((row) => row.id));
      expect(got.total).toBe(got.rows.length);
      return got.total;
    };
    expect(await kept({ met: 'no' }, (row) => !row.met)).toBeGreaterThan(0);
    expect(await kept({ mode: 'phone' }, (row) => row.mode === 'phone')).toBe(1);
    expect(await kept({ from: '2026-11-10', to: '2026-11-11' }, (row) => row.day <= '2026-11-11')).toBe(2);
    expect(await kept({ classId: child(0).class_id }, () => true)).toBe(all.total);
    expect(await kept({ schoolId: randomUUID() }, () => false)).toBe(0);
    const sheet = await principal.ask(exportVisits, { from: '2026-11-10', to: '2026-11-11' });
    const cells = cellsOf(sheet.body);
    expect(cells.filter((row) => /^\d+$/.test(row[0] ?? '')).map((row) => [row[5], row[6]])).toEqual([
      ['电话', '见到'],
      ['上门', '未遇：家中无人'],
    ]);
    const text = cells.flat().join('\n');
    expect(text).toContain('共 2 行，导出完整');
    expect(text).toContain(`${principal.name} 2026-11-20 导出`);
  });

  it('VIS-09 a visit follows its child to another school', async () => {
    const visit = visitOf(world, child(1).id);
    await teacher.call(recordVisit, visit);
    const [target] = await rows<{ class_id: string; school_id: string }>(
      world,
      `SELECT class_id, school_id FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND class_id IS NOT NULL AND school_id <> '${child(1).school_id}' LIMIT 1`,
    );
    const owner = await world.platform.database.ownerPool.connect();
    try {
      await owner.query('BEGIN');
      await owner.query('ALTER TABLE enrolment NO FORCE ROW LEVEL SECURITY');
      await owner.query(
        'UPDATE enrolment SET school_id = $3, class_id = $4 WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)',
        [world.district, child(1).id, target?.school_id, target?.class_id],
      );
      await owner.query('ALTER TABLE enrolment FORCE ROW LEVEL SECURITY');
      await owner.query('COMMIT');
    } finally {
      owner.release();
    }
    const client = await world.platform.database.loaderPool.connect();
    try {
      await rebuildReach(client, world.district, [child(1).id]);
    } finally {
      client.release();
    }
    const next = await world.person('classTeacher', target?.class_id ?? '');
    expect((await next.call(getVisit, { id: visit.id })).signatures).toHaveLength(3);
    expect((await teacher.ask(getVisit, { id: visit.id })).status).toBe(404);
  });
});
