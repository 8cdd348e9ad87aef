import { acts } from './act-table.ts';
import type { Case } from './case-words.ts';

/** Acts that have a page of their own instead of a form on the case. */
const leads: Readonly<Record<string, { words: string; to: (record: Case) => string | null }>> = {
  report: { words: '报告疑似辍学', to: (record) => `/cases/report?child=${record.childId}` },
  emergency: {
    words: '报告紧急情况',
    to: (record) => `/cases/report?child=${record.childId}&emergency=yes${hasEmergency(record) ? '&again=yes' : ''}`,
  },
  visit: { words: '登记走访', to: (record) => `/visits/new?child=${record.childId}&case=${record.id}` },
  returnCertificate: {
    words: '开具复学证明',
    to: (record) => `/notices/new?kind=returnCertificate&child=${record.childId}`,
  },
  serve: {
    words: '登记送达',
    to: (record) => {
      const waiting = record.ladder.find((one) => one.state === 'issued');
      return waiting?.documentId === undefined || waiting.documentId === null ? null : `/notices/${waiting.documentId}`;
    },
  },
};

/** Whether an emergency of the child was reported before, shown to this person or not. */
export function hasEmergency(record: Case): boolean {
  return record.urgent && record.emergencies.length + record.hiddenEmergencies > 0;
}

/** The address at which an act is done; null when it is done in a form on the case. */
export function leadOf(action: string, record: Case): string | null {
  return leads[action]?.to(record) ?? null;
}

/** What the button of an act says; null for an act that has none. */
export function actWords(action: string, record: Case): string | null {
  if (action === 'report' && record.reports.some((one) => one.round === record.round)) return '补充报告';
  if (action === 'emergency' && hasEmergency(record)) return '补记报警或转介';
  return acts[action]?.words ?? leads[action]?.words ?? null;
}

/** The acts of a case in the groups and the order in which its page offers them. */
export const actGroups: readonly { title: string; actions: readonly string[] }[] = [
  { title: '核实', actions: ['confirm', 'checkConfirmation', 'refuseConfirmation', 'dismiss', 'checkDismissal'] },
  { title: '联系与劝返', actions: ['contact', 'visit', 'persuade', 'plan'] },
  {
    title: '文书与认定',
    actions: ['serve', 'persuasionNotice', 'writtenReport', 'deadlineNotice', 'finding', 'correctionOrder'],
  },
  { title: '协查与移交', actions: ['refer', 'answerReferral', 'further', 'handOver'] },
  { title: '复学与跟踪', actions: ['return', 'returnCertificate', 'followUp', 'callBack'] },
  { title: '销号与重启', actions: ['closeReturned', 'proposeClosing', 'checkClosing', 'watch', 'reopen'] },
  { title: '报告', actions: ['report', 'emergency'] },
];
