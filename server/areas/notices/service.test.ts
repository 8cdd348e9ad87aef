import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '#contract/endpoint.ts';
import { getDocument, issueDocument, listDocuments, recordService } from '#contract/notices.ts';
import { listTemplates, listTemplateVersions, previewTemplate, saveTemplate } from '#contract/notices-work.ts';
import { shippedTemplates } from '#domain/notices/templates.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { renderBook, signaturePicture } from './actions.ts';
import { noticeFor } from './testing.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

type Given = Omit<InputOf<typeof recordService>, 'id' | 'serviceId'>;
const inPerson: Given = {
  mode: 'inPerson',
  day: '2026-11-20',
  recipient: '李大海',
  servers: ['周老师'],
  signature: drawn(0.3),
};
const serve = (id: string, given: Given, serviceId: string = randomUUID()) =>
  on.teacher.ask(recordService, { id, serviceId, ...given });
const issued = async (at: number) => (await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, at).id))).id;

describe('service', () => {
  it('NOT-10 NOT-11 NOT-15 the days run from the day of service and move to a working day; twice is once', async () => {
    const id = await issued(0);
    expect((await on.teacher.call(listDocuments, { state: 'unserved' })).rows.map((row) => row.id)).toContain(id);
    const serviceId = randomUUID();
    const first = await serve(id, inPerson, serviceId);
    expect(first.body).toEqual({ serviceId, servedDay: '2026-11-20', dueDate: '2026-11-27' });
    expect((await serve(id, inPerson, serviceId)).body).toEqual(first.body);
    expect((await serve(id, inPerson)).body).toMatchObject({ code: 'wrong-step' });
    const shown = await on.principal.call(getDocument, { id });
    expect([shown.state, shown.dueDate, shown.services.length, shown.services[0]?.signed]).toEqual([
      'served',
      '2026-11-27',
      1,
      true,
    ]);
    expect(JSON.stringify(shown)).not.toContain('strokes');
    expect(on.heard.filter((news) => news.kind === 'notices.served')).toMatchObject([
      { documentId: id, dueDate: '2026-11-27' },
    ]);
    const saturday = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 0).id, { deadlineDays: 8 }));
    expect((await serve(saturday.id, inPerson)).body).toMatchObject({ dueDate: '2026-11-30' });
  });

  it('NOT-17 another unit that reaches the child does not serve the document, nor is it offered there', async () => {
    const id = await issued(2);
    const given = { id, serviceId: randomUUID(), ...inPerson };
    for (const person of [on.street, on.officer]) {
      expect((await person.ask(recordService, given)).status).toBe(403);
      expect((await person.call(getDocument, { id })).allowed.serve).toBe(false);
    }
    expect((await on.schoolOfficer.call(recordService, given)).servedDay).toBe('2026-11-20');
  });

  it('NOT-17 only the principal draws the principal’s signature', async () => {
    const order = (label: string) => ({
      ...noticeFor(on.world, pupilOf(on, 3).id, {
        kind: 'dropoutReport',
        fields: { absentSince: '2026-11-09', foundDay: '2026-11-12', whereabouts: '在家', reason: '厌学' },
      }),
      signatures: [{ label, strokes: drawn(0.4) }],
    });
    expect((await on.teacher.ask(issueDocument, order('校长'))).body).toMatchObject({ code: 'not-allowed' });
    expect((await on.teacher.ask(issueDocument, order('班主任'))).status).toBe(200);
    expect((await on.principal.ask(issueDocument, order('校长'))).status).toBe(200);
  });

  it('NOT-09 a refused signature needs a witness, leaving pictures, and public notice an attempt that failed', async () => {
    const id = await issued(1);
    const refused = { ...inPerson, signature: undefined, refusal: '收下但不愿签字' };
    expect((await serve(id, refused)).body).toMatchObject({ detail: { issues: [{ path: 'witnesses' }] } });
    const left: Given = {
      mode: 'left',
      day: '2026-11-20',
      servers: ['周老师'],
      place: '家门口',
      refusal: '拒收',
      witnesses: [{ name: '张主任', unit: '社区' }],
    };
    expect((await serve(id, left)).body).toMatchObject({ detail: { issues: [{ path: 'papers' }] } });
    expect((await serve(id, { ...left, papers: [randomUUID()] })).status).toBe(422);
    const notice: Given = { mode: 'public', day: '2026-11-20', reference: '社区公告栏' };
    expect((await serve(id, notice)).body).toMatchObject({ detail: { issues: [{ path: 'mode' }] } });
    const failed = await serve(id, { mode: 'inPerson', outcome: 'failed', day: '2026-11-20', note: '家中无人' });
    expect(failed.body).toMatchObject({ servedDay: null, dueDate: null });
    expect((await on.teacher.call(getDocument, { id })).state).toBe('issued');
    expect((await serve(id, notice)).body).toMatchObject({ servedDay: '2026-12-20', dueDate: '2026-12-28' });
    const report = await on.teacher.call(
      issueDocument,
      noticeFor(on.world, pupilOf(on, 1).id, {
        kind: 'dropoutReport',
        fields: { absentSince: '2026-11-09', foundDay: '2026-11-12', whereabouts: '在家', reason: '厌学' },
      }),
    );
    expect((await serve(report.id, inPerson)).body).toMatchObject({ code: 'wrong-step' });
  });
});

