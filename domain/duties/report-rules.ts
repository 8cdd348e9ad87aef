import { rule } from './duty-rule.ts';
import { reportPath, rollPath } from './paths.ts';

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
    trigger: {
      news: 'statistics.reportDue',
      when: '周五起报本周（默认周五 18:00 前，最迟周日），月末、季末、学期末起报本期',
    },
    subject: 'report',
    ladder: ['principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    settings: [
      'report.weekDay',
      'report.weekTime',
      'report.weekLatest',
      'report.monthDays',
      'report.quarterDays',
      'report.termDays',
    ],
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
    settings: ['duty.acceptReports'],
    single: true,
    settledBy: ['statistics.reportDecided'],
    act: { words: '去审核', path: (_place, _subject, occasion) => `/reports?${periodOf(occasion)}&state=signed` },
  }),
  rollDue: rule({
    id: 'rollDue',
    clause: '三(五)4',
    title: '核查、汇总并上报全区月、季、学期、学年统计',
    trigger: { news: 'statistics.reportDue', when: '月末、季末、学期末、学年末起，各校报送后核查汇总' },
    subject: 'report',
    ladder: ['bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    settings: ['roll.monthDays', 'roll.quarterDays', 'roll.termDays', 'roll.yearDays'],
    settledBy: ['statistics.rollFiled'],
    act: { words: '去汇总', path: rollPath },
  }),
};
