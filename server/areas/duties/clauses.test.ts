import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exportClauseStates, getClauseStates } from '#contract/duties-clauses.ts';
import * as contract from '#contract/duties.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { clauseBases } from '#domain/duties/clause-states.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import type { Person } from '#server/testing/world.ts';
import { markedNews, codeOfSchool, openDutyWorld, steppedNews, type DutyWorld } from './testing.ts';

type Plan = OutputOf<typeof getClauseStates>;
type Cell = Plan['rows'][number]['cells'][number];

let all: DutyWorld;
let bureau: Person;
let principal: Person;
let stranger: Person;
let inspector: Person;
let officer: Person;
let teacher: Person;
let code = '';
let otherCode = '';

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  [code, otherCode] = [await codeOfSchool(all, all.schoolId), await codeOfSchool(all, all.otherSchoolId)];
  bureau = await world.person('bureauOfficer', world.district);
  principal = await world.person('principal', code);
  stranger = await world.person('principal', otherCode);
  inspector = await world.person('inspector', code);
  officer = await world.person('schoolOfficer', code);
  teacher = await world.person('classTeacher', all.classId);
  await madeDuties();
});
afterAll(() => all.world.stop());

const place = () => ({ schoolId: all.schoolId, classId: all.classId });
const at = (day: string, time = '02:00:00') => `${day}T${time}.000Z`;

/** Duties of every outcome at one school, one that belongs to no school, and one that is waived. */
async function madeDuties(): Promise<void> {
  const [first, second, third, fourth] = all.children;
  if (!first || !second || !third || !fourth) throw new Error('too few pupils');
  for (const day of ['2026-11-13', '2026-11-17', '2026-11-18', '2026-11-19']) {
    await all.tell({ kind: 'attendance.classDue', ...place(), day, part: 'morning', at: at(day, '00:20:00') });
    // The roll call of the 17th comes a day late, that of the 19th never.
    if (day === '2026-11-19') continue;
    await all.tell({
      ...markedNews(all, day, [first.id]),
      at: at(day === '2026-11-17' ? '2026-11-18' : day, '00:30:00'),
    });
  }
  const answered = { answer: 'sick', ...place() } as const;
  await all.tell({
    kind: 'attendance.contacted',
    day: '2026-11-17',
    childId: first.id,
    at: at('2026-11-19'),
    ...answered,
  });
  const step = { caseId: randomUUID(), step: 'confirm', state: 'confirmed', next: 'persuade', dueDate: '2026-11-18' };
  await all.tell({
    ...steppedNews(all.schoolId, step),
    at: at('2026-11-10'),
    childId: third.id,
    schoolId: null,
    classId: null,
  });
  const checked = {
    caseId: randomUUID(),
    step: 'proposeClosing',
    state: 'closing',
    next: 'checkClosing',
    dueDate: '2026-11-25',
  };
  await all.tell({
    ...steppedNews(all.schoolId, checked),
    ownerRole: 'bureauOfficer',
    ownerUnitKind: 'district',
    ownerUnit: all.world.district,
    at: at('2026-11-12'),
    childId: second.id,
    ...place(),
  });
  const crossing = { kind: 'attendance.thresholdCrossed', day: '2026-11-20', consecutive: 3, cumulative: 3 } as const;
  await all.tell({ ...crossing, at: at('2026-11-20'), childId: fourth.id, ...place() });
  const open = await officer.call(contract.listDuties, { scope: 'unit', rule: 'contactGuardian', from: '2026-11-18' });
  await officer.call(contract.waiveDuty, { id: open.rows[0]?.id ?? '', reason: '家长当日已到校说明' });
}

const planOf = (person: Person, asked: InputOf<typeof getClauseStates> = {}): Promise<Plan> =>
  person.call(getClauseStates, { size: 200, ...asked });
