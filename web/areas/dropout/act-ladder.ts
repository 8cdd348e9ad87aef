import * as steps from '#contract/dropout-steps.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import type { DocumentRung, Rung } from '#domain/dropout/record.ts';
import type { TemplateContent } from '#domain/notices/record.ts';
import type { ActField } from './act-field.tsx';
import { day, line, needed, papers } from './act-fields.ts';
import type { Case } from './case-words.ts';

/** What the fields of a step depend on. */
export interface ActAsked {
  record: Case;
  today: string;
  /** What is typed so far. */
  typed: Record<string, unknown>;
  /** The words of the document, where the step is one. */
  template: TemplateContent | undefined;
}

/** A step: where it is sent, its button, its fields, and what is sent beside them. */
export interface Act {
  endpoint: Endpoint;
  words: string;
  fields: (asked: ActAsked) => ActField[];
  fixed?: Record<string, unknown>;
  /** The name under which the caller chooses an id. */
  fresh?: string;
  initial?: (asked: Omit<ActAsked, 'typed' | 'template'>) => Record<string, unknown>;
}

/** The day of the step is today until another is chosen. */
export const todayFirst: Act['initial'] = ({ today }) => ({ day: today });

/** Earlier rungs that are open must be given a reason. */
function skipReason(record: Case, rung: Rung): ActField[] {
  const missing = record.ladder.find((one) => one.rung === rung)?.missing ?? [];
  if (missing.length === 0) return [];
  return [
    {
      name: 'skipReason',
      label: '跳过前面步骤的原因',
      kind: 'text',
      needed: true,
      most: 300,
      extra: `${missing.join('；')}。`,
    },
  ];
}

/** A round of persuasion, or the case passed on to other offices. */
export function takenAct(rung: 'persuade' | 'further', words: string): Act {
  return {
    endpoint: steps.addStep,
    words,
    fresh: 'stepId',
    fixed: { rung },
    initial: todayFirst,
    fields: ({ record, today }) => [
      day(today),
      line('people', rung === 'persuade' ? '参加人员' : '移送单位和人员', 200),
      needed('words', '经过和结果', 2000),
      papers,
      ...skipReason(record, rung),
    ],
  };
}

const issueWords: Readonly<Record<DocumentRung, string>> = {
  persuasionNotice: '发出劝学通知书',
  writtenReport: '发出书面报告',
  deadlineNotice: '发出限期复学通知书',
  correctionOrder: '发出责令限期改正通知书',
};

const workSteps: readonly string[] = ['contact', 'persuade', 'visit', 'persuasionNotice', 'deadlineNotice'];

/** What the records give to a document, to be read over before it is issued. */
function recordedFields(record: Case, rung: DocumentRung): Record<string, string> {
  const since = record.crossedOn ?? record.lastSeenOn ?? record.discoveredOn;
  const given: Record<string, string> = since === null ? {} : { absentSince: since };
  if (rung === 'correctionOrder' && record.finding !== null) {
    const { facts, evidence, statement } = record.finding;
    return { ...given, facts, evidence, statement };
  }
  if (rung !== 'writtenReport') return given;
  const known = [
    record.reasonWords === null ? '' : `原因：${record.reasonWords}`,
    record.whereaboutsWords === null ? '' : `去向：${record.whereaboutsWords}`,
  ].filter((words) => words !== '');
  const work = record.timeline
    .filter((one) => one.round === record.round && !one.hidden && workSteps.includes(one.what))
    .map((one) => `${one.day} ${one.words}`);
  return {
    ...given,
    ...(known.length === 0 ? {} : { facts: `${known.join('；')}。` }),
    ...(work.length === 0 ? {} : { work: `${work.join('；')}。` }),
  };
}

/** A document of the ladder: its fields as the template has them, filled from the records. */
export function documentAct(rung: DocumentRung): Act {
  return {
    endpoint: steps.linkDocument,
    words: issueWords[rung],
    fresh: 'documentId',
    fixed: { rung },
    initial: ({ record }) => ({ fields: recordedFields(record, rung) }),
    fields: ({ record, template }) => [
      ...(template?.fields ?? []).map((field): ActField => ({
        name: ['fields', field.key],
        label: field.label,
        kind: field.kind,
        needed: field.needed && field.proposed === '',
        most: 2000,
        ...(field.proposed === '' ? {} : { extra: `不填时写：${proposedWords(field.proposed)}` }),
      })),
      ...(signedByOneself.includes(rung)
        ? []
        : [{ ...line('signerName', '签发人', 40), extra: '不填时按模板由本人签发。' }]),
      ...skipReason(record, rung),
    ],
  };
}

/** Documents that nobody issues under another's name: the report of the principal, the order of the bureau's leader. */
const signedByOneself: readonly DocumentRung[] = ['writtenReport', 'correctionOrder'];

const placeholders: Readonly<Record<string, string>> = {
  signer: '签发人',
  childName: '学生姓名',
  schoolName: '学校',
  className: '班级',
};

/** What stands in a field that is left empty, with the names of what is filled in. */
function proposedWords(proposed: string): string {
  return proposed.replace(/\{(\w+)\}/gu, (_whole, key: string) => `〔${placeholders[key] ?? '按记录'}〕`);
}
