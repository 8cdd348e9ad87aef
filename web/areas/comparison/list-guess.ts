import { listKindOrder, type ListKindCode } from './comparison-words.ts';

const signs: readonly { kind: ListKindCode; pattern: RegExp }[] = [
  { kind: 'schools', pattern: /学校名录|学校名单|学校代码/u },
  { kind: 'presence', pattern: /到校|在校情况|出勤|点名/u },
  { kind: 'keylist', pattern: /低保|特困|脱贫|残疾|孤儿|无人抚养|留守|随迁|重点群体|帮扶|资助/u },
  { kind: 'register', pattern: /适龄|信息档案|摸底|户籍|人口/u },
  { kind: 'registry', pattern: /全国系统|系统导出|学籍比对/u },
  { kind: 'roster', pattern: /学籍|花名册|名册|学生信息/u },
];

/** The kind of list that a file's name speaks of; null when it does not say. */
export function guessListKind(fileName: string): ListKindCode | null {
  return signs.find((sign) => sign.pattern.test(fileName))?.kind ?? null;
}

/** The day in a file's name, `2026-11-20`, `20261120` or `2026年11月20日`; null when there is none. */
export function guessDay(fileName: string): string | null {
  const match = /(20\d{2})[-_.年]?(0[1-9]|1[0-2]|[1-9](?=月))[-_.月]?(0[1-9]|[12]\d|3[01]|[1-9](?=日))/u.exec(
    fileName.replace(/\d{9,}/gu, ''),
  );
  return match ? `${match[1] ?? ''}-${(match[2] ?? '').padStart(2, '0')}-${(match[3] ?? '').padStart(2, '0')}` : null;
}

/** Files in the order in which lists build on each other: schools first. */
export function inListOrder<T extends { kind: ListKindCode | null }>(files: readonly T[]): T[] {
  const place = (file: T) => (file.kind === null ? listKindOrder.length : listKindOrder.indexOf(file.kind));
  return [...files].sort((a, b) => place(a) - place(b));
}
