import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assignFinding,
  checkExplanation,
  decideProposal,
  exportFindings,
  explainFinding,
  getFinding,
  listFindings,
  listProposals,
  mergeChildren,
  runComparison,
  startVerifying,
  undoMerge,
} from '#contract/comparison.ts';
import { listSchools, setCatchment } from '#contract/organisations.ts';
import { getCockpit, getDesk } from '#contract/statistics.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

const asOf = '2026-11-20';
const primary = '2142010201';

let world: World;
let officer: Person;
let second: Person;

const reachOf = async (text: string, values: unknown[]): Promise<{ wrong: number }> => {
  const found = await world.platform.database.loaderPool.query<{ wrong: number }>(text, values);
  return { wrong: found.rows[0]?.wrong ?? -1 };
};

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district);
  second = await world.person('bureauOfficer', world.district);
  await officer.call(runComparison, { asOf });
});
afterAll(() => world.stop());

async function kindRows(person: Person, kind: 'notEnrolled' | 'onRollAbsent' | 'deferred' | 'identityReview') {
  return (await person.call(listFindings, { kind, size: 200 })).rows;
}

describe('findings from opening to closing', () => {
  it('CMP-05 each has an owner by its kind, a due day and no full number', async () => {
    const missing = await kindRows(officer, 'notEnrolled');
    expect(missing.map((row) => row.dueDate)).toEqual(missing.map(() => '2026-11-27'));
    expect(missing.every((row) => row.ownerWords !== '区教育局' || row.communityName === null)).toBe(true);
    const absent = await kindRows(officer, 'onRollAbsent');
    // The third day is a Monday: 20 November 2026 is a Friday.
    expect(absent.map((row) => row.dueDate)).toEqual(absent.map(() => '2026-11-23'));
    expect(absent.every((row) => row.ownerWords === row.schoolName)).toBe(true);
    const listed = await officer.call(listFindings, { size: 200 });
    expect(JSON.stringify(listed)).not.toMatch(/\d{17}[\dX]/);
    expect(Object.values(listed.byKind).reduce((sum, count) => sum + count, 0)).toBe(listed.total);
  });

  it('CMP-08 a community sees its own, its street more, a school its absent pupils; out of reach is not found', async () => {
    const rows = await kindRows(officer, 'notEnrolled');
    const found = await world.platform.database.loaderPool.query<{
      id: string;
      community_code: string;
      subdistrict_code: string;
    }>(
      `SELECT id, community_code, subdistrict_code FROM finding WHERE district_code = $1 AND kind = 'notEnrolled' AND community_code IS NOT NULL ORDER BY id LIMIT 1`,
      [world.district],
    );
    const one = found.rows[0];
    if (!one) throw new Error('no finding with a community');
    const worker = await world.person('communityWorker', one.community_code);
    const seen = await kindRows(worker, 'notEnrolled');
    expect(seen.map((row) => row.id)).toContain(one.id);
    expect(seen.length).toBeLessThan(rows.length);
    const hidden = rows.find((row) => !seen.some((other) => other.id === row.id));
    expect((await worker.ask(getFinding, { id: hidden?.id ?? '' })).status).toBe(404);
    const desk = await worker.call(getDesk, {});
    expect(desk.sections.flatMap((section) => section.items.map((item) => item.to))).toContain(
      `/compare/findings/${one.id}`,
    );
    const street = await world.person('subdistrictOfficer', one.subdistrict_code);
    expect((await kindRows(street, 'notEnrolled')).length).toBeGreaterThanOrEqual(seen.length);
    const cockpit = await street.call(getCockpit, {});
    expect(cockpit.bySubdistrict.map((line) => line.id)).toEqual([one.subdistrict_code]);
    expect(cockpit.notAccounted).toBe((await kindRows(street, 'notEnrolled')).length);
    const principal = await world.person('principal', primary);
    const own = await principal.call(listFindings, { kind: 'onRollAbsent' });
    expect(own.rows.every((row) => row.schoolName === '滨江小学')).toBe(true);
    expect((await principal.call(getCockpit, {})).bySchool.map((school) => school.name)).toEqual(['滨江小学']);
    expect((await world.person('sysAdmin', world.district).then((admin) => admin.ask(listFindings, {}))).status).toBe(
      403,
    );
  });

  it('CMP-09 an accepted school elsewhere counts as enrolled, and the finding does not come back', async () => {
    const rows = await kindRows(officer, 'notEnrolled');
    const row = rows[0];
    if (!row) throw new Error('no finding');
    expect(
      (
        await officer.ask(explainFinding, {
          id: row.id,
          category: 'elsewhereWithRegistry',
          evidence: '学籍系统查询结果',
        })
      ).status,
    ).toBe(422);
    await officer.call(explainFinding, {
      id: row.id,
      category: 'elsewhereWithRegistry',
      evidence: '学籍系统查询结果',
      placeName: '黄陂区某小学',
    });
    expect((await officer.ask(checkExplanation, { id: row.id, accept: true })).status).toBe(403);
    expect(
      (await second.call(getDesk, {})).sections.flatMap((section) => section.items).find((item) => item.id === row.id)
        ?.action,
    ).toBe('去复核');
    await second.call(checkExplanation, { id: row.id, accept: true });
    const result = await officer.call(runComparison, { asOf });
    expect(result.findings['notEnrolled']?.length).toBe(8);
    expect(result.enrolmentRate).toMatchObject({ denominator: 863, enrolledOnRoster: 842, provenElsewhere: 1 });
    expect((await kindRows(officer, 'notEnrolled')).length).toBe(8);
    expect((await officer.call(getCockpit, {})).enrolled).toBe(843);
  });

  it('CMP-10 a refused explanation goes back; one that must not close stays open with a new day', async () => {
    const row = (await kindRows(officer, 'notEnrolled'))[0];
    if (!row) throw new Error('no finding');
    await officer.call(startVerifying, { id: row.id });
    await officer.call(explainFinding, { id: row.id, category: 'nobody', evidence: '社区回函' });
    await second.call(checkExplanation, { id: row.id, accept: false, note: '没有派出所回函' });
    expect((await officer.call(getFinding, { id: row.id })).state).toBe('verifying');
    await officer.call(explainFinding, { id: row.id, category: 'lost', evidence: '报警回执，公安尚无回复' });
    await second.call(checkExplanation, { id: row.id, accept: true });
    const after = await officer.call(getFinding, { id: row.id });
    expect([after.state, after.dueDate]).toEqual(['verifying', '2026-12-04']);
    expect(after.events.map((event) => event.words).join('\n')).toContain('没有派出所回函');
  });

  it('CMP-11 what was accepted stays closed until its facts change; deferral proven by paper leaves the list', async () => {
    const [one, two] = [(await kindRows(officer, 'onRollAbsent'))[0], (await kindRows(officer, 'deferred'))[0]];
    if (!one || !two) throw new Error('no findings');
    await officer.call(explainFinding, { id: one.id, category: 'sheetWrong', evidence: '点名记录，校长签字' });
    await second.call(checkExplanation, { id: one.id, accept: true });
    await officer.call(explainFinding, { id: two.id, category: 'deferred', evidence: '街道批准文书' });
    await second.call(checkExplanation, { id: two.id, accept: true });
    const result = await officer.call(runComparison, { asOf });
    expect([result.findings['onRollAbsent']?.length, result.findings['deferred']?.length]).toEqual([6, 2]);
    expect((await kindRows(officer, 'onRollAbsent')).map((row) => row.id)).not.toContain(one.id);
    expect((await kindRows(officer, 'deferred')).length).toBe(1);
  });

  it('CMP-12 the school of the catchment reaches a child not enrolled, also after a later run, and can be given the answer', async () => {
    const found = await world.platform.database.loaderPool.query<{ id: string; community_code: string }>(
      `SELECT id, community_code FROM finding WHERE district_code = $1 AND kind = 'notEnrolled' AND closed_at IS NULL AND state = 'open' AND community_code IS NOT NULL ORDER BY id LIMIT 1`,
      [world.district],
    );
    const one = found.rows[0];
    if (!one) throw new Error('no finding');
    const schools = (await officer.call(listSchools, { size: 200 })).rows;
    const school = schools.find((each) => each.code === primary);
    if (!school) throw new Error('no school');
    await officer.call(setCatchment, { id: school.id, communityCodes: [one.community_code], fromDate: '2026-09-01' });
    const principal = await world.person('principal', primary);
    expect((await principal.ask(getFinding, { id: one.id })).status).toBe(404);
    await officer.call(runComparison, { asOf });
    expect((await principal.call(getFinding, { id: one.id })).schoolName).toBe('滨江小学');
    expect(
      (await principal.call(getDesk, {})).sections.flatMap((section) => section.items.map((item) => item.id)),
    ).toContain(one.id);
    await officer.call(assignFinding, {
      id: one.id,
      ownerKind: 'school',
      ownerUnit: school.id,
      dueDate: '2026-12-01',
      reason: '学校熟悉情况',
    });
    expect(await principal.call(getFinding, { id: one.id })).toMatchObject({
      ownerWords: '滨江小学',
      dueDate: '2026-12-01',
    });
    const { wrong } = await reachOf(
      `SELECT count(*)::int AS wrong FROM finding f JOIN child c ON c.district_code = $1 AND c.id = f.child_id WHERE f.district_code = $1 AND f.closed_at IS NULL AND NOT f.reach @> c.reach`,
      [world.district],
    );
    expect(wrong).toBe(0);
  });

  it('CMP-13 an export is masked, complete and watermarked; full numbers need an approval', async () => {
    const sheet = await officer.ask(exportFindings, { kind: 'notEnrolled' });
    expect([sheet.status, String(sheet.headers['content-type'])]).toEqual([
      200,
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ]);
    expect((await officer.ask(exportFindings, { identities: 'full' })).body).toMatchObject({ code: 'approval-needed' });
  });

  it('CMP-14 a run for an earlier day only looks back', async () => {
    const before = (await officer.call(listFindings, {})).total;
    await officer.call(runComparison, { asOf: '2026-10-01' });
    expect((await officer.call(listFindings, {})).total).toBe(before);
    expect((await officer.call(getCockpit, {})).asOf).toBe(asOf);
  });
});

