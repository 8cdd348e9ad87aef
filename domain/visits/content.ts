import { dateOfDayNumber, dayNumber, type DateText } from '../basics/calendar.ts';
import type { VisitContent, VisitMode } from './record.ts';
import { notMetWords, visitModeWords } from './words.ts';

/** A visit as its text needs it; `at` is a moment in ISO 8601, UTC (`…Z`). */
export interface WrittenVisit {
  mode: VisitMode;
  at: string;
  content: VisitContent;
}

/** Day and minute in China (UTC+8) of a moment in UTC. */
export function chinaMinute(at: string): { day: DateText; time: string } {
  const hour = Number(at.slice(11, 13)) + 8;
  const day = dateOfDayNumber(dayNumber(at.slice(0, 10)) + (hour >= 24 ? 1 : 0));
  return { day, time: `${String(hour % 24).padStart(2, '0')}:${at.slice(14, 16)}` };
}

interface Field {
  label: string;
  of(visit: WrittenVisit): string;
}

const dashed = (text: string) => (text.trim() === '' ? '—' : text.trim());

const firstFields: readonly Field[] = [
  { label: '学生姓名', of: ({ content }) => content.shown?.name ?? '' },
  { label: '年级班级', of: ({ content }) => content.shown?.className ?? '' },
  { label: '家庭住址', of: ({ content }) => content.shown?.address ?? '' },
  { label: '家访时间', of: ({ at }) => `${chinaMinute(at).day} ${chinaMinute(at).time}` },
  { label: '方式', of: ({ mode }) => visitModeWords[mode] },
  { label: '家访教师', of: ({ content }) => content.visitors.map((one) => one.name).join('、') },
  { label: '陪同人员', of: ({ content }) => content.companions },
  {
    label: '受访家长及关系',
    of: ({ content }) => (content.guardian ? `${content.guardian.name}（${content.guardian.relation}）` : ''),
  },
  {
    label: '未遇原因',
    of: ({ content }) => (content.notMet ? `${notMetWords[content.notMet.reason]} ${content.notMet.words}` : ''),
  },
  { label: '家访目的', of: ({ content }) => content.purpose },
  { label: '家庭经济和监护情况', of: ({ content }) => content.family },
  { label: '在校表现', of: ({ content }) => content.atSchool },
  { label: '在家表现', of: ({ content }) => content.atHome },
  { label: '问题分析', of: ({ content }) => content.analysis },
  { label: '家长意见建议', of: ({ content }) => content.opinion },
  { label: '措施', of: ({ content }) => content.measures },
  { label: '下次跟进日期', of: ({ content }) => content.nextDay ?? '' },
];

/** The second version names sex, telephone and family as D4.8 has them. */
const secondFields: readonly Field[] = firstFields.flatMap((field): readonly Field[] => {
  if (field.label === '学生姓名') return [field, { label: '性别', of: ({ content }) => content.shown?.sex ?? '' }];
  if (field.label !== '家庭住址') return [field];
  return [
    field,
    { label: '联系方式', of: ({ content }) => content.shown?.phone ?? '' },
    { label: '家庭成员', of: ({ content }) => content.members },
  ];
});

/** The printed versions of a visit's content, listed: what each prints, in order (D4.8). A version that was signed is never altered; a new field makes a new version. */
export const contentVersions: Readonly<Record<number, readonly Field[]>> = { 1: firstFields, 2: secondFields };

/** The version in which new visits are written. */
export const contentVersion = 2;

/** The lines of a visit as a version prints them. */
export function contentLines(version: number, visit: WrittenVisit): { label: string; value: string }[] {
  const fields = contentVersions[version];
  if (!fields) throw new Error(`content version ${String(version)}`);
  return fields.map((field) => ({ label: field.label, value: dashed(field.of(visit)) }));
}

/** The text that is signed: every printed line of the version; its SHA-256 is the fingerprint of the content. */
export function contentText(version: number, visit: WrittenVisit): string {
  const lines = contentLines(version, visit).map(({ label, value }) => `${label}：${value}`);
  return [`家访记录 第${String(version)}版`, ...lines].join('\n');
}
