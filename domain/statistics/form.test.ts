import { expect, it } from 'vitest';
import { formTitles, type FormHead } from './form-layout.ts';
import { recheckSheet } from './form-recheck.ts';
import { formSheets } from './form-sheets.ts';
import { keptRows, ledgerChildren, ledgerFlow, noAttendance, sumOfRows, type FormRow } from './form.ts';
import { emptyTally, type Tally } from './record.ts';
import { draftSummary, type SummaryGround } from './summary.ts';

const period = { from: '2026-11-01', to: '2026-11-30' };
const still = { start: 0, entered: 0, left: 0, end: 0 };

function row(name: string, counts: Partial<Tally>, more: Partial<FormRow> = {}): FormRow {
  return {
    name,
    counts: { ...emptyTally(), ...counts },
    attendance: noAttendance(),
    suspected: still,
    dropped: still,
    persuasions: 0,
    schoolAge: null,
    ...more,
  };
}

it('STA-24 in a ledger a child counts once, and start + entered − left = end', () => {
  const spells = [
    { childId: 'stays', from: '2026-10-01', to: null },
    { childId: 'left', from: '2026-10-01', to: '2026-11-10' },
    { childId: 'cameAndLeft', from: '2026-11-05', to: '2026-11-20' },
    { childId: 'twice', from: '2026-11-03', to: '2026-11-06' },
    { childId: 'twice', from: '2026-11-25', to: null },
    { childId: 'before', from: '2026-09-01', to: '2026-10-31' },
    { childId: 'lastDayOfOctober', from: '2026-10-20', to: '2026-11-01' },
    { childId: 'after', from: '2026-12-01', to: null },
  ];
  expect(ledgerFlow(spells, period)).toEqual({ start: 3, entered: 2, left: 3, end: 2 });
  expect([...ledgerChildren(spells, period).left].sort()).toEqual(['cameAndLeft', 'lastDayOfOctober', 'left']);
  expect(ledgerFlow([], period)).toEqual(still);
});

const grades = [
  row(
    '三年级',
    { S0: 40, In: 1, S1: 41 },
    { attendance: { onRoll: 205, present: 199.5, leave: 3.5, unexcused: 1.5, unsettled: 0.5, uncalled: 41 } },
  ),
  row(
    '四年级',
    { S0: 38, Drop: 1, Confirmed: 1, Open: 1, S1: 37 },
    { dropped: { start: 0, entered: 1, left: 0, end: 1 }, persuasions: 2 },
  ),
];
const total = {
  ...sumOfRows(grades, { ...emptyTally(), S0: 78, In: 1, Drop: 1, Confirmed: 1, Open: 1, S1: 78 }),
  schoolAge: 79,
};
const head = (kind: FormHead['kind'], level: FormHead['level'] = 'school'): FormHead => ({
  level,
  kind,
  unit: '测试小学',
  period: '2026年11月',
});

it('STA-24 the weekly form has a line a grade and the total, its columns in the order of the office', () => {
  const [sheet] = formSheets(head('week'), { rows: grades, total });
  expect(sheet?.title).toBe('控辍保学周统计表');
  const labels = sheet?.columns.map((column) => column.label) ?? [];
  expect(labels.slice(0, 6)).toEqual(['年级', '期初在校', '新生入学', '转入', '复学', '内部转入']);
  const cell = (name: string, label: string) => sheet?.rows.find((one) => one[0] === name)?.[labels.indexOf(label)];
  expect(['期初在校', '转入', '辍学', '期末在校', '应到', '请假', '劝返人次'].map((one) => cell('合计', one))).toEqual([
    78, 1, 1, 78, 246, 3.5, 2,
  ]);
  expect(['实到', '旷课', '未知', '出勤率'].map((one) => cell('合计', one))).toEqual([199.5, 1.5, 41.5, '97.56%']);
  expect(sheet?.columns.find((column) => column.label === '旷课')?.opens).toBe('unexcused');
  expect([cell('四年级', '年巩固率'), cell('合计', '年巩固率'), cell('合计', '辍学率')]).toEqual([
    '97.37%',
    '98.73%',
    '1.28%',
  ]);
  expect(sheet?.notes[0]).toContain('相符');
  const bad = formSheets(head('week'), { rows: grades, total: { ...total, counts: { ...total.counts, S1: 70 } } });
  expect(bad[0]?.notes[0]).toContain('相差 8');
});

it('STA-24 a month begins with the three ledgers, a quarter of the district with its recheck', () => {
  const month = formSheets(head('month'), { rows: grades, total });
  expect(month.map((sheet) => sheet.title)).toEqual(['控辍保学月报表', '学生变动情况表', '比率计算表']);
  expect([...new Set(month[0]?.columns.flatMap((column) => column.group ?? []))]).toEqual([
    '适龄儿童台账',
    '疑似辍学学生台账',
    '辍学学生台账',
    '劝返',
  ]);
  expect(month[0]?.rows.at(-1)?.slice(0, 10)).toEqual(['合计', 79, 0, 0, 0, 0, 0, 1, 0, 1]);
  const quarter = formSheets(head('quarter', 'district'), { rows: grades, total }, []);
  expect(quarter.map((sheet) => sheet.title)).toEqual([
    formTitles.district.quarter,
    '三本台账变动表',
    '学生变动情况表',
    '比率计算表',
  ]);
});

