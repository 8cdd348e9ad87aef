/** A heading under which settings stand on their page, in the page's order. */
export interface SettingGroup {
  id: string;
  title: string;
  /** Keys, or beginnings of keys that end with a dot. A whole key goes before a beginning. */
  keys: readonly string[];
}

/** The headings of the page 参数: after whose work a setting bears on. */
export const settingGroups: readonly SettingGroup[] = [
  { id: 'goals', title: '年龄、目标与公开', keys: ['ages', 'target.', 'open.'] },
  { id: 'comparison', title: '数据比对', keys: ['due.'] },
  {
    id: 'attendance',
    title: '点名与请假',
    keys: ['attendance.', 'leave.', 'duty.markClass', 'duty.firstDayClass', 'duty.firstDaySign', 'duty.verifyLeave'],
  },
  {
    id: 'dropout',
    title: '预警、报告与劝返',
    keys: ['risk.', 'dropout.', 'duty.visitSuspected', 'duty.urgentCase', 'duty.referralAnswer'],
  },
  { id: 'visits', title: '走访与帮扶', keys: ['visits.', 'pairing.'] },
  { id: 'enrolment', title: '学籍异动与升学', keys: ['enrolment.', 'duty.noShow', 'duty.homeLessons'] },
  { id: 'reports', title: '统计报送', keys: ['report.', 'roll.', 'duty.acceptReports'] },
  { id: 'reminders', title: '逐级上报与提醒', keys: ['duty.'] },
  { id: 'accounts', title: '账号', keys: ['password.'] },
];

/** The heading of a setting; null for a key that stands under none. */
export function groupOfSetting(key: string): SettingGroup | null {
  const whole = settingGroups.find((group) => group.keys.includes(key));
  if (whole) return whole;
  return settingGroups.find((group) => group.keys.some((one) => one.endsWith('.') && key.startsWith(one))) ?? null;
}

/** Settings under their headings, as far as they hold all the words looked for (in label, explanation or key) and, if asked, were changed. */
export function groupSettings<Row extends { key: string; label: string; words: string; isDefault: boolean }>(
  rows: readonly Row[],
  { words, changedOnly }: { words: string; changedOnly: boolean },
): { group: SettingGroup; rows: Row[] }[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/u)
    .filter((one) => one !== '');
  const fits = (row: Row) => {
    const text = `${row.label} ${row.words} ${row.key}`.toLowerCase();
    return (!changedOnly || !row.isDefault) && wanted.every((one) => text.includes(one));
  };
  return settingGroups.flatMap((group) => {
    const own = rows.filter((row) => groupOfSetting(row.key) === group && fits(row));
    return own.length === 0 ? [] : [{ group, rows: own }];
  });
}
