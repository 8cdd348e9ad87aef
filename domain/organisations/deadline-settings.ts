import { days, hours, times, timeOfDay, weekday, type SettingItem } from './setting-kinds.ts';

const reports = (key: string, label: string, words: string, standard: number): SettingItem<number> =>
  days(key, label, `${words}遇休息日顺延到下一个工作日。`, standard);

/** Deadlines that the plan states and the bureau may set otherwise, each from a day (product, section 5). */
export const deadlineSettings = {
  'due.proof': days(
    'due.proof',
    '“待核证明”比对发现期限',
    '自述区外就读、延缓入学、不在义务教育年龄的取证自然日数。',
    30,
  ),
  'due.again': days('due.again', '不销号发现再次核实期限', '说明属实但不能销号的发现，多少个自然日后再次核实。', 14),
  'duty.urgentCase': hours(
    'duty.urgentCase',
    '紧急情况处置和转介期限（小时）',
    '报告紧急情况后，处置并由转介单位答复的小时数，不避夜间和假日。',
    24,
    1,
    72,
  ),
  'duty.acceptReports': days('duty.acceptReports', '签报审核期限', '学校签报后，区教育局审核的工作日数。', 2),
  'dropout.contactDays': days('dropout.contactDays', '确认辍学后首次联系期限', '确认辍学后联系监护人的自然日数。', 1),
  'dropout.followUpWeeks': times('dropout.followUpWeeks', '复学后每周跟踪次数', '认定复学后先每周跟踪几次。', 4),
  'dropout.followUpMonths': times(
    'dropout.followUpMonths',
    '复学后每月跟踪次数',
    '每周跟踪满后，再每月（30 日）跟踪几次。已认定的复学按当时的次数跟踪。',
    2,
  ),
  'report.weekDay': weekday(
    'report.weekDay',
    '周统计签报日',
    '每周的统计（或零报告）在周几签报，周五至周日。当周五为休息日的，顺延到最迟日 24:00。',
    5,
    5,
  ),
  'report.weekTime': timeOfDay('report.weekTime', '周统计签报时间', '签报日的这个时间前签报。', '18:00'),
  'report.weekLatest': weekday(
    'report.weekLatest',
    '周统计最迟日',
    '到这一天 24:00 仍未签报，即上报区教育局；早于签报日的，按签报日计。',
    7,
    5,
  ),
  'report.monthDays': reports('report.monthDays', '学校月报期限', '月末后多少日内签报。', 3),
  'report.quarterDays': reports('report.quarterDays', '学校季报期限', '季末后多少日内签报。', 10),
  'report.termDays': reports('report.termDays', '学校学期报期限', '学期结束后多少日内签报。', 5),
  'roll.monthDays': reports('roll.monthDays', '区级月汇总期限', '月末后多少日内核查汇总并上报。', 5),
  'roll.quarterDays': reports('roll.quarterDays', '区级季核查期限', '季末后多少日内核查汇总并上报。', 10),
  'roll.termDays': reports('roll.termDays', '区级学期汇总期限', '学期结束后多少日内核查汇总并上报。', 10),
  'roll.yearDays': reports('roll.yearDays', '区级学年汇总期限', '学年结束（8 月 31 日）后多少日内核查汇总并上报。', 20),
} as const;
