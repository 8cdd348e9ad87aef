import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadFile, listFiles, orderFile } from '#contract/books.ts';
import * as contract from '#contract/books-records.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import type { Person } from '#server/testing/world.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import { rows } from '#server/testing/reach.ts';
import { makeFiles } from './testing.ts';

let all: CaseWorld;
let school: string;
let room: string;
const pupils: string[] = [];
let teacherId: string;

beforeAll(async () => {
  all = await openCaseWorld();
  school = pupilOf(all, 0).school_id;
  room = pupilOf(all, 0).class_id;
  pupils.push(pupilOf(all, 0).id, pupilOf(all, 1).id);
  const [post] = await rows<{ staff_id: string }>(
    all.world,
    `SELECT staff_id FROM post WHERE district_code = $1 AND role = 'classTeacher' AND unit_id = $2 AND approved_by IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [room],
  );
  teacherId = post?.staff_id ?? '';
});
afterAll(() => all.world.stop());

const day = '2026-11-19';
const letter = () => ({
  kind: 'letter' as const,
  sort: 'teacherGuardian' as const,
  schoolId: school,
  classId: room,
  day,
  title: '秋季学期责任书',
  childIds: pupils,
});
const aid = () => ({
  kind: 'aid' as const,
  sort: 'subsidy' as const,
  schoolId: school,
  day,
  title: '秋季生活补助',
  words: '区财政',
  childIds: pupils.slice(0, 1),
});
const inspection = () => ({
  sort: 'unannounced' as const,
  schoolId: school,
  day,
  title: '查点名和台账',
  people: '冯专干',
  findings: ['两个班漏点名', '台账未签字'],
  dueDate: '2026-11-20',
});

async function scan(by: Person, fileName: string): Promise<string> {
  const id = phoneId();
  expect((await upload(all.world, by, { id, kind: 'scan', fileName }, png(fileName))).status).toBe(200);
  return id;
}

async function book(by: 'principal' | 'officer', what: 'schoolBook' | 'districtBook', knownAt?: string) {
  const id = phoneId();
  await all[by].call(orderFile, { id, what, ...(what === 'schoolBook' ? { schoolId: school } : {}), ...(knownAt === undefined ? {} : { knownAt }) }); // prettier-ignore
  await makeFiles(all.world);
  const row = (await all[by].call(listFiles, {})).rows.find((one) => one.id === id);
  const words = wordsOfPdf((await all[by].ask(downloadFile, { id })).body);
  return { print: row?.filePrint, problem: row?.problem, knownAt: row?.knownAt ?? '', words: words.replaceAll(/\s/g, '') }; // prettier-ignore
}

describe('work records', () => {
  it('BOK-15 letters, aid and activities are kept by the school of its own pupils and staff, corrected with a reason, withdrawn, never overwritten', async () => {
    const { teacher, principal, officer, world, otherSchool, street } = all;
    const kept = await teacher.call(contract.keepRecord, { id: phoneId(), written: letter() });
    await principal.call(contract.keepRecord, { id: phoneId(), written: aid() });
    await principal.call(contract.keepRecord, {
      id: phoneId(),
      written: { kind: 'letter', sort: 'schoolTeacher', schoolId: school, day, title: '教师责任书', staffIds: [teacherId] }, // prettier-ignore
    });
    const seen = await teacher.call(contract.listRecords, {});
    expect(seen.rows.map((row) => [row.kind, row.children.length])).toEqual([['letter', 2]]);
    expect((await principal.call(contract.listRecords, {})).total).toBe(3);
    const stranger = await world.person('principal', otherSchool);
    expect((await stranger.call(contract.listRecords, {})).total).toBe(0);
    const refused = async (written: InputOf<typeof contract.keepRecord>['written'], by = principal) =>
      (await by.ask(contract.keepRecord, { id: phoneId(), written })).status;
    expect(await refused({ ...letter(), schoolId: otherSchool }, teacher)).toBe(404);
    expect(await refused(aid(), stranger)).toBe(404);
    expect(await refused({ ...letter(), childIds: [] })).toBe(422);
    expect(await refused({ ...letter(), sort: 'subsidy' })).toBe(422);
    expect(await refused({ ...letter(), day: '2026-11-21' })).toBe(422);
    expect(await refused({ ...aid(), schoolId: otherSchool }, officer)).toBe(422);
    expect(await refused({ kind: 'letter', sort: 'schoolTeacher', schoolId: otherSchool, day, title: '教师责任书', staffIds: [teacherId] }, officer)).toBe(422); // prettier-ignore
    expect((await street.ask(contract.listRecords, {})).status).toBe(403);
    const correct = { id: phoneId(), firstId: kept.id, written: { ...letter(), childIds: pupils.slice(0, 1) } };
    expect((await teacher.ask(contract.keepRecord, correct)).status).toBe(422);
    await teacher.call(contract.keepRecord, { ...correct, reason: '一份未收回' });
    expect((await stranger.ask(contract.withdrawRecord, { firstId: kept.id, id: phoneId(), reason: '试' })).status).toBe(422); // prettier-ignore
    expect((await stranger.ask(contract.withdrawRecord, { firstId: kept.id, id: phoneId(), reason: '试试' })).status).toBe(404); // prettier-ignore
    const [now] = (await teacher.call(contract.listRecords, {})).rows;
    expect([now?.version, now?.children.length, now?.reason]).toEqual([2, 1, '一份未收回']);
    const versions = await rows<{ version: number; sealed: Buffer; now: boolean }>(
      world,
      `SELECT version, sealed, upper_inf(known) AS now FROM work_record WHERE district_code = $1 AND first_id = $2 ORDER BY version`,
      [kept.id],
    );
    expect(versions.map((one) => [one.version, one.now])).toEqual([[1, false], [2, true]]); // prettier-ignore
    expect(versions.every((one) => !one.sealed.includes(Buffer.from('责任书')))).toBe(true);
  });

  it('BOK-16 an inspection is kept by who inspects, mended by the school, rechecked by another person, open again where it fails', async () => {
    const { principal, officer, second, world } = all;
    const inspector = await world.person('inspector', school, '督查员');
    expect((await principal.ask(contract.keepInspection, { id: phoneId(), written: inspection() })).status).toBe(403);
    const { id: firstId } = await inspector.call(contract.keepInspection, { id: phoneId(), written: inspection() });
    const answer = { firstId, day: '2026-11-20', words: '已补点名并签字', papers: [await scan(principal, '整改.png')] };
    const recheck = { firstId, day: '2026-11-20', words: '属实', passed: true };
    expect((await inspector.ask(contract.recheckFindings, { ...recheck, id: phoneId() })).status).toBe(409);
    expect((await inspector.ask(contract.mendFindings, { ...answer, id: phoneId() })).status).toBe(403);
    await principal.call(contract.mendFindings, { ...answer, id: phoneId() });
    expect((await principal.ask(contract.recheckFindings, { ...recheck, id: phoneId() })).status).toBe(403);
    const failed = { ...recheck, passed: false, words: '仍漏一个班', id: phoneId() };
    expect((await inspector.ask(contract.recheckFindings, failed)).status).toBe(422);
    await inspector.call(contract.recheckFindings, { ...failed, dueDate: '2026-11-27' });
    // What shows the first mending stays with its version; the second needs evidence of its own.
    expect((await officer.ask(contract.mendFindings, { ...answer, papers: [], id: phoneId() })).status).toBe(422);
    await officer.call(contract.mendFindings, {
      ...answer,
      papers: [await scan(officer, '再整改.png')],
      id: phoneId(),
    });
    expect((await officer.ask(contract.recheckFindings, { ...recheck, id: phoneId() })).status).toBe(409);
    await second.call(contract.recheckFindings, { ...recheck, id: phoneId() });
    const [row] = (await principal.call(contract.listRecords, { kind: 'inspection' })).rows;
    expect([row?.state, row?.version, row?.dueDate, row?.content.rechecked?.passed]).toEqual(['settled', 5, '2026-11-27', true]); // prettier-ignore
    expect((await officer.ask(contract.withdrawRecord, { firstId, id: phoneId(), reason: '登记有误' })).status).toBe(409); // prettier-ignore
  });
});

describe('two who work on one record', () => {
  it('BOK-15 who corrects or withdraws what another changed meanwhile is told, and nothing is written over; two at once leave one change', async () => {
    const { teacher, principal } = all;
    const kept = await principal.call(contract.keepRecord, { id: phoneId(), written: { ...aid(), title: '两人同改' } });
    const change = (title: string, seen: number) => ({ id: phoneId(), firstId: kept.id, seen, reason: '核对', written: { ...aid(), title } }); // prettier-ignore
    await principal.call(contract.keepRecord, change('第一人改', 1));
    const late = await all.officer.ask(contract.keepRecord, change('第二人改', 1));
    expect([late.status, late.body]).toEqual([409, expect.objectContaining({ code: 'changed-meanwhile', detail: { version: 2 } })]); // prettier-ignore
    const withdraw = { id: phoneId(), firstId: kept.id, seen: 1, reason: '登记有误' };
    expect((await principal.ask(contract.withdrawRecord, withdraw)).status).toBe(409);
    const both = await Promise.all(
      ['甲同时改', '乙同时改'].map((title) => principal.ask(contract.keepRecord, change(title, 2))),
    );
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(both.find((one) => one.status === 409)?.body).toMatchObject({ code: 'changed-meanwhile' });
    const [row] = (await principal.call(contract.listRecords, { kind: 'aid' })).rows.filter((one) => one.firstId === kept.id); // prettier-ignore
    expect([row?.version, row?.content.title.slice(1)]).toEqual([3, '同时改']);
    // The record is not his: he is not told of its versions either.
    expect((await teacher.ask(contract.keepRecord, change('别人的', 1))).status).toBe(404);
    await principal.call(contract.withdrawRecord, { ...withdraw, seen: 3 });
  });

  it('BOK-16 a corrected inspection keeps what was mended and rechecked; who mends findings that were corrected meanwhile is told', async () => {
    const { principal, officer, world } = all;
    const inspector = await world.person('inspector', school, '另一督查员');
    const { id: firstId } = await inspector.call(contract.keepInspection, { id: phoneId(), written: inspection() });
    const mend = { firstId, day: '2026-11-20', words: '已补点名', papers: [await scan(principal, '整改二.png')] };
    const corrected = { id: phoneId(), firstId, seen: 1, reason: '补一条', written: { ...inspection(), findings: ['一', '二'].map((one) => `问题${one}`) } }; // prettier-ignore
    await inspector.call(contract.keepInspection, corrected);
    expect((await principal.ask(contract.mendFindings, { ...mend, seen: 1, id: phoneId() })).status).toBe(409);
    await principal.call(contract.mendFindings, { ...mend, seen: 2, id: phoneId() });
    const failed = { firstId, day: '2026-11-20', words: '仍缺', passed: false, dueDate: '2026-11-27' };
    await officer.call(contract.recheckFindings, { ...failed, seen: 3, id: phoneId() });
    await inspector.call(contract.keepInspection, { ...corrected, id: phoneId(), seen: 4, reason: '改名称' });
    const [row] = (await principal.call(contract.listRecords, { kind: 'inspection' })).rows.filter((one) => one.firstId === firstId); // prettier-ignore
    expect([row?.version, row?.state, row?.content.mended?.words, row?.content.rechecked?.words]).toEqual([5, 'open', '已补点名', '仍缺']); // prettier-ignore
  });

  it('BOK-15 letters of a whole school are kept in few statements, a teacher named twice counts once', async () => {
    const { principal, world } = all;
    const ofSchool = await rows<{ id: string }>(world, `SELECT DISTINCT child_id AS id FROM enrolment WHERE district_code = $1 AND school_id = $2 AND upper_inf(known) AND to_date IS NULL`, [school]); // prettier-ignore
    expect(ofSchool.length).toBeGreaterThan(50);
    const many = { ...aid(), title: '全校资助', childIds: ofSchool.map(({ id }) => id) };
    const { id } = await principal.call(contract.keepRecord, { id: phoneId(), written: many });
    const twice = { kind: 'letter' as const, sort: 'schoolTeacher' as const, schoolId: school, day, title: '教师责任书', staffIds: [teacherId, teacherId] }; // prettier-ignore
    const letterId = (await principal.call(contract.keepRecord, { id: phoneId(), written: twice })).id;
    const listed = (await principal.call(contract.listRecords, {})).rows;
    expect(listed.find((one) => one.firstId === id)?.children).toHaveLength(ofSchool.length);
    expect(listed.find((one) => one.firstId === letterId)?.staff).toHaveLength(1);
    for (const [firstId, reason] of [id, letterId].map((one) => [one, '试验'] as const))
      await principal.call(contract.withdrawRecord, { id: phoneId(), firstId, reason });
  });
});

describe('the parts of the books', () => {
  it('BOK-17 一校一册 has responsibility, aid, activities and inspections from the records alone, the same bytes as known then', async () => {
    const { principal, officer } = all;
    await officer.call(contract.keepRecord, {
      id: phoneId(),
      written: { kind: 'activity', sort: 'publicity', schoolId: school, classId: room, day, title: '义务教育法宣传周', people: '吴主任' }, // prettier-ignore
    });
    const made = await book('principal', 'schoolBook');
    expect(made.problem).toBeNull();
    const [{ n } = { n: -1 }] = await rows<{ n: number }>(all.world, `SELECT count(*)::int AS n FROM enrolment WHERE district_code = $1 AND class_id = $2 AND upper_inf(known) AND to_date IS NULL`, [room]); // prettier-ignore
    const aidTags = ['minimumLiving', 'extremePoverty', 'povertyAlleviated', 'orphan', 'factOrphan', 'martyrFamily', 'poor']; // prettier-ignore
    const [{ listed } = { listed: -1 }] = await rows<{ listed: number }>(
      all.world,
      `SELECT count(DISTINCT e.child_id)::int AS listed FROM enrolment e
       LEFT JOIN register_entry r ON r.district_code = $1 AND r.child_id = e.child_id AND upper_inf(r.known) LEFT JOIN key_list_entry l ON l.district_code = $1 AND l.child_id = e.child_id AND upper_inf(l.known)
       WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NULL AND e.school_id = $2 AND (e.tags && $3::text[] OR r.tags && $3::text[] OR l.list = ANY($3::text[]))`,
      [school, aidTags],
    );
    expect(listed).toBeGreaterThan(0);
    for (const words of [
      '责任和责任书',
      '郑校长',
      `1/${String(n)}（`,
      '秋季生活补助',
      '残疾和健康名单属封闭信息',
      '义务教育法宣传周',
      '查点名和台账',
      '补点名并签字',
      '复查通过',
    ])
      expect(made.words).toContain(words);
    expect(made.words).toMatch(new RegExp(`合计（按人）${String(listed)}\\d`));
    await principal.call(contract.keepRecord, { id: phoneId(), written: { ...aid(), title: '后来的资助' } });
    const again = await book('principal', 'schoolBook', made.knownAt);
    expect(again.print).toBe(made.print);
    expect((await book('principal', 'schoolBook')).words).toContain('后来的资助');
  });

  it('BOK-18 the district’s book has them school by school', async () => {
    const { words, problem } = await book('officer', 'districtBook');
    expect(problem).toBeNull();
    for (const part of ['各校责任书签订', '按条款逐级的责任和办理', '后来的资助', '义务教育法宣传周', '查点名和台账'])
      expect(words).toContain(part);
  });
});
