import { rule } from './duty-rule.ts';
import { findingPath } from './paths.ts';

const settledBy = ['comparison.findingStepped', 'comparison.findingsDecided', 'comparison.findingsSynced'];
const act = { words: '去核实', path: findingPath };

/** The rules of what a comparison asks its owners to verify (product, section 5). */
export const findingDutyRules = {
  verifyNotEnrolled: rule({
    id: 'verifyNotEnrolled',
    clause: '三(一)3',
    title: '上门核实为何未入学',
    trigger: { news: 'comparison.findingsSynced', when: '数据比对列为“应入学未入学”，或改派、退回重新核实' },
    subject: 'finding',
    ladder: ['communityWorker', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'calendar', amount: 7 },
    settings: ['due.notEnrolled', 'due.again'],
    single: true,
    settledBy,
    act,
  }),
  verifyCatchment: rule({
    id: 'verifyCatchment',
    clause: '三(一)3',
    title: '会同社区核实对口学生为何未入学',
    trigger: { news: 'comparison.findingsSynced', when: '对口片区的孩子列为“应入学未入学”，由社区或街道核实' },
    subject: 'finding',
    ladder: ['registrar', 'schoolOfficer', 'bureauOfficer', 'bureauLeader'],
    // whichever of the two goes (product, section 5)
    heldAbove: 1,
    due: { unit: 'calendar', amount: 7 },
    settings: ['due.notEnrolled', 'due.again'],
    single: true,
    settledBy,
    act,
  }),
  verifyAbsent: rule({
    id: 'verifyAbsent',
    clause: '三(五)2',
    title: '核实为何不在校',
    trigger: { news: 'comparison.findingsSynced', when: '数据比对列为“在籍不在校”，或改派、退回重新核实' },
    subject: 'finding',
    ladder: ['schoolOfficer', 'principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'calendar', amount: 3 },
    settings: ['due.onRollAbsent', 'due.again'],
    single: true,
    settledBy,
    act,
  }),
  verifyFinding: rule({
    id: 'verifyFinding',
    clause: '三(一)3',
    title: '核对比对发现',
    trigger: {
      news: 'comparison.findingsSynced',
      when: '数据比对列为双重学籍、在校不在册、身份待核对、档案重复，或改派、退回重新核实',
    },
    subject: 'finding',
    ladder: ['registrar', 'principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'calendar', amount: 14 },
    settings: ['due.other', 'due.again'],
    single: true,
    settledBy,
    act,
  }),
};
