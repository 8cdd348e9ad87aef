import chineseDays from 'chinese-days';
import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import type { StateDay } from '#domain/organisations/record.ts';
import { isWeekend } from '#domain/organisations/rules.ts';

const known = new Map<DateText, StateDay>();

/** Holidays of the law (全国年节及纪念日放假办法, 2025) for a year whose arrangement the State Council has not published yet. */
function lawfulHoliday(day: DateText): string | null {
  const fixed: Record<string, string> = {
    '01-01': '元旦',
    '05-01': '劳动节',
    '05-02': '劳动节',
    '10-01': '国庆节',
    '10-02': '国庆节',
    '10-03': '国庆节',
  };
  const named = fixed[day.slice(5)];
  if (named !== undefined) return named;
  if (day === chineseDays.getSolarTermDate(Number(day.slice(0, 4)), 4, 'pure_brightness')) return '清明节';
  const lunar = (date: DateText) => chineseDays.getLunarDate(date);
  const today = lunar(day);
  const tomorrow = lunar(addCalendarDays(day, 1));
  if ((today.lunarMon === 1 && today.lunarDay <= 3) || (tomorrow.lunarMon === 1 && tomorrow.lunarDay === 1))
    return '春节';
  if (today.isLeap) return null;
  if (today.lunarMon === 5 && today.lunarDay === 5) return '端午节';
  return today.lunarMon === 8 && today.lunarDay === 15 ? '中秋节' : null;
}

function read(day: DateText): StateDay {
  // Where a year's arrangement is in the library, its first of January is a holiday there.
  if (chineseDays.getDayDetail(`${day.slice(0, 4)}-01-01`).work) {
    const holiday = lawfulHoliday(day);
    return { work: holiday === null && !isWeekend(day), holiday };
  }
  const detail = chineseDays.getDayDetail(day);
  // An arranged day is named `English,中文,days`; an ordinary one has the weekday's name.
  return { work: detail.work, holiday: detail.name.split(',')[1] ?? null };
}

/** What the state says of a day: the published arrangement of holidays and make-up days, else the holidays of the law and the weekends. */
export function stateDay(day: DateText): StateDay {
  let state = known.get(day);
  if (!state) {
    state = read(day);
    if (known.size > 20_000) known.clear();
    known.set(day, state);
  }
  return state;
}
