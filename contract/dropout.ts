import { z } from 'zod';
import {
  caseStates,
  closingCategories,
  emergencyKinds,
  reasonGroups,
  referralParties,
  whereaboutsCodes,
} from '#domain/dropout/record.ts';
import { watchResults } from '#domain/dropout/watch.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id } from './paging.ts';

/** Words of an entry; `needed` ones say what is missing. */
export const note = (most = 500) => z.string().trim().max(most);
/** Words that must be there. */
export const needed = (words: string, most = 500) => note(most).min(2, words);
/** Papers of an entry, uploaded before. */
export const Papers = z.array(Id).max(20).default([]);

/** What every step answers: the case as it stands now and what is owed next. */
export const CaseAfter = z.object({
  caseId: Id,
  state: z.enum(caseStates),
  stateWords: z.string(),
  round: z.number().int(),
  nextWords: z.string().nullable(),
  ownerWords: z.string().nullable(),
  dueDate: Day.nullable(),
});

/** What one person proposed and another checked: a confirmation, a dismissal, a closing; `accepted` is null until the check. */
export const CaseDecision = z.object({
  round: z.number().int(),
  kind: z.enum(['confirmation', 'dismissal', 'closing']),
  categoryWords: z.string().nullable(),
  proposedName: z.string(),
  proposedAt: z.string(),
  evidence: z.array(z.object({ label: z.string(), value: z.string(), paperIds: z.array(Id) })),
  paperIds: z.array(Id),
  note: z.string(),
  endsOn: Day.nullable(),
  watchWords: z.string().nullable(),
  checkedName: z.string().nullable(),
  checkedAt: z.string().nullable(),
  accepted: z.boolean().nullable(),
  checkNote: z.string().nullable(),
});

