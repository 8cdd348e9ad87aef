import type { DateText } from '../basics/calendar.ts';
import { addCalendarDays } from '../basics/calendar.ts';
import type { FieldIssue } from '../basics/failure.ts';
import { coverageStates, type CoverageState, type PlanKind, type VisitContent, type VisitMode } from './record.ts';
import { visitModeWords } from './words.ts';

/** Which modes count for a plan: pupils at risk and cases need the door; the others as the bureau has set. */
export function modesFor(
  kind: PlanKind,
  settings: { 'visits.modesTerm': string[]; 'visits.modesHoliday': string[] },
): VisitMode[] {
  if (kind === 'atRisk' || kind === 'case') return ['door'];
  const words = settings[kind === 'term' ? 'visits.modesTerm' : 'visits.modesHoliday'];
  return (['door', 'phone', 'online'] as const).filter((mode) => words.includes(visitModeWords[mode]));
}

/** What is wrong with the written content; empty when it may stand. A met guardian is named, an attempt says why nobody was met. */
export function contentIssues(content: VisitContent, day: DateText): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const say = (path: string, words: string) => issues.push({ path: `content.${path}`, words });
  if (content.notMet === null) {
    if (content.guardian === null) say('guardian', '请填写受访家长及关系；没有见到人请选择“未遇”。');
    if (content.purpose === '') say('purpose', '请填写走访目的。');
    if (
      [content.family, content.atSchool, content.atHome, content.analysis, content.opinion, content.measures].every(
        (text) => text === '',
      )
    )
      say('family', '请至少填写一项了解到的情况或措施。');
  } else {
    if (content.guardian !== null) say('guardian', '未遇时没有受访家长。');
    if (content.notMet.reason === 'other' && content.notMet.words === '') say('notMet.words', '请写明未遇原因。');
  }
  if (content.nextDay !== null && content.nextDay <= day) say('nextDay', '下次跟进日期应在走访之后。');
  return issues;
}

/** A planned visit as coverage needs it; days are inclusive, `toDate` null for a case. */
export interface PlannedVisit {
  caseId: string | null;
  modes: readonly string[];
  fromDate: DateText;
  toDate: DateText | null;
}
/** A recorded visit as coverage needs it. */
export interface MadeVisit {
  id: string;
  mode: VisitMode;
  met: boolean;
  day: DateText;
  caseId: string | null;
}

/** Whether a visit does what was planned: somebody was met, in a mode that counts, not before the plan began; an attempt never does. */
export function fulfils(planned: PlannedVisit, visit: MadeVisit): boolean {
  return (
    visit.met &&
    planned.modes.includes(visit.mode) &&
    visit.day >= planned.fromDate &&
    (planned.caseId === null || planned.caseId === visit.caseId)
  );
}

/** The visit that settles what was planned: the earliest that fulfils it; null while none does. */
export function settledBy(planned: PlannedVisit, visits: readonly MadeVisit[]): MadeVisit | null {
  const fitting = visits.filter((visit) => fulfils(planned, visit));
  return fitting.reduce<MadeVisit | null>(
    (first, visit) =>
      first === null || visit.day < first.day || (visit.day === first.day && visit.id < first.id) ? visit : first,
    null,
  );
}

/** The months of a span, each cut to the span: a pupil at risk is visited in every one. */
export function monthsOf(from: DateText, to: DateText): { from: DateText; to: DateText }[] {
  const months: { from: DateText; to: DateText }[] = [];
  for (let start = from; start <= to;) {
    const year = Number(start.slice(0, 4));
    const month = Number(start.slice(5, 7));
    const next = `${String(month === 12 ? year + 1 : year)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
    const last = addCalendarDays(next, -1);
    months.push({ from: start, to: last < to ? last : to });
    start = next;
  }
  return months;
}

/** Spreads groups (the pupils of a household together) evenly over the days, in order; answers a day for each group. Needs at least one day. */
export function spreadOver(sizes: readonly number[], days: readonly DateText[]): DateText[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  return sizes.map((size) => {
    const at = Math.min(days.length - 1, Math.floor(((before + size / 2) / total) * days.length));
    before += size;
    return days[at] ?? days[0] ?? '';
  });
}

/** A planned visit with how it stands. */
export interface CoverageItem {
  childId: string;
  householdId: string | null;
  toDate: DateText | null;
  visitDay: DateText | null;
  attempts: number;
}
/** How far a plan is, by pupil and by household (不漏一户，不差一人). */
export interface Coverage {
  due: number;
  covered: number;
  late: number;
  attempted: number;
  none: number;
  households: number;
  householdsCovered: number;
}

/** Whether a planned visit was made in its time. */
function isCovered(item: Pick<CoverageItem, 'toDate' | 'visitDay'>): boolean {
  return item.visitDay !== null && (item.toDate === null || item.visitDay <= item.toDate);
}

/** The standing of a planned visit. */
export function coverageState(item: Pick<CoverageItem, 'toDate' | 'visitDay' | 'attempts'>): CoverageState {
  if (isCovered(item)) return 'covered';
  if (item.visitDay !== null) return 'late';
  return item.attempts > 0 ? 'attempted' : 'none';
}

/** The standing of a household: the best of those of its pupils. */
export function bestState(states: readonly CoverageState[]): CoverageState {
  return coverageStates.find((state) => states.includes(state)) ?? 'none';
}

/** Counts a plan: covered in time, late, only attempts, nothing; a household is covered by any of its pupils (each month for itself), a pupil without a household stands for himself. */
export function coverageOf(items: readonly CoverageItem[]): Coverage {
  const households = new Map<string, boolean>();
  const sum = { due: items.length, covered: 0, late: 0, attempted: 0, none: 0 };
  for (const item of items) {
    const covered = isCovered(item);
    sum[coverageState(item)] += 1;
    const household = `${item.householdId ?? item.childId} ${item.toDate ?? ''}`;
    households.set(household, covered || households.get(household) === true);
  }
  return { ...sum, households: households.size, householdsCovered: [...households.values()].filter(Boolean).length };
}