describe('persons merged and split', () => {
  it('CMP-15 two pupils of two schools become one, on roll once, and apart again', async () => {
    const roster = await world.platform.database.loaderPool.query<{ child_id: string; school_id: string }>(
      `SELECT DISTINCT ON (e.school_id) e.child_id, e.school_id FROM enrolment e JOIN register_entry r ON r.district_code = $1 AND r.child_id = e.child_id
       WHERE e.district_code = $1 AND NOT EXISTS (SELECT 1 FROM enrolment_claim k WHERE k.district_code = $1 AND k.child_id = e.child_id)
         AND NOT EXISTS (SELECT 1 FROM register_repeat k WHERE k.district_code = $1 AND k.child_id = e.child_id) ORDER BY e.school_id, e.child_id`,
      [world.district],
    );
    const [one, two] = roster.rows;
    if (!one || !two) throw new Error('no pupils');
    const counts = () =>
      officer.call(runComparison, { asOf }).then(({ schoolAge, enrolmentRate, findings }) => ({
        schoolAge,
        enrolmentRate,
        double: findings['doubleEnrolled']?.length,
        twice: findings['registerDuplicate']?.length,
      }));
    const before = await counts();
    const { id } = await officer.call(mergeChildren, {
      keptId: one.child_id,
      mergedId: two.child_id,
      reason: '核对为同一人',
    });
    expect(
      (await officer.ask(mergeChildren, { keptId: two.child_id, mergedId: one.child_id, reason: '再来一次' })).status,
    ).toBe(409);
    const merged = await counts();
    expect(merged.schoolAge.owing).toBe(before.schoolAge.owing - 1);
    expect(merged.enrolmentRate.enrolledOnRoster).toBe(before.enrolmentRate.enrolledOnRoster - 1);
    expect([merged.double, merged.twice]).toEqual([(before.double ?? 0) + 1, (before.twice ?? 0) + 1]);
    await officer.call(undoMerge, { id, reason: '看错了' });
    expect(await counts()).toEqual(before);
    expect((await officer.ask(undoMerge, { id, reason: '再撤一次' })).status).toBe(409);
  });

  it('CMP-16 a rejected pair is not proposed again; a confirmed one leaves the review at once', async () => {
    const open = (await officer.call(listProposals, { size: 50 })).rows;
    const [one, two] = open;
    if (!one || !two) throw new Error('no proposals');
    expect([one.left.source, one.right.source]).toEqual(['适龄档案', '学籍名册']);
    expect(JSON.stringify(open)).not.toMatch(/\d{17}[\dX]/);
    await officer.call(decideProposal, { id: one.id, decision: 'reject', reason: '两个孩子' });
    await officer.call(decideProposal, { id: two.id, decision: 'confirm', reason: '户口簿核对' });
    const ids = (await kindRows(officer, 'identityReview')).map((row) => row.childId);
    expect(ids).not.toContain(two.left.childId);
    await officer.call(runComparison, { asOf });
    const again = (await officer.call(listProposals, { size: 50 })).rows.map((row) => row.id);
    expect(again).not.toContain(one.id);
    expect(again.length).toBe(open.length - 2);
    const confirmed = (await officer.call(listProposals, { state: 'confirmed' })).rows[0];
    expect(confirmed?.mergeId).not.toBeNull();
    expect(confirmed?.right.schoolName).toBe(two.right.schoolName);
  });
});
