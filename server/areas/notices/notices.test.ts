import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { addStep, recordFinding } from '#contract/dropout-steps.ts';
import {
  downloadDocument,
  getDocument,
  issueDocument,
  listDocuments,
  previewDocument,
  voidDocument,
} from '#contract/notices.ts';
import { listTemplates, saveScheme } from '#contract/notices-work.ts';
import { reachFor, reaches } from '#domain/basics/reach.ts';
import type { DocumentKind, IssuingUnit } from '#domain/notices/record.ts';
import { openCaseWorld, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { fileFolder } from '#server/files/store.ts';
import { chooseUnits, makeCast } from '#server/testing/cast.ts';
import { rows, walk, wrongOnes } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { noticeFor, printOf } from './testing.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const order = { facts: '经查属实。', evidence: '考勤记录。', statement: '监护人称无异议。' };

describe('issuing', () => {
  it('NOT-02 numbers have no gap and no double when many issue at once and some are refused', async () => {
    const people = [on.teacher, on.schoolOfficer, on.principal];
    const wanted = Array.from({ length: 12 }, (_, at) => ({
      person: people[at % 3] ?? on.teacher,
      // Every fourth one lacks a needed field and must leave no gap.
      input: noticeFor(on.world, pupilOf(on, at % 5).id, at % 4 === 3 ? { fields: {} } : {}),
    }));
    const answers = await Promise.all(wanted.map(({ person, input }) => person.ask(issueDocument, input)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 422, 422, 422]);
    const numbers = answers.flatMap(({ status, body }) => (status === 200 ? [body.numberWords] : []));
    expect(new Set(numbers)).toEqual(
      new Set(Array.from({ length: 9 }, (_, at) => `义劝通字〔2026〕第${String(at + 1)}号`)),
    );
    await on.principal.call(saveScheme, {
      kind: 'persuasionNotice',
      unit: { kind: 'school', id: pupilOf(on, 0).school_id },
      scheme: '滨江小学劝',
    });
    const next = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 0).id));
    expect(next.numberWords).toBe('滨江小学劝〔2026〕1号');
  });

  it('NOT-20 the words before the numbers of a school are set by its principal or registrar, of no other unit, and offered to nobody else', async () => {
    const school = { kind: 'school' as const, id: pupilOf(on, 0).school_id };
    const registrar = await on.world.person('registrar', school.id);
    const elsewhere = await on.world.person('principal', on.otherSchool);
    const set = (
      person: Person,
      scheme: string,
      kind: DocumentKind = 'returnCertificate',
      unit: IssuingUnit = school,
    ) => person.ask(saveScheme, { kind, unit, scheme }).then(({ status }) => status);
    const offered = async (person: Person) =>
      (await person.call(listTemplates, {})).templates.flatMap((one) =>
        one.schemes.map((unit) => `${one.kind} ${unit.kind} ${unit.scheme}`),
      );
    // Who issues for the school without keeping its numbers is refused and not offered it.
    for (const person of [on.teacher, on.schoolOfficer]) {
      expect(await set(person, '班主任证')).toBe(403);
      expect(await offered(person)).toEqual([]);
    }
    for (const person of [elsewhere, on.street, on.officer]) expect(await set(person, '外单位证')).toBe(403);
    expect(await set(on.principal, '滨江小学证')).toBe(200);
    expect(await offered(registrar)).toContain('returnCertificate school 滨江小学证');
    expect(await set(registrar, '滨江小学复证')).toBe(200);
    expect(await offered(on.principal)).toContain('returnCertificate school 滨江小学复证');
    const street = { kind: 'subdistrict' as const, id: pupilOf(on, 0).subdistrict };
    expect(await set(on.street, '劝复字', 'deadlineNotice', street)).toBe(200);
    expect(await set(on.officer, '江岸教', 'correctionOrder', { kind: 'district', id: on.world.district })).toBe(200);
    // A unit that does not issue a kind has no words for it.
    expect(await set(on.principal, '责改字', 'correctionOrder')).toBe(403);
    expect((await on.schoolOfficer.call(listTemplates, {})).templates.find((one) => one.kind === 'returnCertificate')?.units).toMatchObject([{ scheme: '滨江小学复证' }]); // prettier-ignore
  });

  it('NOT-05 each kind is issued by whom it belongs to, and signed by nobody else', async () => {
    const child = pupilOf(on, 3).id;
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(child));
    await on.principal.call(confirmCase, { id });
    const day = '2026-11-20';
    const further = { id, stepId: randomUUID(), rung: 'further' as const, day, words: '移送公安' };
    await on.officer.call(addStep, { ...further, skipReason: '监护人去向不明' });
    await on.officer.call(recordFinding, { id, day, ...order });
    const asked = async (person: CaseWorld['teacher'], more: Parameters<typeof noticeFor>[2]) =>
      (await person.ask(issueDocument, noticeFor(on.world, child, more))).status;
    const report = {
      kind: 'writtenReport' as const,
      fields: { absentSince: '2026-11-09', facts: '厌学', work: '家访', request: '督促' },
    };
    const deadline = { kind: 'deadlineNotice' as const };
    const correct = { kind: 'correctionOrder' as const, fields: { absentSince: '2026-11-09', ...order } };
    expect([await asked(on.officer, correct), await asked(on.leader, { ...correct, signerName: '别的局长' })]).toEqual([
      403, 403,
    ]);
    expect(await asked(on.leader, correct)).toBe(200);
    // From the last rung to the first: one that is issued waits for its service before the next.
    expect([await asked(on.principal, deadline), await asked(on.street, deadline)]).toEqual([403, 200]);
    expect(await asked(on.teacher, report)).toBe(403);
    expect(await asked(on.principal, { ...report, signerName: '别的校长' })).toBe(403);
    expect(await asked(on.principal, report)).toBe(200);
    expect([await asked(on.officer, {}), await asked(on.schoolOfficer, {})]).toEqual([403, 200]);
    expect(await asked(on.teacher, { unit: { kind: 'school', id: on.otherSchool } })).toBe(403);
  });

  it('NOT-06 the preview has no number and takes none; what is missing is told at its field', async () => {
    const { id: _id, ...draft } = noticeFor(on.world, pupilOf(on, 1).id);
    const before = (await on.officer.call(listDocuments, {})).total;
    const shown = await on.teacher.ask(previewDocument, draft);
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect((await on.officer.call(listDocuments, {})).total).toBe(before);
    const refused = await on.teacher.ask(issueDocument, noticeFor(on.world, pupilOf(on, 1).id, { fields: {} }));
    expect(refused.body).toMatchObject({
      code: 'input-wrong',
      detail: { issues: [{ path: 'fields.absentSince', words: '请填写未到校起始日期。' }] },
    });
  });

  it('NOT-11 NOT-15 sent twice it is issued once, told once, and signatures are drawn', async () => {
    const child = pupilOf(on, 2).id;
    const input = noticeFor(on.world, child, {
      kind: 'dropoutRegister',
      fields: { dropDay: '2026-11-09', reason: '厌学', whereabouts: '在家' },
      signatures: [{ label: '学生', strokes: drawn(0.4) }],
    });
    const first = await on.teacher.call(issueDocument, input);
    expect(await on.teacher.call(issueDocument, input)).toEqual(first);
    expect((await on.teacher.ask(issueDocument, { ...input, childId: pupilOf(on, 3).id })).status).toBe(409);
    expect(first.numberWords).toBeNull();
    expect(on.heard.filter((news) => news.kind === 'notices.issued' && news.documentId === first.id)).toHaveLength(1);
  });
});

