import { afterAll, beforeAll, expect, it } from 'vitest';
import { listDuties } from '#contract/duties.ts';
import { exportRoll, getRollForm, listReports, signReport } from '#contract/statistics-reports.ts';
import { fileRoll } from '#contract/statistics-roll.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { sealJson } from '#server/crypto/seal.ts';
import { eachMinute } from '#server/minute.ts';
import { rows } from '#server/testing/reach.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import type { Person } from '#server/testing/world.ts';

let opened: CaseWorld;
let otherPrincipal: Person;
const month = { period: 'month', day: '2026-11-30' } as const;

const file = (person: Person, reason: string | null = null) =>
  person.ask(fileRoll, { id: phoneId(), ...month, ...(reason === null ? {} : { reason }) });
const filing = async (person: Person) => (await person.call(getRollForm, month)).filing;
const owed = async (person: Person) => {
  const { rows: lines } = await person.call(listDuties, { rule: 'rollDue' });
  return lines.map(({ dueAt, level, why, to }) => ({ dueAt, level, why, to }));
};

beforeAll(async () => {
  opened = await openCaseWorld();
  otherPrincipal = await opened.world.person('principal', opened.otherSchool, '孙校长');
});
afterAll(() => opened.world.stop());

it('STA-34 before its last day and before any school has signed the roll-up is not filed; nobody but the bureau files it', async () => {
  expect(await filing(opened.officer)).toMatchObject({ may: false, why: '2026-11-30 起可以上报本期。', versions: [] });
  expect((await file(opened.officer)).status).toBe(409);
  await opened.move('2026-11-30T02:00:00Z');
  expect((await filing(opened.officer)).why).toBe('还没有学校签报，没有可以上报的数据。');
  expect((await file(opened.principal)).status).toBe(403);
  expect((await file(opened.leader)).status).toBe(403);
  expect((await filing(opened.principal)).may).toBe(false);
});

it('STA-35 the month is owed by the bureau from its last day until the 5th, moved to the Monday', async () => {
  await eachMinute(opened.world.platform);
  const expected = { dueAt: '2026-12-07T15:59:59.999Z', level: 0, why: '2026年11月待核查、汇总、上报', to: '/reports/district?period=month&day=2026-11-01' }; // prettier-ignore
  expect(await owed(opened.officer)).toEqual([expected]);
  expect(await owed(opened.principal)).toEqual([]);
});

it('STA-34 with a school missing it is filed only with a reason, which stands; the file says so; filing settles the duty', async () => {
  const { school_id: schoolId } = pupilOf(opened, 0);
  await opened.principal.call(signReport, { schoolId, ...month, reason: '本月点名未齐' });
  const now = await filing(opened.officer);
  expect([now.may, now.faults.length]).toEqual([true, 1]);
  expect(now.faults[0]).toMatch(/^\d+ 所学校未报：/u);
  expect((await file(opened.officer)).body).toMatchObject({ code: 'input-wrong' });
  expect((await file(opened.officer, '密语：一所学校停课，下周补报')).body).toEqual({ version: 1 });
  const after = await filing(opened.officer);
  expect(after).toMatchObject({
    may: false,
    why: '上报后各校没有新的签报，不必重新上报。',
    changed: false,
    versions: [{ version: 1, byName: opened.officer.name, reason: '密语：一所学校停课，下周补报' }],
  });
  expect(after.versions[0]?.missing).toBeGreaterThan(0);
  expect((await file(opened.officer, '再报一次')).status).toBe(409);
  expect(await owed(opened.officer)).toEqual([]);
  const [row] = await rows<{ sealed: Buffer }>(opened.world, `SELECT sealed FROM roll_filing WHERE district_code = $1`);
  expect(row?.sealed.includes(Buffer.from('密语'))).toBe(false);
  const trail = await rows<{ verb: string }>(opened.world, `SELECT verb FROM audit_entry WHERE district_code = $1 AND verb = 'statistics.fileRoll' AND outcome = 'done'`); // prettier-ignore
  expect(trail).toHaveLength(1);
  const words = wordsOfPdf((await opened.officer.ask(exportRoll, { ...month, format: 'pdf', filed: 1 })).body).replaceAll(/\s/g, ''); // prettier-ignore
  expect(words).toContain('第1次上报');
  expect(words).toContain('下周补报');
});

