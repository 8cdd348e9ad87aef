import { attendanceParts, type FormRow } from './form.ts';
import { evaluate, percentWords } from './formulas.ts';
import type { CoursePart } from './record.ts';
import type { Gap } from './report.ts';
import { partWords } from './words.ts';

/** What a summary is drafted from; every number comes from the records. */
export interface SummaryGround {
  unit: string;
  /** Words of the period. */
  period: string;
  total: FormRow;
  gaps: readonly Gap[];
  /** The target of the annual retention in per cent. */
  target: number;
  /** Schools in the roll-up and those that have not signed; null for a school's own report. */
  schools: { all: number; missing: readonly string[] } | null;
}

const gains: readonly CoursePart[] = ['New', 'In', 'Back', 'MoveIn'];
const losses: readonly CoursePart[] = ['Out', 'Susp', 'Dead', 'Abroad', 'Grad', 'Gone', 'Drop', 'MoveOut'];

function listOf(parts: readonly CoursePart[], counts: FormRow['counts']): string {
  return parts
    .filter((part) => counts[part] > 0)
    .map((part) => `${partWords[part]} ${String(counts[part])} 人`)
    .join('、');
}

function movements({ counts }: FormRow): string {
  const sum = (parts: readonly CoursePart[]) => parts.reduce((total, part) => total + counts[part], 0);
  const [up, down] = [sum(gains), sum(losses)];
  const stock = `期初在校 ${String(counts.S0)} 人，期末在校 ${String(counts.S1)} 人`;
  if (up === 0 && down === 0) return `${stock}，期内无学籍变动。`;
  const said = [
    up === 0 ? '' : `增加 ${String(up)} 人（${listOf(gains, counts)}）`,
    down === 0 ? '' : `减少 ${String(down)} 人（${listOf(losses, counts)}）`,
  ];
  return `${stock}，${said.filter((one) => one !== '').join('，')}。`;
}

function attendance({ attendance: made }: FormRow): string {
  const days = (value: number) => String(Math.round(value * 10) / 10);
  const { DaysDue: due, DaysUnknown: unknown, DaysPresent: present } = attendanceParts(made);
  if (made.onRoll === 0) return due === 0 ? '期内没有点名记录。' : `期内没有点名记录，应到 ${days(due)} 人日全部未知。`;
  const share = percentWords(evaluate('attendance', attendanceParts(made)).value);
  const said = unknown === 0 ? '' : `（其中未点名或待核 ${days(unknown)} 人日，按未知）`;
  return `应到 ${days(due)} 人日${said}，实到 ${days(present)} 人日，出勤率 ${share}%；请假 ${days(made.leave)} 人日，旷课 ${days(made.unexcused)} 人日。`;
}

function cases({ counts, suspected, dropped, persuasions }: FormRow): string {
  const still = suspected.end + dropped.end + counts.Open;
  if (still === 0 && suspected.entered === 0 && counts.Confirmed === 0 && counts.Returned === 0 && persuasions === 0)
    return '没有疑似辍学和辍学学生。';
  return `新增疑似辍学 ${String(suspected.entered)} 人，期末疑似 ${String(suspected.end)} 人；新确认辍学 ${String(counts.Confirmed)} 人，劝返 ${String(persuasions)} 人次，复学 ${String(counts.Returned)} 人，期末累计未复学 ${String(counts.Open)} 人。`;
}

function rates({ counts }: FormRow, target: number): string {
  const kept = evaluate('annualRetention', counts).value;
  const lost = evaluate('dropoutRate', counts).value;
  if (kept === null) return '期内没有在校生，不计算巩固率。';
  const gap = kept - target;
  const against =
    gap >= 0 ? `达到目标 ${String(target)}%` : `低于目标 ${String(target)}%，差 ${percentWords(-gap)} 个百分点`;
  return `年巩固率 ${percentWords(kept)}%，${against}；辍学率 ${percentWords(lost)}%。`;
}

function faults(gaps: readonly Gap[], schools: SummaryGround['schools']): string[] {
  const said: string[] = [];
  const uncalled = gaps.flatMap((gap) => (gap.kind === 'rollCall' ? gap.classes : [])).length;
  if (uncalled > 0) said.push(`有 ${String(uncalled)} 个班次未点名`);
  for (const kind of ['duty', 'finding', 'case'] as const) {
    const count = gaps.reduce((sum, gap) => sum + (gap.kind === kind ? gap.count : 0), 0);
    const words = { duty: '任务', finding: '比对发现', case: '个案' }[kind];
    if (count > 0) said.push(`${words}超期 ${String(count)} 项`);
  }
  if (schools && schools.missing.length > 0)
    said.push(`${String(schools.missing.length)} 所学校未报送（${schools.missing.join('、')}）`);
  return said;
}

function nextSteps({ counts, suspected }: FormRow, gaps: readonly Gap[], missing: number): string[] {
  const steps: string[] = [];
  if (suspected.end > 0) steps.push('对疑似辍学学生逐一家访核实，7 日内确认或解除');
  if (counts.Open > 0) steps.push('对未复学学生落实包保责任，每 14 天劝返不少于一次');
  if (counts.Gone > 0) steps.push('查明去向未落实学生的去向');
  if (counts.Transferring > 0) steps.push('催办转学手续，到校后及时确认');
  if (gaps.some((gap) => gap.kind === 'rollCall')) steps.push('补齐点名');
  if (gaps.some((gap) => gap.kind !== 'rollCall')) steps.push('办结超期事项');
  if (missing > 0) steps.push('督促未报学校补报');
  return steps;
}

/** The summary (文字小结) drafted from the figures by rules, one paragraph a line; people edit it before they sign. */
export function draftSummary(ground: SummaryGround): string {
  const { unit, period, total, gaps, target, schools } = ground;
  const found = faults(gaps, schools);
  const missing = schools?.missing.length ?? 0;
  const steps = nextSteps(total, gaps, missing);
  if (schools !== null && schools.all > 0 && missing === schools.all)
    return [
      `一、基本情况。${period}，${unit}应报 ${String(schools.all)} 所学校，都还没有报送，没有可以汇总的数据。`,
      `二、下一步工作。督促各校报送，报送后再起草小结。`,
    ].join('\n');
  // What is summed is of the schools that have signed; of the others nothing may be said.
  const whose = missing > 0 ? '已报学校：' : '';
  const lines = [
    `一、基本情况。${period}，${unit}${schools === null ? '' : `应报 ${String(schools.all)} 所学校，已报 ${String(schools.all - schools.missing.length)} 所，已报学校`}${movements(total)}`,
    `二、考勤情况。${whose}${attendance(total)}`,
    `三、控辍情况。${whose}${cases(total)}${rates(total, target)}`,
    `四、存在问题。${found.length === 0 ? '点名齐全，没有超期事项。' : `${found.join('；')}。`}`,
    `五、下一步工作。${steps.length === 0 ? '继续坚持每日点名、每周统计，发现缺课当天联系家长。' : `${steps.join('；')}。`}`,
  ];
  return lines.join('\n');
}