describe('what was issued', () => {
  it('NOT-08 the file is the very one, survives voiding, and is laid out again only to the same fingerprint', async () => {
    const issued = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 0).id));
    const file = async () => printOf((await on.teacher.ask(downloadDocument, { id: issued.id })).body);
    expect(await file()).toBe(issued.fingerprint);
    const stored = await rows<{ stored_name: string }>(
      on.world,
      'SELECT stored_name FROM issued_document WHERE district_code = $1 AND id = $2',
      [issued.id],
    );
    const kept = path.join(fileFolder(on.world.platform.config.dataDirectory), stored[0]?.stored_name ?? '');
    await writeFile(kept, 'damaged');
    expect(await file()).toBe(issued.fingerprint);
    await rm(kept);
    expect(await file()).toBe(issued.fingerprint);
    expect((await on.street.ask(voidDocument, { id: issued.id, reason: '有误' })).status).toBe(403);
    await on.principal.call(voidDocument, { id: issued.id, reason: '姓名有误' });
    expect((await on.principal.ask(voidDocument, { id: issued.id, reason: '再次' })).body).toMatchObject({
      code: 'wrong-step',
    });
    const shown = await on.teacher.call(getDocument, { id: issued.id });
    expect([shown.state, shown.voided?.reason, shown.numberWords, shown.allowed.serve]).toEqual([
      'voided',
      '姓名有误',
      issued.numberWords,
      false,
    ]);
    expect(await file()).toBe(issued.fingerprint);
    expect(on.heard.filter((news) => news.kind === 'notices.voided')).toHaveLength(1);
  });

  it('NOT-08 a file that cannot come out the same is refused, not replaced', async () => {
    const issued = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 1).id));
    await on.world.platform.database.ownerPool.query('ALTER TABLE issued_document NO FORCE ROW LEVEL SECURITY');
    await on.world.platform.database.ownerPool.query(
      `UPDATE issued_document SET fingerprint = '\\x00' WHERE district_code = $1 AND id = $2`,
      [on.world.district, issued.id],
    );
    await on.world.platform.database.ownerPool.query('ALTER TABLE issued_document FORCE ROW LEVEL SECURITY');
    expect((await on.teacher.ask(downloadDocument, { id: issued.id })).body).toMatchObject({ code: 'file-unreadable' });
  });

  it(
    'NOT-12 lists and files are seen exactly by whom the child or the unit reaches',
    { timeout: 300_000 },
    async () => {
      const far = await rows<{ id: string; class_id: string }>(
        on.world,
        `SELECT child_id AS id, class_id FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND school_id = $2 AND class_id IS NOT NULL ORDER BY child_id LIMIT 3`,
        [on.otherSchool],
      );
      for (const one of far) {
        const teacher = await on.world.person('classTeacher', one.class_id);
        await teacher.call(issueDocument, noticeFor(on.world, one.id));
        expect((await on.teacher.ask(issueDocument, noticeFor(on.world, one.id))).status).toBe(404);
      }
      const all = await rows<{ id: string; reach: string[] }>(
        on.world,
        `SELECT id, reach FROM issued_document WHERE district_code = $1 AND fingerprint <> '\\x00'`,
      );
      const units = await chooseUnits(on.world);
      const sizes = new Set<number>();
      for (const { role, person, posts } of await makeCast(on.world, units, on.second)) {
        const reach = reachFor(posts, 'notices.read');
        const expected = reach && all.filter((row) => reaches(reach, row.reach)).map((row) => row.id);
        const seen = await walk(person, listDocuments, {});
        expect([
          role,
          seen
            ?.map((row) => row.id)
            .filter((id) => all.some((one) => one.id === id))
            .sort(),
        ]).toEqual([role, expected?.sort()]);
        const ids = all.map((row) => row.id);
        expect([role, await wrongOnes(person, getDocument, expected !== null, new Set(expected), ids)]).toEqual([
          role,
          [],
        ]);
        expect([role, await wrongOnes(person, downloadDocument, expected !== null, new Set(expected), ids)]).toEqual([
          role,
          [],
        ]);
        sizes.add(expected?.length ?? -1);
      }
      expect(sizes.size).toBeGreaterThan(3);
    },
  );

  it('NOT-12 the reach of documents follows the child, and the issuing unit keeps its own', async () => {
    const pupil = pupilOf(on, 4);
    const { id } = await on.teacher.call(issueDocument, noticeFor(on.world, pupil.id));
    await on.whole(async (context) => {
      await context.client.query(
        `UPDATE child SET reach = ARRAY['school:' || $3] WHERE district_code = $1 AND id = $2`,
        [on.world.district, pupil.id, on.otherSchool],
      );
      const { carryNoticeReach } = await import('#server/areas/imports/actions.ts');
      await carryNoticeReach(context.client, on.world.district, [pupil.id]);
    });
    const other = await on.world.person('principal', on.otherSchool);
    expect((await other.ask(getDocument, { id })).status).toBe(200);
    expect((await on.principal.ask(getDocument, { id })).status).toBe(200);
    expect((await on.street.ask(getDocument, { id })).status).toBe(404);
    expect((await on.teacher.ask(getDocument, { id: randomUUID() })).status).toBe(404);
  });

  it('NOT-22 a document is found by its number, a part of it or the child, within reach alone', async () => {
    const { id, numberWords } = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 6).id));
    const found = async (person: typeof on.teacher, q: string) =>
      (await person.call(listDocuments, { q, size: 200 })).rows.map((row) => row.id);
    const typed = (numberWords ?? '').replace('〔', '(').replace('〕', ')');
    expect(await found(on.teacher, typed)).toEqual([id]);
    const [row] = (await on.teacher.call(listDocuments, { q: typed })).rows;
    expect(await found(on.teacher, row?.childName ?? '')).toContain(id);
    expect(await found(on.teacher, numberWords?.slice(-3) ?? '')).toContain(id);
    expect(await found(on.teacher, '查无此号')).toEqual([]);
    expect(await found(await on.world.person('principal', on.otherSchool), typed)).toEqual([]);
    // What is read by patterns elsewhere is plain text here.
    expect(await found(on.teacher, '%')).toEqual([]);
  });
});