it('STA-24 the recheck says of each school whether what it signed still holds', () => {
  const now = { ...emptyTally(), S1: 41 };
  const line = { state: '已审核', version: 1, signedName: '郑校长', now };
  const { rows } = recheckSheet(head('quarter', 'district'), [
    { ...line, name: '甲校', signed: now },
    { ...line, name: '乙校', signed: { ...now, S1: 43 } },
    { ...line, name: '丙校', signed: null, version: 0, signedName: null, state: '未报送' },
  ]);
  expect(rows.map((one) => [one[0], one[4], one[5], one[6], one.at(-1)])).toEqual([
    ['甲校', 41, 41, 0, '相符'],
    ['乙校', 43, 41, -2, '不符，应更正重报'],
    ['丙校', '—', 41, '—', '未报'],
  ]);
});

it('STA-31 every rate is printed with numerator and denominator; what was not kept when a form was signed is not known', () => {
  const rates = formSheets(head('month'), { rows: grades, total }).at(-1);
  const side = (line: string, group: string) => {
    const at = rates?.columns.findIndex((column) => column.group === group) ?? -1;
    return rates?.rows.find((one) => one[0] === line)?.slice(at, at + 3);
  };
  expect(side('合计', '辍学率')).toEqual([1, 78, '1.28%']);
  expect(side('四年级', '年巩固率')).toEqual([37, 38, '97.37%']);
  expect(side('合计', '复学率')).toEqual([0, 1, '0.00%']);
  expect(side('合计', '非正常流失率')).toEqual([1, 78, '1.28%']);
  // 199.5 of 246 due, of which 41.5 are unknown
  expect(side('合计', '出勤率')).toEqual([199.5, 204.5, '97.56%']);
  expect(side('四年级', '出勤率')).toEqual([0, 0, '—']);
  expect(rates?.columns.filter((column) => column.label.startsWith('分')).every((column) => column.part !== null || column.opens !== null)).toBe(true); // prettier-ignore
  const { uncalled: _uncalled, ...before } = grades[0]?.attendance ?? noAttendance();
  const kept = keptRows({ rows: [], total: { ...total, attendance: before } as FormRow }); // as: as it was kept before
  expect(kept.total.attendance.uncalled).toBeNull();
  const [old] = formSheets(head('week'), { rows: [kept.total], total: kept.total });
  const at = (label: string) => old?.rows[0]?.[old.columns.findIndex((column) => column.label === label)];
  expect([at('应到'), at('未知')]).toEqual([205, '—']);
  expect(sumOfRows([kept.total, ...grades], total.counts).attendance.uncalled).toBeNull();
});

it('STA-27 the summary is drafted from the figures: movements, attendance, cases, rates against the target, gaps and what follows', () => {
  const ground: SummaryGround = { unit: '测试小学', period: '2026年11月', total, gaps: [], target: 99, schools: null };
  const text = draftSummary(ground);
  expect(text).toContain('期初在校 78 人，期末在校 78 人，增加 1 人（转入 1 人），减少 1 人（辍学 1 人）');
  expect(text).toContain(
    '应到 246 人日（其中未点名或待核 41.5 人日，按未知），实到 199.5 人日，出勤率 97.56%；请假 3.5 人日，旷课 1.5 人日',
  );
  expect(text).toContain('新确认辍学 1 人，劝返 2 人次，复学 0 人，期末累计未复学 1 人');
  expect(text).toContain('年巩固率 98.73%，低于目标 99%，差 0.27 个百分点；辍学率 1.28%');
  expect(text).toContain('没有超期事项');
  expect(text).toContain('每 14 天劝返不少于一次');
  const gaps = [
    { kind: 'rollCall' as const, day: '2026-11-25', classes: ['三年级1班', '四年级1班'] },
    { kind: 'case' as const, count: 1, oldest: '2026-11-20' },
  ];
  expect(draftSummary({ ...ground, gaps })).toContain('有 2 个班次未点名；个案超期 1 项');
  const quiet = draftSummary({ ...ground, total: row('合计', { S0: 40, S1: 40 }) });
  expect(quiet).toContain('期内无学籍变动');
  expect(quiet).toContain('没有疑似辍学和辍学学生');
  expect(quiet).toContain('达到目标 99%');
  const roll = draftSummary({ ...ground, schools: { all: 3, missing: ['丙校'] } });
  expect(roll).toContain('应报 3 所学校，已报 2 所');
  expect(roll).toContain('1 所学校未报送（丙校）');
  expect(roll).toContain('三、控辍情况。已报学校：新增疑似辍学');
  const none = draftSummary({ ...ground, total: row('合计', {}), schools: { all: 2, missing: ['甲校', '乙校'] } });
  expect(none).toContain('都还没有报送，没有可以汇总的数据');
  expect(none).not.toMatch(/没有疑似辍学|没有点名记录|无学籍变动/u);
});
