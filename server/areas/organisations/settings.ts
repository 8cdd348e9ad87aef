import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/organisations.ts';
import type { DateText } from '#domain/basics/calendar.ts';
import { Failure } from '#domain/basics/failure.ts';
import { schoolYearOf, schoolYearWords } from '#domain/basics/school-year.ts';
import type { SchoolCalendar } from '#domain/organisations/record.ts';
import { schoolYearDays, workdayRule } from '#domain/organisations/rules.ts';
import {
  calendarKey,
  checkCalendar,
  checkSetting,
  settingItems,
  settingsFrom,
  yearOfCalendarKey,
  type Settings,
} from '#domain/organisations/settings.ts';
import type { Context } from '#server/http/context.ts';
import { stateDay } from './state-days.ts';
import { addSetting, settingRows } from './store-settings.ts';

/** A day after every other: all versions of a calendar hold from when they were set. */
const endOfTime = '9999-12-31';

/** Every setting of the catalogue with its value today and who set it, then the calendars that were set. */
export async function listSettings(context: Context): Promise<OutputOf<typeof contract.listSettings>> {
  const stored = new Map(
    (await settingRows(context.client, context.district, context.today)).map((row) => [row.key, row]),
  );
  const values = settingsFrom(new Map([...stored].map(([key, row]) => [key, row.value])));
  const byKey = new Map<string, unknown>(Object.entries(values));
  const calendars = [...stored.values()].filter((row) => yearOfCalendarKey(row.key) !== null);
  return [
    ...settingItems.map((item) => {
      const row = stored.get(item.key);
      return {
        key: item.key,
        label: item.label,
        words: item.words,
        value: byKey.get(item.key),
        fromDate: row?.from_date ?? null,
        setBy: row?.set_by ?? null,
        setAt: row?.set_at.toISOString() ?? null,
        isDefault: row === undefined,
      };
    }),
    ...calendars.map((row) => ({
      key: row.key,
      label: `${schoolYearWords(yearOfCalendarKey(row.key) ?? 0)}校历`,
      words: '学期起止与逐日调整。',
      value: row.value,
      fromDate: row.from_date,
      setBy: row.set_by,
      setAt: row.set_at.toISOString(),
      isDefault: false,
    })),
  ];
}

/** Adds a version of a setting with who set it and on what ground; earlier versions stay. */
export async function setSetting(
  context: Context,
  input: ParsedOf<typeof contract.setSetting>,
): Promise<{ done: true }> {
  const checked = checkSetting(input.key, input.value);
  if ('fault' in checked)
    throw new Failure('input-wrong', checked.fault, { issues: [{ path: 'value', words: checked.fault }] });
  await addSetting(context.client, context.district, {
    id: context.newId(),
    key: input.key,
    value: checked.value,
    fromDate: input.fromDate,
    setBy: context.actor.name,
    setAt: await context.knownAt(),
    reason: input.reason,
  });
  context.note({
    subjectKind: 'setting',
    subjectId: input.key,
    reason: input.reason,
    detail: { value: checked.value, fromDate: input.fromDate },
  });
  return { done: true };
}

/** The settings that hold on a day. */
export async function readSettings(context: Context, asOf: DateText): Promise<Settings> {
  return (await readDatedSettings(context, asOf)).settings;
}

/** The settings that hold on a day, with the first day of each that the bureau has set; a default has none. */
export async function readDatedSettings(
  context: Context,
  asOf: DateText,
): Promise<{ settings: Settings; since: ReadonlyMap<string, DateText> }> {
  const rows = await settingRows(context.client, context.district, asOf);
  return {
    settings: settingsFrom(new Map(rows.map((row) => [row.key, row.value]))),
    since: new Map(rows.map((row) => [row.key, row.from_date])),
  };
}

function calendarFrom(key: string, value: unknown): SchoolCalendar | null {
  const year = yearOfCalendarKey(key);
  const checked = year === null ? null : checkCalendar(year, value);
  return checked && 'value' in checked ? checked.value : null;
}

/** A school year day by day: terms, weekends, holidays, make-up days and the bureau's changes. */
export async function listCalendar(
  context: Context,
  input: { schoolYear: number },
): Promise<OutputOf<typeof contract.listCalendar>> {
  const key = calendarKey(input.schoolYear);
  const row = (await settingRows(context.client, context.district, endOfTime)).find((each) => each.key === key);
  return {
    schoolYear: input.schoolYear,
    ...schoolYearDays(input.schoolYear, row ? calendarFrom(key, row.value) : null, stateDay),
  };
}

/** The district's rule for working days: the state's holidays and make-up days with the bureau's changes for everybody. */
export async function isWorkday(context: Context): Promise<(day: DateText) => boolean> {
  const rows = await settingRows(context.client, context.district, endOfTime);
  return workdayRule(
    rows.flatMap((row) => calendarFrom(row.key, row.value)?.changes ?? []),
    stateDay,
  );
}

/** What the school calendar says of days: which are days of school, the term of a day, and the terms. Covers two school years around `day`. */
export async function schoolCalendar(
  context: Context,
  day: DateText,
): Promise<{
  isSchoolDay: (day: DateText) => boolean;
  termOf: (day: DateText) => { name: string; from: DateText; to: DateText } | null;
  terms: { name: string; from: DateText; to: DateText }[];
}> {
  const rows = await settingRows(context.client, context.district, endOfTime);
  const kinds = new Map<DateText, boolean>();
  const terms: { name: string; from: DateText; to: DateText }[] = [];
  const year = schoolYearOf(day);
  for (const each of [year - 1, year, year + 1]) {
    const key = calendarKey(each);
    const row = rows.find((one) => one.key === key);
    const made = schoolYearDays(each, row ? calendarFrom(key, row.value) : null, stateDay);
    terms.push(...made.terms);
    for (const one of made.days)
      kinds.set(
        one.day,
        one.kind === 'school' || one.kind === 'makeup' || (one.kind === 'changed' && one.words.startsWith('上课')),
      );
  }
  return {
    isSchoolDay: (asked) => kinds.get(asked) ?? false,
    termOf: (asked) => terms.find((term) => term.from <= asked && asked <= term.to) ?? null,
    terms,
  };
}
