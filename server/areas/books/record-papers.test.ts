import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadFile, listFiles, orderFile } from '#contract/books.ts';
import * as contract from '#contract/books-records.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { openPaper, voidPaper } from '#contract/papers.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { makeFiles } from './testing.ts';

type Written = InputOf<typeof contract.keepRecord>['written'];

let all: CaseWorld;
let school: string;
let room: string;
let teacherId: string;
const day = '2026-11-19';

beforeAll(async () => {
  all = await openCaseWorld();
  school = pupilOf(all, 0).school_id;
  room = pupilOf(all, 0).class_id;
  const [post] = await rows<{ staff_id: string }>(
    all.world,
    `SELECT staff_id FROM post WHERE district_code = $1 AND role = 'classTeacher' AND unit_id = $2 AND approved_by IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [room],
  );
  teacherId = post?.staff_id ?? '';
});
afterAll(() => all.world.stop());

const scan = async (by: Person, fileName: string) => {
  const id = phoneId();
  expect((await upload(all.world, by, { id, kind: 'scan', fileName }, png(fileName))).status).toBe(200);
  return id;
};
const activity = (papers: string[] = []): Written => ({ kind: 'activity', sort: 'publicity', schoolId: school, classId: room, day, title: '宣传周', papers }); // prettier-ignore
const pairing = (more: Partial<Written> = {}): Written => ({
  kind: 'pairing',
  sort: 'teacherPupil',
  schoolId: school,
  classId: room,
  day,
  title: '数学跟上进度',
  words: '每周辅导两次',
  staffIds: [teacherId],
  childIds: [pupilOf(all, 0).id],
  difficulties: ['学习困难', '家庭经济困难'],
  ...more,
});

async function book(by: Person, what: 'schoolBook' | 'districtBook', knownAt?: string) {
  const id = phoneId();
  await by.call(orderFile, { id, what, ...(what === 'schoolBook' ? { schoolId: school } : {}), ...(knownAt === undefined ? {} : { knownAt }) }); // prettier-ignore
  await makeFiles(all.world);
  const row = (await by.call(listFiles, {})).rows.find((one) => one.id === id);
  const words = wordsOfPdf((await by.ask(downloadFile, { id })).body).replaceAll(/\s/g, '');
  return { print: row?.filePrint, problem: row?.problem, knownAt: row?.knownAt ?? '', words };
}

describe('scans of work records', () => {
  it('BOK-19 are attached, opened and named within reach alone; a correction takes one away and both versions stay readable', async () => {
    const { teacher, principal, world, otherSchool } = all;
    const papers = [await scan(teacher, '签到表.png'), await scan(teacher, '照片.png')];
    const kept = await teacher.call(contract.keepRecord, { id: phoneId(), written: activity(papers) });
    const [row] = (await principal.call(contract.listRecords, { kind: 'activity' })).rows;
    expect(row?.papers.map((one) => [one.id, one.fileName, one.contentType, one.place])).toEqual(
      [[papers[0], '签到表.png'], [papers[1], '照片.png']].map((one) => [...one, 'image/png', 'record']), // prettier-ignore
    );
    expect((await principal.ask(openPaper, { id: papers[0] ?? '' })).body).toEqual(png('签到表.png'));
    const stranger = await world.person('principal', otherSchool);
    expect((await stranger.ask(openPaper, { id: papers[0] ?? '' })).status).toBe(404);
    expect((await stranger.ask(contract.getRecord, { firstId: kept.id })).status).toBe(404);
    await teacher.call(contract.keepRecord, { id: phoneId(), firstId: kept.id, reason: '照片重复', written: activity(papers.slice(0, 1)) }); // prettier-ignore
    const versions = await principal.call(contract.getRecord, { firstId: kept.id });
    expect(versions.map((one) => [one.version, one.papers.length, one.allowed.change])).toEqual([[2, 1, true], [1, 2, false]]); // prettier-ignore
    // What was taken away is still there to be opened in its version.
    expect((await principal.ask(openPaper, { id: papers[1] ?? '' })).status).toBe(200);
    await teacher.call(voidPaper, { id: papers[0] ?? '', reason: '拍糊了' });
    const [now] = await principal.call(contract.getRecord, { firstId: kept.id });
    expect(now?.papers.map((one) => one.voided)).toEqual([true]);
  });

  it('BOK-19 of another record, of another school, of health or not a picture are refused', async () => {
    const { teacher, principal, world, otherSchool } = all;
    const used = await scan(teacher, '甲.png');
    await teacher.call(contract.keepRecord, { id: phoneId(), written: activity([used]) });
    const foreign = await scan(await world.person('registrar', otherSchool, '外校'), '乙.png');
    const health = phoneId();
    await upload(world, principal, { id: health, kind: 'hospitalPaper', fileName: '诊断.png' }, png('诊断'));
    for (const paper of [used, foreign, health, phoneId()]) {
      const refused = await principal.ask(contract.keepRecord, { id: phoneId(), written: activity([paper]) });
      expect(refused.body).toMatchObject({ code: 'input-wrong', detail: { issues: [{ path: 'papers' }] } });
    }
    const wrong = await upload(world, principal, { id: phoneId(), kind: 'scan', fileName: 'x.png' }, Buffer.from('MZ'));
    expect(wrong.body).toMatchObject({ code: 'file-wrong-kind' });
    const inspector = await world.person('inspector', school, '督查员');
    const seen = await scan(inspector, '督查照片.png');
    const written = { sort: 'planned' as const, schoolId: school, day, title: '例行督查', people: '督查一组', papers: [seen] }; // prettier-ignore
    await inspector.call(contract.keepInspection, { id: phoneId(), written });
    expect((await principal.ask(openPaper, { id: seen })).status).toBe(200);
  });
});

describe('the school’s own plan and help to pupils in several difficulties', () => {
  it('BOK-21 a plan is of the whole school, with text or a scan, every version kept; the book prints the one that stood', async () => {
    const { principal, teacher, officer } = all;
    const plan = (more: Partial<Written> = {}): Written => ({ kind: 'plan', sort: 'workPlan', schoolId: school, day, title: '控辍保学工作方案', words: '一、目标\n巩固率百分之百。', ...more }); // prettier-ignore
    const refused = async (written: Written, by = principal) =>
      (await by.ask(contract.keepRecord, { id: phoneId(), written })).status;
    expect(await refused(plan(), teacher)).toBe(404);
    expect(await refused(plan({ words: '' }))).toBe(422);
    expect(await refused(plan({ classId: room }))).toBe(422);
    const kept = await principal.call(contract.keepRecord, { id: phoneId(), written: plan() });
    const group = await scan(principal, '领导小组.png');
    await principal.call(contract.keepRecord, { id: phoneId(), written: plan({ sort: 'leadingGroup', title: '领导小组名单', words: '', papers: [group], day: '2026-03-02' }) }); // prettier-ignore
    const first = await book(principal, 'schoolBook');
    expect(first.problem).toBeNull();
    // The document of last year still holds; its scan cannot be laid out and is named instead.
    for (const words of ['巩固率百分之百', '领导小组名单', '上学年制订', '附：领导小组.png', '见原件'])
      expect(first.words).toContain(words);
    await principal.call(contract.keepRecord, { id: phoneId(), firstId: kept.id, reason: '目标改写', written: plan({ words: '一、目标\n一个都不能少。' }) }); // prettier-ignore
    const second = await book(principal, 'schoolBook');
    expect([second.words.includes('一个都不能少'), second.words.includes('巩固率百分之百')]).toEqual([true, false]);
    expect((await book(principal, 'schoolBook', first.knownAt)).print).toBe(first.print);
    const versions = await principal.call(contract.getRecord, { firstId: kept.id });
    expect(versions.map((one) => one.content.words)).toEqual([
      '一、目标\n一个都不能少。',
      '一、目标\n巩固率百分之百。',
    ]);
    expect((await book(officer, 'districtBook')).words).toContain('各校工作方案');
  });

  it('BOK-22 双困生 are helped by named teachers to a goal, entry by entry until it ends; sealed, once at a time, within the class and school', async () => {
    const { teacher, principal, world, officer } = all;
    const refused = async (written: Written) =>
      (await teacher.ask(contract.keepRecord, { id: phoneId(), written })).body;
    const faults: [Parameters<typeof pairing>[0], string][] = [
      [{ difficulties: ['学习困难'] }, 'written.difficulties'],
      [{ difficulties: ['学习困难', '想出来的困难'] }, 'difficulties'],
      [{ staffIds: [] }, 'written.staffIds'],
      [{ childIds: [pupilOf(all, 0).id, pupilOf(all, 1).id] }, 'written.childIds'],
    ];
    for (const [more, path] of faults)
      expect(await refused(pairing(more))).toMatchObject({ detail: { issues: [{ path }] } });
    const { id: firstId } = await teacher.call(contract.keepRecord, { id: phoneId(), written: pairing() });
    expect(await refused(pairing())).toMatchObject({ detail: { issues: [{ path: 'childIds' }] } });
    const told = (what: 'contact' | 'termResult' | 'exit', words: string) => ({ firstId, id: phoneId(), what, day: '2026-11-20', words }); // prettier-ignore
    await teacher.call(contract.addHelp, {
      ...told('contact', '辅导一次，谈心'),
      papers: [await scan(teacher, '辅导.png')],
    });
    await teacher.call(contract.keepRecord, { id: phoneId(), firstId, reason: '补一类', written: pairing({ difficulties: ['学习困难', '家庭经济困难', '生活困难'] }) }); // prettier-ignore
    await teacher.call(contract.addHelp, told('termResult', '数学及格'));
    const [row] = await principal.call(contract.getRecord, { firstId });
    expect(row?.content.help.map((one) => one.words)).toEqual(['辅导一次，谈心', '数学及格']);
    expect(row?.papers.map((one) => [one.place, one.entry, one.fileName])).toEqual([['help', 0, '辅导.png']]);
    const stored = await rows<{ sealed: Buffer }>(world, `SELECT sealed FROM work_record WHERE district_code = $1 AND first_id = $2`, [firstId]); // prettier-ignore
    expect(stored.some((one) => one.sealed.includes(Buffer.from('困难')) || one.sealed.includes(Buffer.from('辅导')))).toBe(false); // prettier-ignore
    const made = await book(principal, 'schoolBook');
    const name = pupilOf(all, 0).name;
    for (const words of ['双困生帮扶', name, '数学跟上进度', '帮扶1次', '学期成效', '辅导.png'])
      expect(made.words).toContain(words);
    // A narrow column breaks where it must.
    expect(made.words).toMatch(/数.{0,40}学.{0,40}及.{0,40}格/u);
    // The bureau’s book counts and names nobody.
    const district = await book(officer, 'districtBook');
    expect(district.words).toContain('双困生帮扶');
    expect(district.words).not.toContain('数学跟上进度');
    await teacher.call(contract.addHelp, told('exit', '已脱困'));
    expect((await teacher.ask(contract.addHelp, told('contact', '再记'))).status).toBe(409);
    expect((await teacher.call(contract.listRecords, { kind: 'pairing', state: 'ended' })).total).toBe(1);
    await teacher.call(contract.keepRecord, { id: phoneId(), written: pairing() });
  });

  it('BOK-23 一校一册 has every part that its contents list names (D§4.5)', async () => {
    const { words } = await book(all.principal, 'schoolBook');
    for (const part of [
      '工作方案和领导小组',
      '基本情况与目标',
      '适龄儿童少年信息档案',
      '在校学生花名册',
      '入学通知和未报到',
      '考勤和缺课',
      '辍学和疑似辍学报告',
      '劝返学生台账',
      '走访',
      '责任和责任书',
      '资助',
      '双困生帮扶',
      '学籍异动登记表',
      '周、月、学期报告',
      '宣传和活动',
      '督查和整改',
      '工作成效',
    ])
      expect(words.split(part).length, part).toBeGreaterThan(2);
  });
});