function cellOf(plan: Plan, schoolId: string, clause: string): Cell {
  const cell = plan.rows.find((row) => row.schoolId === schoolId)?.cells.find((one) => one.clause === clause);
  if (!cell) throw new Error(`${schoolId} ${clause}`);
  return cell;
}
const shown = ['due', 'inTime', 'late', 'open', 'ahead'] as const;
const numberOf = (cell: Cell, one: (typeof shown)[number]) => (one === 'open' ? cell.overdue : cell[one]);

describe('方案落实', () => {
  it('DUT-38 counts the duties of each clause at each school by how they ended, with how long the longest is overdue', async () => {
    const plan = await planOf(bureau);
    expect([plan.span.key, plan.span.from, plan.span.to]).toEqual(['1', '2026-09-01', '2027-02-15']);
    expect(plan.rows[0]?.cells.map(({ clause }) => clause)).toEqual(clauseBases.map(({ id }) => id));
    // By hand: roll calls 2 in time, 1 late, 1 never made; contacts of the 13th open, of the 17th late, of the 18th waived; the report of today is not due yet.
    expect(cellOf(plan, all.schoolId, '三(五)2')).toMatchObject({
      state: 'overdue',
      due: 6,
      inTime: 2,
      late: 2,
      overdue: 2,
      ahead: 1,
      waived: 1,
      oldestDue: '2026-11-13',
      longestDays: 7,
    });
    // The visit is in its time; the closing that the bureau checks is none of the school's.
    expect(cellOf(plan, all.schoolId, '四(二)')).toMatchObject({
      state: 'running',
      due: 0,
      ahead: 1,
      nextDue: '2026-11-23',
    });
    expect(cellOf(plan, all.otherSchoolId, '三(五)2')).toMatchObject({ state: 'nothing', due: 0, ahead: 0 });
    expect(cellOf(plan, all.schoolId, '三(三)')).toMatchObject({ state: 'unkept', due: 0, facts: [] });
    // Of no school's people: the step of a case without a school, and the bureau's check.
    const office = plan.office?.find((cell) => cell.clause === '四(二)');
    expect(office).toMatchObject({ state: 'overdue', overdue: 1, ahead: 1, oldestDue: '2026-11-18' });
    expect(plan.sums.find((one) => one.clause === '三(五)2')?.states).toMatchObject({
      overdue: 1,
      nothing: plan.total - 1,
    });
  });

  it('DUT-38 every number opens exactly the duties that it counts, for bureau, school and inspector alike', async () => {
    for (const person of [bureau, principal, officer, inspector]) {
      const plan = await planOf(person);
      const row = plan.rows.find((one) => one.schoolId === all.schoolId);
      let counted = 0;
      for (const cell of row?.cells ?? []) {
        const of = { scope: 'unit', clause: cell.clause, owedBy: 'school', schoolId: all.schoolId, from: plan.span.from, to: plan.span.to, size: 200 } as const; // prettier-ignore
        for (const one of shown) {
          if (cell.due + cell.ahead === 0 && one !== 'due') continue;
          const list = await person.call(contract.listDuties, { ...of, outcome: one });
          expect([person.name, cell.clause, one, list.total]).toEqual([
            person.name,
            cell.clause,
            one,
            numberOf(cell, one),
          ]);
          counted += list.total;
        }
        expect((await person.call(contract.listDuties, { ...of, state: 'waived' })).total).toBe(cell.waived);
      }
      expect(counted).toBeGreaterThan(8);
    }
    const plan = await planOf(bureau);
    const office = plan.office?.find((cell) => cell.clause === '四(二)');
    const list = await bureau.call(contract.listDuties, { scope: 'unit', clause: '四(二)', owedBy: 'office', outcome: 'open', from: plan.span.from, to: plan.span.to }); // prettier-ignore
    expect(list.total).toBe(office?.overdue);
  });

  it('DUT-38 the duties behind a number say who owed what, due when, done when and by whom, and lead to the record', async () => {
    const late = await principal.call(contract.listDuties, { scope: 'unit', clause: '三(五)2', outcome: 'late', from: '2026-11-13', to: '2026-11-20' }); // prettier-ignore
    const call = late.rows.find((row) => row.rule === 'markClass');
    expect(call).toMatchObject({
      state: 'settled',
      inTime: false,
      settledAt: '2026-11-18T00:30:00.000Z',
      dueAt: '2026-11-17T00:50:00.000Z',
      to: `/rollcall/${all.classId}?day=2026-11-17`,
    });
    expect(call?.settledName).not.toBeNull();
  });

  it('DUT-38 counts in two statements, whatever the number of schools and duties', async () => {
    const names: string[] = [];
    const query = vi.spyOn(pg.Client.prototype, 'query');
    try {
      await planOf(bureau);
      for (const [given] of query.mock.calls as unknown[][])
        if (typeof given === 'object' && given !== null && 'name' in given) names.push(String(given.name));
    } finally {
      query.mockRestore();
    }
    expect(names.filter((name) => name.startsWith('duty-'))).toHaveLength(2);
    expect(names.filter((name) => /duty-clauses-|duty-clause-facts-/.test(name))).toHaveLength(2);
  });
});

