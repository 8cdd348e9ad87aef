import { rule } from './duty-rule.ts';
import { firstDayPath, firstDaySchoolPath } from './paths.ts';

/** The rules of the first school day of a term: what each class completes the same day, and what the principal signs. */
export const firstDayRules = {
  firstDayClass: rule({
    id: 'firstDayClass',
    clause: '三(五)2',
    title: '核对开学首日到校情况',
    trigger: { news: 'attendance.firstDayDue', when: '每学期第一个上课日；更正后又有学生未到校的，再次核对' },
    subject: 'class',
    ladder: ['classTeacher', 'principal', 'bureauOfficer'],
    due: { unit: 'school', amount: 0 },
    settings: ['duty.firstDayClass'],
    settledBy: ['attendance.firstDayDone'],
    act: { words: '去核对', path: firstDayPath },
  }),
  firstDaySign: rule({
    id: 'firstDaySign',
    clause: '三(五)2',
    title: '签本校开学首日到校核对名单',
    trigger: { news: 'attendance.firstDayDue', when: '每学期第一个上课日' },
    subject: 'report',
    ladder: ['principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'school', amount: 3 },
    settings: ['duty.firstDaySign'],
    settledBy: ['attendance.firstDaySigned'],
    act: { words: '去签', path: firstDaySchoolPath },
  }),
};
