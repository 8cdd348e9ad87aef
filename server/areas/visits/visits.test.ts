import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachScan, correctVisit, getVisit, listVisits, recordVisit } from '#contract/visits.ts';
import { contentText, contentVersion } from '#domain/visits/content.ts';
import { VisitContent } from '#domain/visits/record.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import type { News } from '#server/http/news.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person, World } from '#server/testing/world.ts';
import { contentOf, drawn, openVisitWorld, signatures, visitOf, type VisitWorld } from './testing.ts';

let world: World;
let teacher: Person;
let colleague: Person;
let principal: Person;
let officer: Person;
let heard: News[];
let child: VisitWorld['child'];

beforeAll(async () => {
  ({ world, teacher, colleague, principal, officer, heard, child } = await openVisitWorld());
});
afterAll(() => world.stop());

const issues = (body: unknown) =>
  // as: problem+json of a refused input
  ((body as { detail?: { issues?: { path: string }[] } }).detail?.issues ?? []).map((issue) => issue.path);

describe('recording a visit', () => {
  it('VIS-04 VIS-13 keeps it, tells the areas above once, and sent twice it is one visit', async () => {
    const visit = visitOf(world, child(0).id);
    const first = await teacher.call(recordVisit, visit);
    const second = await teacher.call(recordVisit, visit);
    expect(second).toEqual(first);
    expect(first).toEqual({
      id: visit.id,
      version: 1,
      day: '2026-11-20',
      met: true,
      caseId: null,
      signedState: 'signed',
    });
    const told = heard.filter((news) => news.kind === 'visits.recorded' && news.visitId === visit.id);
    expect(told).toEqual([
      {
        kind: 'visits.recorded',
        visitId: visit.id,
        caseId: null,
        mode: 'door',
        met: true,
        day: '2026-11-20',
        at: visit.at,
        childId: child(0).id,
        schoolId: child(0).school_id,
        classId: child(0).class_id,
      },
    ]);
    const changed = await teacher.ask(recordVisit, { ...visit, content: contentOf({ purpose: '别的目的' }) });
    expect(changed.body).toMatchObject({ code: 'already-exists' });
    expect((await principal.ask(recordVisit, visit)).body).toMatchObject({ code: 'already-exists' });
    expect((await teacher.ask(recordVisit, { ...visit, childId: child(1).id })).status).toBe(409);
    const listed = await teacher.call(listVisits, { childId: child(0).id });
    expect(listed.total).toBe(1);
    expect(listed.rows[0]).toMatchObject({
      childName: child(0).name,
      modeWords: '上门',
      guardian: '李大海（父亲）',
      visitors: '周老师',
      nextDay: '2026-12-04',
      signedWords: '签名齐全',
    });
  });

  it('VIS-04 what cannot be right is refused at its field, and nothing is kept', async () => {
    const before = (await officer.call(listVisits, {})).total;
    for (const [more, path] of [
      [{ at: '2026-11-20T02:30:00Z' }, 'at'],
      [{ content: contentOf({ guardian: null }) }, 'content.guardian'],
      [{ content: contentOf({ nextDay: '2026-11-01' }) }, 'content.nextDay'],
      [{ content: contentOf({ visitors: [] }) }, 'content.visitors'],
    ] as const) {
      const answer = await teacher.ask(recordVisit, visitOf(world, child(1).id, more as object)); // as: only what differs
      expect([answer.status, ...issues(answer.body)]).toEqual([422, path]);
    }
    expect((await officer.call(listVisits, {})).total).toBe(before);
  });

  it('VIS-09 is found by those who reach the child and by nobody else, in every call', async () => {
    const visit = visitOf(world, child(2).id);
    await teacher.call(recordVisit, visit);
    const street = await world.person('subdistrictOfficer', child(2).subdistrict);
    for (const [person, may] of [
      [teacher, true],
      [principal, true],
      [street, true],
      [officer, true],
      [colleague, false],
    ] as const) {
      expect((await person.ask(getVisit, { id: visit.id })).status).toBe(may ? 200 : 404);
      const listed = await person.call(listVisits, { childId: child(2).id });
      expect(listed.rows.map((row) => row.id)).toEqual(may ? [visit.id] : []);
    }
    const { childId: _child, ...entry } = visitOf(world, child(2).id);
    expect((await colleague.ask(correctVisit, { ...entry, visitId: visit.id, reason: '更正' })).status).toBe(404);
    expect((await colleague.ask(recordVisit, visitOf(world, child(2).id))).status).toBe(404);
    const scan = await colleague.ask(attachScan, { id: visit.id, papers: [randomUUID()], parties: ['pupil'] });
    expect(scan.status).toBe(404);
  });

  it('VIS-18 who recorded a visit corrects it also after another corrected it; who only sees it does not', async () => {
    const visit = visitOf(world, child(2).id);
    await teacher.call(recordVisit, visit);
    const { childId: _child, ...entry } = visit;
    const paper = { ...entry, signatures: [], paperForm: true };
    const second = { ...paper, id: randomUUID(), visitId: visit.id, reason: '校长核对' };
    await principal.call(correctVisit, second);
    const street = await world.person('subdistrictOfficer', child(2).subdistrict);
    expect((await street.call(getVisit, { id: second.id })).allowed.correct).toBe(false);
    expect((await teacher.call(getVisit, { id: second.id })).allowed.correct).toBe(true);
    const third = { ...paper, id: randomUUID(), visitId: second.id, reason: '补写情况' };
    await teacher.call(correctVisit, third);
    expect((await teacher.call(getVisit, { id: third.id })).version).toBe(3);
  });

  it('VIS-12 contents and signatures are sealed', async () => {
    const visit = visitOf(world, child(3).id, { content: contentOf({ analysis: '密语分析' }) });
    await teacher.call(recordVisit, visit);
    const found = await rows<{ text: string }>(
      world,
      `SELECT v::text AS text FROM visit v WHERE district_code = $1 UNION ALL SELECT g::text FROM visit_signature g WHERE district_code = $1`,
    );
    expect(found.length).toBeGreaterThan(3);
    const text = found.map((row) => row.text).join('\n');
    for (const secret of [
      '密语',
      '李大海',
      '"x"',
      Buffer.from('密语').toString('hex'),
      Buffer.from('"x":').toString('hex'),
    ])
      expect(text).not.toContain(secret);
  });
});