it('STA-39 the paper of a filing names who filed it, in which post and when; an older one the person and the time', async () => {
  const paper = async (filed: number) =>
    wordsOfPdf((await opened.officer.ask(exportRoll, { ...month, format: 'pdf', filed })).body).replaceAll(/\s/g, '');
  const words = await paper(1);
  expect(words).toContain(`${opened.officer.name}（控辍专干）`);
  expect(words).toContain(`第1次上报：${opened.officer.name}（控辍专干），2026-11-3010:00`);
  const cells = cellsOf((await opened.officer.ask(exportRoll, { ...month, format: 'xlsx', filed: 1 })).body);
  expect(cells.flat().join('')).toContain(`填表人：${opened.officer.name}（控辍专干）`);
  expect((await filing(opened.officer)).versions[0]?.post).toBe('控辍专干');
  const { world } = opened;
  const id = phoneId();
  const place = { table: 'roll_filing', column: 'sealed', district: world.district, id };
  await world.platform.database.loaderPool.query(
    `INSERT INTO roll_filing (district_code, id, period_kind, from_date, to_date, version, schools, missing, sheets, figures, counts, formula, known_at, fingerprint, sealed, by_id, by_name, at)
     SELECT district_code, $2, period_kind, '2026-10-01', '2026-10-31', 1, schools, missing, sheets, figures, counts, formula, known_at, fingerprint, $3, by_id, by_name, at FROM roll_filing WHERE district_code = $1 AND version = 1`,
    [world.district, id, sealJson(world.platform.keys, place, { summary: '小结', reason: null })],
  );
  const october = { period: 'month', day: '2026-10-31' } as const;
  const older = await opened.officer.ask(exportRoll, { ...october, format: 'pdf', filed: 1 });
  expect(wordsOfPdf(older.body).replaceAll(/\s/g, '')).toContain(`第1次上报：${opened.officer.name}，2026-11-3010:00`);
  expect((await opened.officer.call(getRollForm, october)).filing.versions[0]?.post).toBeNull();
});

it('STA-34 what was filed stays, whatever is signed later; a new signature makes a further filing', async () => {
  const before = await opened.officer.call(getRollForm, { ...month, filed: 1 });
  expect(before.sheets[0]?.title).toBe('控辍保学月报汇总表');
  await opened.move('2026-12-02T02:00:00Z');
  await otherPrincipal.call(signReport, { schoolId: opened.otherSchool, ...month, reason: '补报本月数据' });
  expect(await filing(opened.officer)).toMatchObject({ may: true, changed: true });
  const late = { childId: pupilOf(opened, 1).id, day: '2026-11-25', state: 'dropout', cause: 'dropout' } as const;
  await opened.whole((context) => moveChild(context, late));
  const faults = (await filing(opened.officer)).faults.join();
  expect(faults).toContain('签报后数据有变化');
  expect((await file(opened.officer, '两所学校已报，其余下周补报')).body).toEqual({ version: 2 });
  const first = await opened.officer.call(getRollForm, { ...month, filed: 1 });
  expect(first.sheets).toEqual(before.sheets);
  const lines = (sheets: typeof first.sheets) => sheets[0]?.rows.length ?? 0;
  expect(lines((await opened.officer.call(getRollForm, { ...month, filed: 2 })).sheets)).toBe(lines(first.sheets) + 1);
  const cells = cellsOf((await opened.leader.ask(exportRoll, { ...month, format: 'xlsx', filed: 1 })).body);
  expect(cells.flat().join('')).toContain(`填表人：${opened.officer.name}`);
  for (const person of [opened.officer, opened.principal])
    expect((await person.ask(getRollForm, { ...month, filed: 9 })).status).toBe(404);
  expect((await opened.principal.call(getRollForm, month)).filing.versions).toEqual([]);
});

it('STA-34 each of the 四个一 is a form of the same records: month, quarter, term and year of the district', async () => {
  const titles = async (period: 'month' | 'quarter' | 'term' | 'year') =>
    (await opened.officer.call(getRollForm, { period, day: '2026-11-30' })).sheets.map((sheet) => sheet.title);
  expect((await titles('month'))[0]).toBe('控辍保学月报汇总表');
  for (const [period, title] of [
    ['quarter', '控辍保学区级季度核查表'],
    ['term', '控辍保学学期摸底情况汇总表'],
    ['year', '控辍保学学年评估情况汇总表'],
  ] as const) {
    expect((await titles(period))[0]).toBe(title);
    expect((await opened.officer.call(listReports, { period, day: '2026-11-30' })).total).toBeGreaterThan(1);
  }
});

it('STA-35 a roll-up that is not filed climbs to the leader after its day', async () => {
  await opened.move('2026-12-31T02:00:00Z');
  await eachMinute(opened.world.platform);
  await opened.move('2027-01-12T02:00:00Z');
  await eachMinute(opened.world.platform);
  const climbed = (await owed(opened.leader)).filter((one) => one.why.startsWith('2026年第四季度'));
  expect(climbed).toMatchObject([{ dueAt: '2027-01-11T15:59:59.999Z', level: 1 }]);
});