export const reportDropout = endpoint({
  name: 'dropout.reportDropout',
  method: 'POST',
  path: '/api/cases/report',
  summary: '报告疑似辍学',
  permission: 'cases.report',
  audit: 'dropout.reportDropout',
  offline: true,
  input: z.object({
    /** Chosen by the phone; the same report sent twice gives the same answer. */
    id: Id,
    childId: Id,
    discovered: Day,
    lastSeen: Day.nullable().default(null),
    firstAbsent: Day.nullable().default(null),
    reasonGroup: z.enum(reasonGroups),
    reasonWords: note().default(''),
    whereabouts: z.enum(whereaboutsCodes),
    whereaboutsWords: note(200).default(''),
    done: note(1000).default(''),
    /** A finding of 数据比对 from which this is reported. */
    findingId: Id.optional(),
  }),
  output: CaseAfter.extend({
    reportId: Id,
    /** The report joined a case that was open already. */
    joined: z.boolean(),
    /** A case at rest was opened again as a new round. */
    reopened: z.boolean(),
    link: z.string(),
    words: z.string(),
  }),
});
export const reportEmergency = endpoint({
  name: 'dropout.reportEmergency',
  method: 'POST',
  path: '/api/cases/emergency',
  summary: '报告紧急情况',
  permission: 'cases.report',
  audit: 'dropout.reportEmergency',
  offline: true,
  input: z.object({
    id: Id,
    childId: Id,
    kinds: z.array(z.enum(emergencyKinds)).min(1, '请选择情况。'),
    words: needed('请写明情况。', 1000),
    day: Day,
    whereabouts: z.enum(whereaboutsCodes).default('unknown'),
    /** The report to the police: when, and the number of the receipt (回执). */
    police: z
      .object({ at: z.iso.datetime({ offset: true }), receipt: note(60).default('') })
      .nullable()
      .default(null),
    /** To whom it is passed on at once, each with 24 hours. */
    parties: z.array(z.enum(referralParties)).max(10).default([]),
  }),
  output: CaseAfter.extend({ emergencyId: Id, link: z.string(), dueAt: z.string(), referrals: z.number().int() }),
});
export const confirmCase = endpoint({
  name: 'dropout.confirmCase',
  method: 'POST',
  path: '/api/cases/:id/confirm',
  summary: '学校确认辍学',
  permission: 'cases.confirm',
  audit: 'dropout.confirmCase',
  input: z.object({ id: Id, note: note().default('') }),
  output: CaseAfter,
});
export const checkConfirmation = endpoint({
  name: 'dropout.checkConfirmation',
  method: 'POST',
  path: '/api/cases/:id/check-confirmation',
  summary: '区级确认辍学，或退回学校核实',
  permission: 'cases.check',
  audit: 'dropout.checkConfirmation',
  /** `accept` false sends it back to the school with the reason. */
  input: z.object({ id: Id, accept: z.boolean().default(true), note: note().default('') }),
  output: CaseAfter,
});
export const dismissCase = endpoint({
  name: 'dropout.dismissCase',
  method: 'POST',
  path: '/api/cases/:id/dismiss',
  summary: '排除疑似辍学',
  permission: 'cases.handle',
  audit: 'dropout.dismissCase',
  input: z.object({ id: Id, reason: needed('请写明排除的依据。'), paperIds: Papers }),
  output: CaseAfter,
});
export const checkDismissal = endpoint({
  name: 'dropout.checkDismissal',
  method: 'POST',
  path: '/api/cases/:id/check-dismissal',
  summary: '复核排除',
  permission: 'cases.check',
  audit: 'dropout.checkDismissal',
  input: z.object({ id: Id, accept: z.boolean(), note: note().default('') }),
  output: CaseAfter,
});
export const proposeClosing = endpoint({
  name: 'dropout.proposeClosing',
  method: 'POST',
  path: '/api/cases/:id/closing',
  summary: '申请销号',
  permission: 'cases.handle',
  audit: 'dropout.proposeClosing',
  input: z.object({
    id: Id,
    /** 退学, 开除 and 失联 are asked for in practice; they are refused with the clause. */
    category: z.enum([...closingCategories, 'withdrawal', 'expulsion', 'lost']),
    /** By the code of each piece that the category demands. */
    evidence: z.record(z.string().max(40), z.string().max(1000)).default({}),
    /** The papers of each piece that is shown by paper, by its code. */
    papers: z.record(z.string().max(40), z.array(Id).max(10)).default({}),
    paperIds: Papers,
    /** When a dated category ends (休学). */
    endsOn: Day.nullable().default(null),
    note: note().default(''),
  }),
  output: CaseAfter,
});
export const checkClosing = endpoint({
  name: 'dropout.checkClosing',
  method: 'POST',
  path: '/api/cases/:id/check-closing',
  summary: '复核销号',
  permission: 'cases.check',
  audit: 'dropout.checkClosing',
  input: z.object({ id: Id, accept: z.boolean(), note: note().default('') }),
  output: CaseAfter,
});
export const reopenCase = endpoint({
  name: 'dropout.reopenCase',
  method: 'POST',
  path: '/api/cases/:id/reopen',
  summary: '重新立案（新一轮）',
  permission: 'cases.handle',
  audit: 'dropout.reopenCase',
  input: z.object({ id: Id, discovered: Day, reason: needed('请写明原因。') }),
  output: CaseAfter,
});
export const watchCase = endpoint({
  name: 'dropout.watchCase',
  method: 'POST',
  path: '/api/cases/:id/watch',
  summary: '跟踪核查（销号后）',
  permission: 'cases.handle',
  audit: 'dropout.watchCase',
  input: z.object({
    id: Id,
    day: Day,
    /** The child is still as he was closed, what was waited for is there, or he is away from school again. */
    result: z.enum(watchResults),
    words: needed('请写明核查情况：向谁、怎样核查，结果如何。', 1000),
    /** The new end of a dated category that goes on (休学). */
    endsOn: Day.nullable().default(null),
    paperIds: Papers,
  }),
  output: CaseAfter,
});
