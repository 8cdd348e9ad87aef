import { percentWords } from './formulas.ts';

/** A rate of the brief with both sides and its target. */
export interface BriefRate {
  name: string;
  numerator: number;
  denominator: number;
  value: number | null;
  target: number | null;
}

/** A school or street of the brief, with who is lost and the rate. */
export interface BriefUnit {
  name: string;
  lost: number;
  value: number | null;
  small: boolean;
}

/** What the text of a brief is drafted from: all of it figures, no child's name. */
export interface BriefFacts {
  scopeName: string;
  retention: BriefRate;
  /** Null where the scope has none (a school, a level). */
  enrolment: (BriefRate & { notAccounted: number }) | null;
  lost: { dropped: number; gone: number; open: number };
  funnel: { suspected: number; confirmed: number; persuaded: number; returned: number; held: number };
  reasons: readonly { words: string; count: number }[];
  timeliness: BriefRate;
  open: number;
  found: { self: number; other: number };
  visits: BriefRate;
  households: BriefRate | null;
  /** The widest gaps to the target first. */
  schools: readonly BriefUnit[];
  streets: readonly BriefUnit[];
  forecast: {
    value: number | null;
    low: number | null;
    high: number | null;
    short: number;
    deciding: readonly string[];
  } | null;
  /** Of the enrolment rate; null where the scope has none. */
  enrolmentForecast: BriefFacts['forecast'];
}

const people = (n: number): string => `${String(n)} 人`;

function against(rate: BriefRate): string {
  if (rate.value === null) return '尚无数据';
  const said = `${percentWords(rate.value)}%（${String(rate.numerator)}÷${String(rate.denominator)}）`;
  if (rate.target === null) return said;
  const gap = rate.value - rate.target;
  const points = `${percentWords(Math.abs(gap))} 个百分点`;
  return `${said}，${gap >= 0 ? `已达到 ${percentWords(rate.target, 1)}% 的目标` : `距 ${percentWords(rate.target, 1)}% 的目标差 ${points}`}`;
}

function situation(facts: BriefFacts): string {
  const { dropped, gone, open } = facts.lost;
  const enrolled =
    facts.enrolment === null
      ? ''
      : `${facts.enrolment.name} ${against(facts.enrolment)}，未落实就学 ${people(facts.enrolment.notAccounted)}。`;
  const lost =
    dropped + gone === 0 ? '本期无学生辍学或去向未落实' : `本期辍学 ${people(dropped)}、去向未落实 ${people(gone)}`;
  return `${enrolled}年巩固率 ${against(facts.retention)}。${lost}，累计尚未复学 ${people(open)}。`;
}

function work(facts: BriefFacts): string {
  const { suspected, confirmed, persuaded, returned, held } = facts.funnel;
  const funnel =
    suspected === 0
      ? '本期没有在办的疑似辍学个案。'
      : `本期在办疑似辍学 ${String(suspected)} 例，其中确认 ${String(confirmed)} 例，已劝返 ${String(persuaded)} 例，复学 ${String(returned)} 例，巩固 ${String(held)} 例。`;
  const top = facts.reasons.filter((one) => one.count > 0).slice(0, 3);
  const reasons =
    top.length === 0
      ? ''
      : `确认辍学的主要原因：${top.map((one) => `${one.words} ${String(one.count)} 例`).join('，')}。`;
  const others = facts.found.self + facts.found.other;
  const found =
    others === 0
      ? ''
      : `新立个案 ${String(others)} 例中，学校自查发现 ${String(facts.found.self)} 例，他处发现 ${String(facts.found.other)} 例。`;
  const late = facts.open > 0 ? `，尚有 ${String(facts.open)} 项超期未办` : '';
  const homes = facts.households === null ? '' : `，入户摸底覆盖率 ${against(facts.households)}`;
  return `${funnel}${reasons}${found}任务及时率 ${against(facts.timeliness)}${late}；走访覆盖率 ${against(facts.visits)}${homes}。`;
}

function where(units: readonly BriefUnit[], of: string): string {
  const lost = units.filter((one) => one.lost > 0).slice(0, 5);
  if (lost.length === 0) return `没有${of}有辍学或去向未落实的学生。`;
  const words = lost.map((one) => `${one.name} ${people(one.lost)}${one.small ? '（人数少，比率仅供参考）' : ''}`);
  return `涉及较多的${of}：${words.join('，')}。`;
}

function outlook(forecast: BriefFacts['forecast'], rate: string, act: string): string {
  if (forecast?.value == null) return '';
  const range = `${percentWords(forecast.low)}%～${percentWords(forecast.high)}%`;
  const to =
    forecast.short > 0
      ? `要达到目标，还须${act} ${people(forecast.short)}${forecast.deciding.length > 0 ? `，关键在${forecast.deciding.slice(0, 3).join('、')}` : ''}。`
      : '按此可以达到目标。';
  return `预计学年末${rate} ${percentWords(forecast.value)}%（区间 ${range}）。${to}`;
}

/** The text of the brief in three parts, drafted by rules from the figures alone; people may edit it before it goes out. */
export function draftBrief(facts: BriefFacts): { title: string; text: string }[] {
  const places = [
    ...(facts.schools.length > 0 ? [where(facts.schools, '学校')] : []),
    ...(facts.streets.length > 0 ? [where(facts.streets, '街道')] : []),
  ].join('');
  return [
    { title: '总体情况', text: situation(facts) },
    { title: '劝返与办理', text: work(facts) },
    {
      title: '重点与预测',
      text: `${places}${outlook(facts.enrolmentForecast, '入学率', '落实就学')}${outlook(facts.forecast, '年巩固率', '劝返或少流失')}`,
    },
  ].filter((part) => part.text !== '');
}
