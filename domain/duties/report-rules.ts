import { rule } from './duty-rule.ts';
import type { DutyPlace } from './record.ts';

/** The report of the occasion: its kind of period and its first day. */
function reportPath(place: DutyPlace, _subjectId: string, occasion: string): string {
  const [period = '', day = ''] = occasion.split(' ');
  return `/reports/${place.schoolId ?? ''}?period=${period}&day=${day}`;
}

/** The period of the occasion: its kind and first day, as an address names it. */
const periodOf = (occasion: string): string => {
  const [period = '', day = ''] = occasion.split(' ');
  return `period=${period}&day=${day}`;
};

/** The rules of period reports: what each school signs, and what the bureau accepts and closes. */
export const reportRules = {
  reportDue: rule({
    id: 'reportDue',
    clause: '三(五)2',
    title: '签报周、月、季、学期统计',
    trigger: { news: 'statistics.reportDue', when: '周五起报本周（周五 18:00 前），月末、季末、学期末起报本期' },
    subject: 'report',
    ladder: ['principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    settledBy: ['statistics.reportSigned'],
    act: { words: '去签报', path: reportPath },
  }),
  acceptReports: rule({
    id: 'acceptReports',
    clause: '三(五)4',
    title: '审核各校签报的统计',
    trigger: { news: 'statistics.reportSigned', when: '本期有学校已签报、尚未审核' },
    subject: 'report',
    ladder: ['bureauOfficer', 'bureauLeader'],
    due: { unit: 'working', amount: 2 },
    single: true,
    settledBy: ['statistics.reportDecided'],
    act: { words: '去审核', path: (_place, _subject, occasion) => `/reports?${periodOf(occasion)}&state=signed` },
  }),
  rollDue: rule({
    id: 'rollDue',
    clause: '三(五)4',
    title: '签发全区汇总（月、季复核、学期）',
    trigger: {
      news: 'statistics.rollDue',
      when: '一个月、季度、学期结束：月后 5 日、季后 10 日、学期结束后 10 日内',
    },
    subject: 'report',
    ladder: ['bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    settledBy: ['statistics.rollSigned'],
    act: { words: '去签发', path: (_place, _subject, occasion) => `/reports/district?${periodOf(occasion)}` },
  }),
};
