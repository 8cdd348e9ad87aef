import type { DateText } from '#domain/basics/calendar.ts';
import { deadlineSettings } from './deadline-settings.ts';
import { SchoolCalendar } from './record.ts';
import { riskSettings } from './risk-settings.ts';
import {
  percent,
  days,
  length,
  hours,
  ages,
  minutes,
  onOff,
  people,
  schoolDays,
  someWords,
  timeOfDay,
  times,
  visitModes,
  weekdayWords,
  type SettingCheck,
  type SettingItem,
} from './setting-kinds.ts';

/** Every setting by its key: label, explanation, default and check. Calendars stand apart (`calendar.<year>`). */
export const settingCatalogue = {
  ages,
  'target.enrolment': percent('target.enrolment', '入学率目标（%）', '适龄儿童少年入学率应达到的目标（方案二）。', 100),
  'target.retention': percent('target.retention', '巩固率目标（%）', '义务教育年巩固率应达到的目标（方案二）。', 99),
  'target.retentionPrimary': percent(
    'target.retentionPrimary',
    '小学巩固率目标（%）',
    '小学年巩固率应达到的目标；各学年可分别设定，自所填日期起施行。',
    99,
  ),
  'target.retentionJunior': percent(
    'target.retentionJunior',
    '初中巩固率目标（%）',
    '初中年巩固率应达到的目标；各学年可分别设定，自所填日期起施行。',
    99,
  ),
  // interchange: open data
  'open.smallest': people(
    'open.smallest',
    '公开数据最小人数',
    '开放数据中 1 至不足此数的人数不公布，并补充隐去可推算出它们的数。',
    5,
    3,
    50,
  ),
  'due.notEnrolled': days(
    'due.notEnrolled',
    '“应入学未入学”核实期限',
    '发现后由社区会同对口学校上门核实的自然日数。',
    7,
  ),
  'due.onRollAbsent': days('due.onRollAbsent', '“在籍不在校”核实期限', '发现后由学校核实的自然日数。', 3),
  'due.other': days('due.other', '其他比对发现核实期限', '双重学籍、身份待核对、在校不在册等发现的自然日数。', 14),
  ...deadlineSettings,
  // duties: deadlines, quiet hours, digest
  'duty.markClass': minutes('duty.markClass', '点名期限（分钟）', '第一节课开始后多少分钟内完成点名。', 30),
  'duty.firstDayClass': schoolDays(
    'duty.firstDayClass',
    '开学首日核对期限',
    '班主任核对本班开学首日到校情况的上课日数，0 为当日。',
    0,
  ),
  'duty.firstDaySign': days(
    'duty.firstDaySign',
    '开学首日名单签名期限',
    '校长签本校开学首日到校核对名单的上课日数。',
    3,
  ),
  'duty.visitSuspected': days(
    'duty.visitSuspected',
    '疑似辍学走访期限',
    '疑似辍学后上门走访的自然日数，遇假日不顺延。',
    3,
  ),
  'duty.verifyLeave': days('duty.verifyLeave', '请假核实期限', '请假到期未返校等情况的核实期限（上课日）。', 3),
  'duty.noShow': days('duty.noShow', '未到校学生去向查明期限', '升学未报到、转学逾期未到校后查明去向的自然日数。', 5),
  'duty.homeLessons': days('duty.homeLessons', '送教课时补足期限', '每月送教课时不足定额后补足的工作日数。', 10),
  'duty.referralAnswer': days('duty.referralAnswer', '协查回函催办期限', '发函后多少个工作日无回函即催办。', 15),
  'duty.climbHours': hours(
    'duty.climbHours',
    '逐级上报间隔（小时）',
    '任务超期上报一级后，仍未办结再上报一级的小时数。',
    24,
    1,
    240,
  ),
  'duty.quietFrom': hours(
    'duty.quietFrom',
    '夜间免打扰开始（时）',
    '从几时起不上报、不外发消息，紧急情况除外。',
    21,
    0,
    23,
  ),
  'duty.quietTo': hours('duty.quietTo', '夜间免打扰结束（时）', '到几时止。', 7, 0, 23),
  'duty.digestHour': hours(
    'duty.digestHour',
    '每日摘要时间（时）',
    '每天几时向校长和局领导、控辍专干发送任务摘要。',
    8,
    0,
    23,
  ),
  // books
  'pairing.difficulties': someWords(
    'pairing.difficulties',
    '双困生的困难类别',
    '登记双困生时可选的困难；至少选两类才列为双困生。已登记的保留登记时的名称。',
    ['学习困难', '家庭经济困难', '思想品行困难', '生活困难'],
  ),
  // visits
  'visits.modesTerm': visitModes('visits.modesTerm', '学期普访计入的方式', ['上门', '线上']),
  'visits.modesHoliday': visitModes('visits.modesHoliday', '假期走访计入的方式', ['上门', '电话', '线上']),
  // 考勤
  'attendance.consecutive': days(
    'attendance.consecutive',
    '连续无故缺勤预警天数',
    '一学期内连续无故缺勤达到这些上课日，即列为疑似辍学（方案三（五）2）。',
    3,
  ),
  'attendance.cumulative': days(
    'attendance.cumulative',
    '累计无故缺勤预警天数',
    '一学期内累计无故缺勤达到这些上课日，即列为疑似辍学。半天计 0.5 天。',
    10,
  ),
  'attendance.afternoon': onOff(
    'attendance.afternoon',
    '下午点名',
    '是否上午、下午各点名一次；否则每天点名一次。',
    false,
  ),
  'attendance.firstLesson': timeOfDay(
    'attendance.firstLesson',
    '上午第一节课时间',
    '上课日到这个时间，各班即应点名。',
    '08:20',
  ),
  'attendance.afternoonLesson': timeOfDay(
    'attendance.afternoonLesson',
    '下午第一节课时间',
    '实行下午点名时，各班即应点名的时间。',
    '14:20',
  ),
  'leave.ownDays': days('leave.ownDays', '班主任可批准的请假天数', '超过这些上课日的请假由德育主任或校长批准。', 3),
  'leave.illnessDays': days(
    'leave.illnessDays',
    '病假无证明核实天数',
    '病假超过这些上课日而没有证明的，应上门核实。',
    15,
  ),
  'leave.personalDays': days('leave.personalDays', '事假核实天数', '事假超过这些上课日的，应上门核实。', 7),
  ...riskSettings,
  // 学籍异动
  'enrolment.partyDays': days('enrolment.partyDays', '学籍异动各方期限', '转学等异动每一方应办结的工作日数。', 10),
  'enrolment.noShowDays': days('enrolment.noShowDays', '升学未报到期限', '报到日后多少个自然日未到校即为未报到。', 5),
  'enrolment.renewalDays': days(
    'enrolment.renewalDays',
    '休学期满前办理期限',
    '休学期满前多少个工作日申请复学或继续休学。',
    15,
  ),
  'enrolment.deferralDelegated': onOff(
    'enrolment.deferralDelegated',
    '延缓入学委托街道批准',
    '已书面委托街道办事处批准延缓入学的，须附街道批准文书。',
    false,
  ),
  // 辍学与劝返
  'dropout.bureauConfirms': onOff(
    'dropout.bureauConfirms',
    '辍学由区级确认',
    '学校确认后，是否还须区教育局确认。',
    false,
  ),
  'dropout.rounds': times('dropout.rounds', '发通知书前的劝返次数', '一般劝返几次后发劝学通知书。', 2),
  'dropout.stepDays': days('dropout.stepDays', '劝返各步期限', '劝返阶梯每一步应办理的自然日数。', 3),
  'dropout.presentDays': days(
    'dropout.presentDays',
    '认定复学的连续到校天数',
    '连续到校达到这些上课日，方可认定复学。',
    5,
  ),
  'dropout.confirmDays': days('dropout.confirmDays', '疑似辍学确认期限', '学校确认或排除疑似辍学的自然日数。', 7),
  'dropout.checkDays': days('dropout.checkDays', '个案复核期限', '区教育局确认、复核排除或销号的自然日数。', 7),
  'dropout.persuadeDays': days('dropout.persuadeDays', '劝返间隔', '在办个案两次劝返之间的自然日数。', 14),
  'dropout.callBack': percent('dropout.callBack', '复学回访比例（%）', '由区教育局随机回访的复学学生比例。', 10),
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

/** What an official reads for a key; the key itself where the catalogue has none. */
export function settingLabel(key: string): string {
  return settingItems.find((item) => item.key === key)?.label ?? key;
}

/** The value of a setting in words, as a rule names it. */
export function settingValue(key: string, value: unknown): string {
  const kind = settingItems.find((item) => item.key === key)?.kind;
  if (typeof value === 'number') return kind === 'weekday' ? weekdayWords(value) : String(value);
  return typeof value === 'string' ? value : '';
}

/** A value with its unit, as lists of settings print it. */
export function settingWords(key: string, value: unknown): string {
  const days = settingItems.find((item) => item.key === key)?.kind === 'days';
  return `${settingValue(key, value)}${days ? ' 天' : ''}`;
}

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
