import { addCalendarDays, weekdayOf, type DateText } from '#domain/basics/calendar.ts';
import { roleWords, type Role } from '#domain/basics/roles.ts';
import type { CalendarChange, SchoolCalendar, SchoolDayKind, StateDay, Term } from './record.ts';
import { schoolDayWords } from './words.ts';

/** A span of days, both included; `to` null is open. */
export interface Span {
  from: DateText;
  to: DateText | null;
}

/** Whether two spans share a day. */
export function spansOverlap(a: Span, b: Span): boolean {
  return (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
}

/** The three administrators: separate hands, and no children's records (product, section 1). */
export const administratorRoles: readonly Role[] = ['sysAdmin', 'secAdmin', 'auditAdmin'];

/** A post held or asked for. */
export interface PostSpan extends Span {
  role: Role;
  unitId: string;
}

/** Why a person who holds `held` may not take `wanted`; null when nothing stands against it. */
export function postFault(
  wanted: PostSpan,
  held: readonly PostSpan[],
): { code: 'already-exists' | 'input-wrong'; words: string } | null {
  if (wanted.to !== null && wanted.to < wanted.from) return { code: 'input-wrong', words: '结束日期早于开始日期。' };
  for (const post of held.filter((each) => spansOverlap(each, wanted))) {
    if (post.role === wanted.role && post.unitId === wanted.unitId) {
      return { code: 'already-exists', words: `该人员在这段时间已任${roleWords[wanted.role]}，不必重复任职。` };
    }
    const administrator = [post.role, wanted.role].find((role) => administratorRoles.includes(role));
    if (administrator) {
      return {
        code: 'input-wrong',
        words: `${roleWords[administrator]}须由专人担任，不能同时担任${roleWords[post.role === administrator ? wanted.role : post.role]}。`,
      };
    }
  }
  return null;
}

/** What is wrong with a place's code, kind and parent; null when they fit (9 digits a street, 12 a community). */
export function placeFault(
  district: string,
  place: { code: string; kind: 'subdistrict' | 'community'; parentCode: string | null },
): { path: string; words: string } | null {
  if (!place.code.startsWith(district)) return { path: 'code', words: `代码应以本区代码 ${district} 开头。` };
  if (place.code.length !== (place.kind === 'subdistrict' ? 9 : 12))
    return { path: 'code', words: '街道代码 9 位，社区代码 12 位。' };
  if (place.kind === 'subdistrict' && place.parentCode !== null)
    return { path: 'parentCode', words: '街道没有上级街道。' };
  if (place.kind === 'community' && place.parentCode === null) return { path: 'parentCode', words: '请选择所属街道。' };
  return null;
}

/** The usual terms of a school year: 1 September to the end of January, the middle of February to the end of June. */
export function defaultTerms(schoolYear: number): Term[] {
  const next = String(schoolYear + 1);
  return [
    { name: '第一学期', from: `${String(schoolYear)}-09-01`, to: `${next}-01-31` },
    { name: '第二学期', from: `${next}-02-16`, to: `${next}-06-30` },
  ];
}

/** Whether a date is a Saturday or Sunday. */
export function isWeekend(day: DateText): boolean {
  return weekdayOf(day) >= 5;
}

/** The state's day with the bureau's changes laid over it. */
function changedState(state: StateDay, change: CalendarChange | undefined): StateDay {
  if (change?.kind === 'holiday') return { work: false, holiday: change.words };
  return change?.kind === 'workday' ? { work: true, holiday: change.words } : state;
}

/** The rule for working days: the state's arrangement, changed where the bureau entered `holiday` or `workday`. */
export function workdayRule(
  changes: readonly CalendarChange[],
  stateDay: (day: DateText) => StateDay,
): (day: DateText) => boolean {
  const byDay = new Map(changes.map((change) => [change.day, change]));
  return (day) => changedState(stateDay(day), byDay.get(day)).work;
}

/** A day of the school calendar. */
export interface CalendarDay {
  day: DateText;
  kind: SchoolDayKind;
  words: string;
}

function dayOf(
  day: DateText,
  terms: readonly Term[],
  change: CalendarChange | undefined,
  state: StateDay,
): CalendarDay {
  if (change?.kind === 'noSchool') return { day, kind: 'changed', words: `停课：${change.words}` };
  if (change?.kind === 'school') return { day, kind: 'changed', words: `上课：${change.words}` };
  if (!terms.some((term) => term.from <= day && day <= term.to))
    return { day, kind: 'vacation', words: schoolDayWords.vacation };
  if (!state.work && state.holiday !== null) return { day, kind: 'holiday', words: state.holiday };
  if (state.work && state.holiday !== null)
    return { day, kind: 'makeup', words: `${schoolDayWords.makeup}（${state.holiday}）` };
  return state.work
    ? { day, kind: 'school', words: schoolDayWords.school }
    : { day, kind: 'weekend', words: schoolDayWords.weekend };
}

/** Every day of a school year, 1 September to 31 August, with what it is for pupils. */
export function schoolYearDays(
  schoolYear: number,
  calendar: SchoolCalendar | null,
  stateDay: (day: DateText) => StateDay,
): { terms: Term[]; days: CalendarDay[] } {
  const terms = calendar?.terms ?? defaultTerms(schoolYear);
  const changes = new Map((calendar?.changes ?? []).map((change) => [change.day, change]));
  const days: CalendarDay[] = [];
  const last = `${String(schoolYear + 1)}-08-31`;
  for (let day = `${String(schoolYear)}-09-01`; day <= last; day = addCalendarDays(day, 1)) {
    const change = changes.get(day);
    days.push(dayOf(day, terms, change, changedState(stateDay(day), change)));
  }
  return { terms, days };
}

/** What a new catchment changes: communities to begin, and those that end the day before. */
export function catchmentChanges(
  held: readonly string[],
  wanted: readonly string[],
): { begin: string[]; end: string[] } {
  return {
    begin: [...new Set(wanted)].filter((code) => !held.includes(code)),
    end: held.filter((code) => !wanted.includes(code)),
  };
}