describe('signatures', () => {
  const others = signatures().filter((one) => one.party !== 'guardian');

  it.each([
    ['an empty stroke', { party: 'guardian' as const, means: 'drawn' as const, strokes: [] }, 'signatures.2.strokes'],
    [
      'the hand of the teacher',
      { party: 'guardian' as const, means: 'drawn' as const, strokes: drawn(0.2) },
      'signatures.2.strokes',
    ],
    [
      '拒签 whose witness did not sign',
      {
        party: 'guardian' as const,
        means: 'refused' as const,
        reason: '不愿签',
        witness: { name: '王网格', strokes: [] },
      },
      'signatures.2.witness.strokes',
    ],
    [
      '代签 without a name',
      { party: 'guardian' as const, means: 'byOther' as const, name: '', relation: '祖母', strokes: drawn(0.9) },
      'signatures.2.name',
    ],
    [
      '不会签字 without its paper',
      {
        party: 'guardian' as const,
        means: 'cannotSign' as const,
        instead: 'fingerprint' as const,
        paperId: randomUUID(),
      },
      'papers',
    ],
  ])('VIS-05 refuses %s', async (_what, wrong, path) => {
    const answer = await teacher.ask(recordVisit, visitOf(world, child(4).id, { signatures: [...others, wrong] }));
    expect([answer.status, ...issues(answer.body)]).toEqual([422, path]);
  });

  it('VIS-05 a party missing is refused; each way instead of a signature is kept and shown', async () => {
    expect(issues((await teacher.ask(recordVisit, visitOf(world, child(4).id, { signatures: others }))).body)).toEqual([
      'signatures',
    ]);
    const paper = { id: randomUUID(), kind: 'signature' as const, fileName: '指印.png', childId: child(4).id };
    await upload(world, teacher, paper, png('指印'));
    const shown = async (guardian: object) => {
      const visit = visitOf(world, child(4).id, { signatures: [...others, guardian as never] }); // as: checked by the contract
      expect((await teacher.call(recordVisit, visit)).signedState).toBe('signed');
      const read = await principal.call(getVisit, { id: visit.id });
      return read.signatures.find((one) => one.party === 'guardian');
    };
    const witness = { name: '王网格', strokes: drawn(0.8) };
    expect(await shown({ party: 'guardian', means: 'refused', reason: '不愿签', witness })).toMatchObject({
      words: '拒签：不愿签；见证人 王网格',
      strokes: drawn(0.8),
      state: 'valid',
    });
    expect(
      await shown({ party: 'guardian', means: 'byOther', name: '陈奶奶', relation: '祖母', strokes: drawn(0.9) }),
    ).toMatchObject({ words: '代签：陈奶奶（祖母）' });
    expect(await shown({ party: 'guardian', means: 'absent', reason: '外出' })).toMatchObject({
      words: '不在场：外出',
    });
    expect(
      await shown({ party: 'guardian', means: 'cannotSign', instead: 'fingerprint', paperId: paper.id }),
    ).toMatchObject({ words: '不会签字，按指印', paperIds: [paper.id] });
  });

  it('VIS-06 the fingerprint is that of the printed lines; content changed between signing and sending is shown', async () => {
    const visit = visitOf(world, child(5).id, {
      content: contentOf({ shown: { name: child(5).name, className: '一年级一班', address: '汉口花园' } }),
    });
    const print = createHash('sha256')
      .update(
        contentText(contentVersion, {
          mode: visit.mode,
          at: visit.at,
          content: VisitContent.parse(visit.content),
        }),
      )
      .digest('hex');
    const [teacherSign, guardianSign, pupilSign] = signatures();
    if (!teacherSign || !guardianSign || !pupilSign) throw new Error('three');
    const recorded = await teacher.call(recordVisit, {
      ...visit,
      signatures: [
        { ...teacherSign, print },
        { ...guardianSign, print: 'ab'.repeat(32) },
        { ...pupilSign, print },
      ],
    });
    expect(recorded.signedState).toBe('changed');
    const read = await teacher.call(getVisit, { id: visit.id });
    expect(read.print).toBe(print);
    expect(read.lines.map((line) => line.label)).toContain('家庭经济和监护情况');
    expect(read.signatures.map((one) => [one.party, one.state])).toEqual([
      ['teacher', 'valid'],
      ['guardian', 'changed'],
      ['pupil', 'valid'],
    ]);
  });

  it('VIS-16 the form names sex, telephone and family as D4.8 has them; the number stays masked', async () => {
    const content = contentOf({ members: '父母在外，祖母同住', atSchool: '按时到校', analysis: '缺少陪伴' });
    const visit = visitOf(world, child(5).id, { content });
    await teacher.call(recordVisit, visit);
    const read = await teacher.call(getVisit, { id: visit.id });
    const lines = new Map(read.lines.map((line) => [line.label, line.value]));
    expect([lines.get('家庭成员'), lines.get('在校表现'), lines.get('问题分析')]).toEqual(['父母在外，祖母同住', '按时到校', '缺少陪伴']); // prettier-ignore
    expect(lines.get('性别')).toMatch(/^[男女]$/u);
    expect(lines.get('联系方式')).toMatch(/\*{4}|^—$/u);
    expect(read.contentVersion).toBe(2);
  });

  it('VIS-08 a paper form waits for its scan, which is as good as signatures; attached twice it is once', async () => {
    const visit = visitOf(world, child(6).id, { paperForm: true, signatures: [] });
    expect((await teacher.call(recordVisit, visit)).signedState).toBe('awaitingScan');
    const paper = { id: randomUUID(), kind: 'scan' as const, fileName: '家访表.png', childId: child(6).id };
    await upload(world, teacher, paper, png('家访表'));
    const input = { id: visit.id, papers: [paper.id], parties: ['teacher' as const, 'guardian' as const] };
    expect((await teacher.call(attachScan, input)).signedState).toBe('awaitingScan');
    const whole = { ...input, parties: ['teacher' as const, 'guardian' as const, 'pupil' as const] };
    expect(await teacher.call(attachScan, whole)).toEqual({ id: visit.id, signedState: 'signed' });
    expect(await teacher.call(attachScan, whole)).toEqual({ id: visit.id, signedState: 'signed' });
    const read = await principal.call(getVisit, { id: visit.id });
    expect(read.papers.map((one) => one.id)).toEqual([paper.id]);
    expect(read.signatures.map((one) => [one.means, one.words])).toEqual(Array(3).fill(['scan', '纸质签名']));
  });
});