describe('whose column', () => {
  it('DUT-39 a school sees its own column alone, another school is not found, teachers and streets have no page', async () => {
    for (const person of [principal, officer, inspector]) {
      const own = await planOf(person);
      expect([own.rows.map((row) => row.schoolId), own.single, own.office]).toEqual([[all.schoolId], true, null]);
      expect((await person.ask(getClauseStates, { schoolId: all.otherSchoolId })).status).toBe(404);
    }
    expect(cellOf(await planOf(principal), all.schoolId, '三(五)2')).toEqual(
      cellOf(await planOf(bureau), all.schoolId, '三(五)2'),
    );
    expect((await planOf(stranger)).rows.map((row) => row.schoolId)).toEqual([all.otherSchoolId]);
    expect(cellOf(await planOf(stranger), all.otherSchoolId, '三(五)2').due).toBe(0);
    const street = await all.world.person('subdistrictOfficer', '420102012');
    for (const person of [teacher, street]) expect((await person.ask(getClauseStates, {})).status).toBe(403);
    expect((await bureau.ask(getClauseStates, { schoolId: randomUUID() })).status).toBe(404);
    // The catalogue stays what everybody sees.
    expect((await teacher.call(contract.listCatalogue, {})).clauses).toHaveLength(18);
  });

  it('DUT-41 schools are chosen by name, level, street and by how a clause stands, page by page; a span to come is refused in words', async () => {
    const whole = await planOf(bureau);
    const name = whole.rows.find((row) => row.schoolId === all.schoolId)?.name ?? '';
    expect((await planOf(bureau, { q: name })).rows.map((row) => row.name)).toEqual([name]);
    expect((await planOf(bureau, { q: code })).rows.map((row) => row.name)).toEqual([name]);
    const primary = await planOf(bureau, { level: 'primary' });
    const junior = await planOf(bureau, { level: 'junior' });
    expect(primary.total).toBeGreaterThan(0);
    expect(junior.total).toBeGreaterThan(0);
    expect(primary.rows.every((row) => row.stageWords !== '初中')).toBe(true);
    expect(junior.rows.every((row) => row.stageWords !== '小学')).toBe(true);
    const late = await planOf(bureau, { state: 'overdue' });
    expect(late.rows.map((row) => row.schoolId)).toEqual([all.schoolId]);
    expect((await planOf(bureau, { state: 'overdue', clause: '四(一)' })).total).toBe(0);
    const streets = await all.world.platform.database.loaderPool.query<{ subdistrict_code: string; n: number }>(
      `SELECT subdistrict_code, count(*)::int AS n FROM school WHERE district_code = $1 AND stage IN ('primary', 'junior', 'nineYear', 'complete', 'special', 'corrective') AND subdistrict_code IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 1`,
      [all.world.district],
    );
    const [street] = streets.rows;
    expect((await planOf(bureau, { street: street?.subdistrict_code })).total).toBe(street?.n);
    const paged = await planOf(bureau, { page: 2, size: 3 });
    expect(paged.rows.map((row) => row.schoolId)).toEqual(whole.rows.slice(3, 6).map((row) => row.schoolId));
    expect(paged.total).toBe(whole.total);
    const before = await planOf(bureau, { year: 2025 });
    expect([before.span.key, before.span.to]).toEqual(['2', '2026-08-31']);
    // The schools of the sample began this year, and nothing fell due in the last.
    expect([before.rows, before.office?.every((cell) => cell.due + cell.ahead === 0)]).toEqual([[], true]);
    expect(cellOf(await planOf(bureau, { term: 'year' }), all.schoolId, '三(五)2').due).toBe(6);
    for (const asked of [{ year: 2027 }, { term: '2' as const }]) {
      const refused = await bureau.ask(getClauseStates, asked);
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining('还没有开始')]);
    }
    expect((await bureau.ask(getClauseStates, { clause: '五' })).status).toBe(422);
  });
});