describe('the words', () => {
  it('NOT-07 adjusted words hold for what is issued after, older ones keep theirs, and every version stays', async () => {
    const before = await issued(2);
    const content = {
      ...shippedTemplates.persuasionNotice,
      title: '劝返通知书',
      deadline: { days: 5, unit: 'working' as const },
    };
    expect((await on.officer.ask(previewTemplate, { kind: 'persuasionNotice', content })).headers['content-type']).toBe(
      'application/pdf',
    );
    const odd = { ...content, body: ['{unknown}'] };
    expect((await on.officer.ask(saveTemplate, { kind: 'persuasionNotice', content: odd, reason: '试' })).status).toBe(
      422,
    );
    expect((await on.principal.ask(saveTemplate, { kind: 'persuasionNotice', content, reason: '试' })).status).toBe(
      403,
    );
    expect(await on.officer.call(saveTemplate, { kind: 'persuasionNotice', content, reason: '按区里用语' })).toEqual({
      version: 1,
    });
    const after = await issued(2);
    const shown = await on.teacher.call(getDocument, { id: after });
    expect([shown.templateVersion, shown.deadline]).toEqual([1, { days: 5, unit: 'working' }]);
    expect((await on.teacher.call(getDocument, { id: before })).templateVersion).toBe(0);
    const versions = await on.officer.call(listTemplateVersions, { kind: 'persuasionNotice' });
    expect(versions.map((one) => [one.version, one.content.title])).toEqual([
      [1, '劝返通知书'],
      [0, '劝学通知书'],
    ]);
    const listed = await on.teacher.call(listTemplates, {});
    expect(listed.templates.filter((one) => one.units.length > 0).map((one) => one.kind)).toEqual([
      'dropoutReport',
      'persuasionNotice',
      'visitRecord',
      'dropoutRegister',
    ]);
    expect([listed.mayAdjust, (await on.officer.call(listTemplates, {})).mayAdjust]).toEqual([false, true]);
  });
});

describe('the book', () => {
  it('NOT-14 has a cover, contents and numbered pages, with pictures of signatures', async () => {
    const { pages, content } = await on.whole((context) =>
      renderBook(context, {
        cover: [{ label: '学生姓名', value: '李㛃' }],
        unit: '滨江小学',
        sections: [
          { title: '一、基本情况', blocks: [{ as: 'text', text: '内容' }] },
          {
            title: '二、签名',
            ownPage: true,
            blocks: [{ as: 'signatures', signers: [{ label: '家长', name: '', image: 's.svg' }] }],
          },
        ],
        pictures: [signaturePicture('s', drawn(0.4))],
      }),
    );
    expect([pages, content.subarray(0, 5).toString()]).toEqual([4, '%PDF-']);
  });
});
