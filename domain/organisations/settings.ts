import { z } from 'zod';
import type { DateText } from '#domain/basics/calendar.ts';
import { defaultAges } from '#domain/basics/school-year.ts';
import { SchoolCalendar } from './record.ts';

/** What a value is, so that a form can be made for it. */
export type SettingKind = 'ages' | 'percent' | 'days' | 'number' | 'words';

/** The answer to a proposed value: the value as it will be kept, or what is wrong with it. */
export type SettingCheck<Value> = { value: Value } | { fault: string };

/** One setting of the catalogue: what an official reads, what holds by default, and what is accepted. */
export interface SettingItem<Value> {
  key: string;
  label: string;
  words: string;
  kind: SettingKind;
  default: Value;
  check(value: unknown): SettingCheck<Value>;
}

function checkWith<Value>(shape: z.ZodType<Value>, fault: string): (value: unknown) => SettingCheck<Value> {
  return (value) => {
    const parsed = shape.safeParse(value);
    return parsed.success ? { value: parsed.data } : { fault };
  };
}

const Ages = z.object({ from: z.number().int().min(5).max(8), below: z.number().int().min(15).max(19) });

function percent(key: string, label: string, words: string, standard: number): SettingItem<number> {
  return {
    key,
    label,
    words,
    kind: 'percent',
    default: standard,
    check: checkWith(z.number().min(0).max(100), '应为 0 至 100 的数。'),
  };
}

function days(key: string, label: string, words: string, standard: number): SettingItem<number> {
  return {
    key,
    label,
    words,
    kind: 'days',
    default: standard,
    check: checkWith(z.number().int().min(1).max(60), '应为 1 至 60 的整数（自然日）。'),
  };
}

function length(key: string, label: string, words: string, standard: number): SettingItem<number> {
  return {
    key,
    label,
    words,
    kind: 'number',
    default: standard,
    check: checkWith(z.number().int().min(standard).max(64), `应为 ${String(standard)} 至 64 的整数。`),
  };
}

const ages: SettingItem<z.infer<typeof Ages>> = {
  key: 'ages',
  label: '义务教育年龄',
  kind: 'ages',
  default: defaultAges,
  words: '在学年开始前的 8 月 31 日年满“起”岁、未满“止”岁的儿童少年应接受义务教育（义务教育法第五、十一条）。',
  check: checkWith(Ages, '起始年龄应为 5 至 8 的整数，截止年龄应为 15 至 19 的整数。'),
};

const leaveWords: SettingItem<string[]> = {
  key: 'leave.extraWords',
  label: '另外视为请假的说法',
  kind: 'words',
  default: [],
  words: '到校情况表“原因”栏中，除病假、事假、公假、丧假、休学、送教上门外，本区另外视为已请假的说法。',
  check: checkWith(z.array(z.string().trim().min(1).max(20)).max(40), '至多 40 个，每个不超过 20 字。'),
};

/** Every setting by its key: label, explanation, default and check. Calendars stand apart (`calendar.<year>`). */
export const settingCatalogue = {
  ages,
  'target.enrolment': percent('target.enrolment', '入学率目标（%）', '适龄儿童少年入学率应达到的目标（方案二）。', 100),
  'target.retention': percent('target.retention', '巩固率目标（%）', '义务教育年巩固率应达到的目标（方案二）。', 99),
  'due.notEnrolled': days(
    'due.notEnrolled',
    '“应入学未入学”核实期限',
    '发现后由社区会同对口学校上门核实的自然日数。',
    7,
  ),
  'due.onRollAbsent': days('due.onRollAbsent', '“在籍不在校”核实期限', '发现后由学校核实的自然日数。', 3),
  'due.other': days('due.other', '其他比对发现核实期限', '双重学籍、身份待核对、在校不在册等发现的自然日数。', 14),
  'leave.extraWords': leaveWords,
  'password.minimum': length('password.minimum', '密码最短长度', '一般账号的密码至少多少位。', 10),
  'password.minimumAdministrator': length(
    'password.minimumAdministrator',
    '管理员密码最短长度',
    '系统、安全、审计三员的密码至少多少位。',
    12,
  ),
} as const;

/** A key of the catalogue. */
export type SettingKey = keyof typeof settingCatalogue;
/** The value of every setting, by key. */
export type Settings = { [Key in SettingKey]: (typeof settingCatalogue)[Key]['default'] };

/** The catalogue as a list, in the order of the page. */
export const settingItems: readonly SettingItem<unknown>[] = Object.values(settingCatalogue);

/** The values that hold: the stored one where it passes its check, else the default. */
export function settingsFrom(stored: ReadonlyMap<string, unknown>): Settings {
  const values = settingItems.map((item) => {
    const checked = stored.has(item.key) ? item.check(stored.get(item.key)) : null;
    return [item.key, checked && 'value' in checked ? checked.value : item.default];
  });
  // as: every key of the catalogue is set, with a value that its own check gave
  return Object.fromEntries(values) as Settings;
}

/** The days within which a finding of a kind is to be verified, calendar days (product, section 5). */
export function dueDaysOf(settings: Settings, kind: string): number {
  if (kind === 'notEnrolled') return settings['due.notEnrolled'];
  return kind === 'onRollAbsent' ? settings['due.onRollAbsent'] : settings['due.other'];
}

/** The key of a school year's calendar. */
export function calendarKey(schoolYear: number): string {
  return `calendar.${String(schoolYear)}`;
}

/** The school year of a calendar's key, null for another key. */
export function yearOfCalendarKey(key: string): number | null {
  const year = /^calendar\.(20\d{2})$/.exec(key)?.[1];
  return year === undefined ? null : Number(year);
}

/** Checks a calendar: terms in order, apart, within the school year (1 September to 31 August); each day changed once. */
export function checkCalendar(schoolYear: number, value: unknown): SettingCheck<SchoolCalendar> {
  const parsed = SchoolCalendar.safeParse(value);
  if (!parsed.success) return { fault: '校历应写明各学期的名称和起止日期，以及逐日调整的日期、种类和说明。' };
  const { terms, changes } = parsed.data;
  const first = `${String(schoolYear)}-08-15`;
  const last = `${String(schoolYear + 1)}-08-31`;
  let before: DateText = first;
  for (const term of terms) {
    if (term.to < term.from) return { fault: `${term.name}的结束日期早于开始日期。` };
    if (term.from < before || term.to > last) return { fault: `${term.name}的日期与前一学期重叠，或不在本学年内。` };
    before = term.to;
  }
  const twice = changes.find((change, at) => changes.findIndex((other) => other.day === change.day) !== at);
  return twice ? { fault: `${twice.day} 写了两次。` } : { value: parsed.data };
}

/** Checks a value for any key, calendars included; an unknown key is a fault. */
export function checkSetting(key: string, value: unknown): SettingCheck<unknown> {
  const year = yearOfCalendarKey(key);
  if (year !== null) return checkCalendar(year, value);
  const item = settingItems.find((candidate) => candidate.key === key);
  return item ? item.check(value) : { fault: '没有这项设置。' };
}