describe('the sheet', () => {
  it('DUT-42 leaves as a workbook and as a PDF with the same states, the filters that stand, and as of when in its head', async () => {
    const file = async (person: Person, format: 'xlsx' | 'pdf', asked: object = {}) => {
      const answered = await person.ask(exportClauseStates, { format, ...asked });
      expect(answered.status).toBe(200);
      return answered;
    };
    const cells = (answered: { body: unknown }) => cellsOf(answered.body);
    const plan = await planOf(bureau);
    const lines = cells(await file(bureau, 'xlsx'));
    const text = lines.flat().join('\n');
    expect(text).toContain('2026—2027学年第一学期（2026-09-01 至 2027-02-15）');
    expect(text).toContain('截至2026年11月20日，按2026年11月20日10:00所知');
    const name = plan.rows.find((row) => row.schoolId === all.schoolId)?.name ?? '';
    const row = lines.find((line) => line[0] === name);
    const index = clauseBases.findIndex(({ id }) => id === '三(五)2');
    expect(row?.[3 + index]).toBe('逾期未办 2 项，最长 7 天');
    expect(row?.[3 + clauseBases.findIndex(({ id }) => id === '三(三)')]).toBe('系统尚无此项记录');
    expect(lines.filter((line) => plan.rows.some((one) => one.name === line[0])).length).toBeGreaterThanOrEqual(
      plan.total,
    );
    const some = cells(await file(bureau, 'xlsx', { state: 'overdue' }));
    expect(some.filter((line) => plan.rows.some((one) => one.name === line[0])).map((line) => line[0])).toContain(name);
    expect(some.flat()).not.toContain(plan.rows.find((one) => one.schoolId === all.otherSchoolId)?.name);
    const own = cells(await file(principal, 'xlsx'));
    const line = own.find((one) => one[0] === '三(五)2');
    expect(line?.slice(2, 10).map(String)).toEqual(['逾期未办', '6', '2', '2', '2', '7', '1', '1']);
    const words = wordsOfPdf((await file(bureau, 'pdf')).body).replaceAll(/\s/g, '');
    for (const said of ['方案落实表', name, '本期无事项', '按2026年11月20日10:00所知', '学年第一学期'])
      expect(words).toContain(said);
    const paper = wordsOfPdf((await file(principal, 'pdf')).body).replaceAll(/\s/g, '');
    for (const said of ['方案落实情况', '下一步', '办理2项逾期未办的事项']) expect(paper).toContain(said);
    // Who may not export lists has the page alone.
    expect((await inspector.ask(exportClauseStates, { format: 'xlsx' })).status).toBe(403);
    expect((await principal.ask(exportClauseStates, { format: 'xlsx', schoolId: all.otherSchoolId })).status).toBe(404);
  });
});
