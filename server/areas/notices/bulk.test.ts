import { unzipSync } from 'fflate';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { addReferral, addStep } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import { downloadDocument, issueDocument, listDocuments, voidDocument } from '#contract/notices.ts';
import { cancelJob, copyJob, downloadJob, getJob, issueBulk, listJobs } from '#contract/notices-work.ts';
import { getChild } from '#contract/population.ts';
import { confirmedCase, openCaseWorld, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { wordsOfWord } from '#server/testing/word.ts';
import { performJob } from './jobs.ts';
import { noticeFor, printOf } from './testing.ts';

let on: CaseWorld;
let children: string[];
beforeAll(async () => {
  on = await openCaseWorld();
  children = (
    await rows<{ id: string }>(
      on.world,
      `SELECT child_id AS id FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND school_id = $2 ORDER BY child_id LIMIT 45`,
      [pupilOf(on, 0).school_id],
    )
  ).map((row) => row.id);
});
afterAll(() => on.world.stop());

const fields = { absentSince: '2026-11-09', contact: '周老师', contactPhone: '027-82340000' };
/** How often others had their turn on this thread while something was done. */
async function turnsWithin(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let going = true;
  const turn = () => {
    turns += 1;
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  going = false;
  return turns;
}

const perform = (id: string) => performJob(on.world.platform, on.world.district, id);

describe('a bulk issue', () => {
  it('NOT-13 NOT-19 gives each child a numbered document, one PDF and a Word file each, names who got none, and goes on after a stop', async () => {
    const id = randomUUID();
    const items = children.map((childId, at) => {
      const own: Record<string, string> = at === 7 ? { absentSince: '' } : {};
      return { childId, fields: own };
    });
    const input = { id, kind: 'persuasionNotice' as const, fields, items };
    expect((await on.street.ask(issueBulk, input)).status).toBe(404);
    expect(await on.principal.call(issueBulk, input)).toEqual({ id, total: 45 });
    expect(await on.principal.call(issueBulk, input)).toEqual({ id, total: 45 });
    for (const file of [downloadJob, copyJob])
      expect((await on.principal.ask(file, { id })).body).toMatchObject({ code: 'wrong-step' });
    // Cut off at the second batch: a listener fails once, as a killed server would end it.
    let heard = 0;
    on.world.platform.listeners.push((_context, news) => {
      if (news.kind === 'notices.issued') heard += 1;
      return heard === 30 ? Promise.reject(new Error('cut')) : Promise.resolve();
    });
    await perform(id);
    on.world.platform.listeners.pop();
    expect(await on.principal.call(getJob, { id })).toMatchObject({ state: 'failed', done: 20 });
    await on.world.platform.database.loaderPool.query(
      `UPDATE document_job SET state = 'running' WHERE district_code = $1 AND id = $2`,
      [on.world.district, id],
    );
    await perform(id);
    const job = await on.principal.call(getJob, { id });
    expect(job).toMatchObject({ state: 'done', done: 45, total: 45, pages: 88 });
    const left = await on.principal.call(getChild, { id: children[7] ?? '' });
    expect(job.skipped).toEqual([{ childId: children[7], childName: left.name, words: '请填写未到校起始日期。' }]);
    const ofJob = await on.principal.call(listDocuments, { jobId: id, size: 200 });
    expect(ofJob.total).toBe(44);
    const made = (await on.principal.call(listDocuments, { kind: 'persuasionNotice', size: 200 })).rows;
    expect(new Set(made.map((row) => row.numberWords))).toEqual(
      new Set(Array.from({ length: 44 }, (_, at) => `义劝通字〔2026〕第${String(at + 1)}号`)),
    );
    const bound = await on.principal.ask(downloadJob, { id });
    expect(bound.headers['content-type']).toBe('application/pdf');
    const one = await on.principal.ask(downloadDocument, { id: made[0]?.id ?? '' });
    expect(printOf(one.body)).not.toBe(printOf(bound.body));
    const next = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 0).id));
    expect(next.numberWords).toBe('义劝通字〔2026〕第45号');

    const [first] = made;
    await on.principal.call(voidDocument, { id: first?.id ?? '', reason: '姓名有误' });
    const zip = await on.principal.ask(copyJob, { id });
    expect([zip.status, zip.headers['content-type']]).toEqual([200, 'application/zip']);
    const files = unzipSync(zip.body as Buffer); // as: a download answers its bytes
    expect(Object.keys(files).sort()).toEqual(
      made.map((row) => `劝学通知书_${row.childName}_${row.numberWords ?? ''}_副本.docx`).sort(),
    );
    for (const row of made.slice(0, 3)) {
      const file = wordsOfWord(files[`劝学通知书_${row.childName}_${row.numberWords ?? ''}_副本.docx`]);
      expect(file.text).toContain(`${row.childName}，`);
      expect(file.header).toBe(
        `副本　可编辑，不作文书使用，以${row.numberWords ?? ''}原件为准${row.id === first?.id ? '，原件已作废' : ''}`,
      );
    }
    expect((await on.street.ask(copyJob, { id })).status).toBe(404);
    // While one fetches them, others are answered between one document and the next.
    expect(await turnsWithin(() => on.principal.ask(copyJob, { id }))).toBeGreaterThan(made.length);
  });

  it('NOT-13 NOT-21 DRP-04 asks the ladder of each child with a case, names whom it refuses, and gives the others theirs', async () => {
    const refused = pupilOf(on, 0).id;
    const persuaded = pupilOf(on, 1).id;
    await on.teacher.call(reportDropout, reportOf(refused));
    const { caseId } = await on.teacher.call(reportDropout, reportOf(persuaded));
    await on.principal.call(confirmCase, { id: caseId });
    const persuasion = {
      id: caseId,
      stepId: randomUUID(),
      rung: 'persuade' as const,
      day: '2026-11-20',
      words: '家访',
    };
    await on.teacher.call(addStep, { ...persuasion, skipReason: '电话无人接听' });
    const id = randomUUID();
    const items = [refused, persuaded, pupilOf(on, 2).id].map((childId) => ({ childId }));
    await on.principal.call(issueBulk, { id, kind: 'persuasionNotice', fields, items });
    await perform(id);
    const job = await on.principal.call(getJob, { id });
    expect([job.state, job.skipped.map((one) => one.childId)]).toEqual(['done', [refused]]);
    expect(job.skipped[0]?.words).toContain('状态不能这样办理');
    const made = (await on.principal.call(listDocuments, { jobId: id })).rows.map((row) => row.numberWords).sort();
    expect(made).toEqual(['义劝通字〔2026〕第46号', '义劝通字〔2026〕第47号']);
    const shown = await on.principal.call(getCase, { id: caseId });
    expect([shown.ladder[2]?.state, shown.documents.map((one) => one.kind)]).toEqual(['issued', ['persuasionNotice']]);
  });

  it('NOT-13 can be stopped, and belongs to its unit', async () => {
    const id = randomUUID();
    await on.principal.call(issueBulk, {
      id,
      kind: 'persuasionNotice',
      fields,
      items: children.map((childId) => ({ childId })),
    });
    const other = await on.world.person('principal', on.otherSchool);
    for (const endpoint of [getJob, downloadJob, copyJob, cancelJob])
      expect((await other.ask(endpoint, { id })).status).toBe(404);
    expect((await other.call(listJobs, {})).rows).toEqual([]);
    await on.principal.call(cancelJob, { id });
    await perform(id);
    expect(await on.principal.call(getJob, { id })).toMatchObject({ state: 'cancelled', done: 0 });
    for (const endpoint of [cancelJob, copyJob])
      expect((await on.principal.ask(endpoint, { id })).body).toMatchObject({ code: 'wrong-step' });
    expect((await on.principal.call(listJobs, {})).total).toBe(3);
    const stranger = {
      id: randomUUID(),
      kind: 'persuasionNotice' as const,
      fields,
      items: [{ childId: randomUUID() }],
    };
    expect((await on.principal.ask(issueBulk, stranger)).status).toBe(404);
  });

  it('NOT-24 DRP-40 a 协查函 takes the number of the letter that waits, the others the next of the series, without a gap', async () => {
    const caseId = await confirmedCase(on, 3, (id) => on.principal.call(confirmCase, { id }));
    const letter = { id: caseId, party: 'educationElsewhere' as const, sent: '2026-11-20', words: '核查就读情况' };
    const sent = await on.officer.call(addReferral, { ...letter, partyName: '黄石市教育局' });
    const waits = pupilOf(on, 3).id;
    const [first, second] = children.filter((id) => !on.pupils.slice(0, 5).some((one) => one.id === id));
    if (!first || !second) throw new Error('too few pupils');
    const order = { kind: 'assistLetter' as const, fields: { toBureau: '黄石市教育局：', whereabouts: '随父母外出务工', contact: '冯专干', contactPhone: '027-82340000' } }; // prettier-ignore
    const issue = async (items: { childId: string; caseId?: string }[]) => {
      const id = randomUUID();
      await on.officer.call(issueBulk, { id, ...order, items });
      await perform(id);
      const { state, skipped } = await on.officer.call(getJob, { id });
      const { rows: made } = await on.officer.call(listDocuments, { jobId: id });
      return { state, skipped: skipped.map((one) => one.childId), numbers: new Map(made.map((row) => [row.childId, row.numberWords])) }; // prettier-ignore
    };
    const { state, numbers } = await issue([{ childId: first }, { childId: waits }, { childId: second }]);
    expect([sent.number, state]).toEqual(['协查字〔2026〕第1号', 'done']);
    expect([numbers.get(first), numbers.get(waits), numbers.get(second)]).toEqual(['协查字〔2026〕第2号', sent.number, '协查字〔2026〕第3号']); // prettier-ignore
    const shown = await on.officer.call(getCase, { id: caseId });
    expect(shown.referrals.map((one) => [one.number, one.waits])).toEqual([[sent.number, true]]);
    expect(shown.documents.filter((one) => one.kind === 'assistLetter').map((one) => one.numberWords)).toEqual([sent.number]); // prettier-ignore
    // One of whom no number can be asked is named, and holds up no other.
    const next = await issue([{ childId: first, caseId }, { childId: second }]);
    expect([next.state, next.skipped, next.numbers.get(second)]).toEqual(['done', [first], '协查字〔2026〕第4号']);
    expect((await on.officer.call(addReferral, { ...letter, partyName: '孝感市教育局' })).number).toBe('协查字〔2026〕第5号'); // prettier-ignore
  });
});
