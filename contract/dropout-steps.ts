import { z } from 'zod';
import { isSigned, Strokes } from '#domain/basics/strokes.ts';
import { referralParties, whereaboutsCodes } from '#domain/dropout/record.ts';
import { CaseAfter, needed, note, Papers } from './dropout.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id } from './paging.ts';

const Signature = Strokes.refine(isSigned, '签名是空的，请校长签名。');

export const planCase = endpoint({
  name: 'dropout.planCase',
  method: 'POST',
  path: '/api/cases/:id/plan',
  summary: '制定劝返方案',
  permission: 'cases.handle',
  audit: 'dropout.planCase',
  input: z.object({
    id: Id,
    goal: needed('请写明目标。'),
    people: z
      .array(
        z.object({
          staffId: Id.nullable().default(null),
          name: z.string().trim().min(2).max(40),
          task: needed('请写明做什么。', 200),
          day: Day,
        }),
      )
      .min(1, '请写明至少一人。')
      .max(20),
  }),
  output: CaseAfter,
});
export const addContact = endpoint({
  name: 'dropout.addContact',
  method: 'POST',
  path: '/api/cases/:id/contacts',
  summary: '登记一次联系',
  permission: 'cases.handle',
  audit: 'dropout.addContact',
  offline: true,
  input: z.object({
    id: Id,
    /** Chosen by the phone. */
    contactId: Id,
    day: Day,
    mode: z.enum(['phone', 'message', 'door', 'meeting', 'other']),
    reached: z.boolean(),
    who: note(60).default(''),
    words: needed('请写明联系情况。', 1000),
    whereabouts: z.enum(whereaboutsCodes).optional(),
  }),
  output: CaseAfter,
});
export const addStep = endpoint({
  name: 'dropout.addStep',
  method: 'POST',
  path: '/api/cases/:id/steps',
  summary: '登记一次劝返或移送',
  permission: 'cases.handle',
  audit: 'dropout.addStep',
  offline: true,
  input: z.object({
    id: Id,
    /** Chosen by the phone. */
    stepId: Id,
    rung: z.enum(['persuade', 'further']),
    day: Day,
    people: note(200).default(''),
    words: needed('请写明经过和结果。', 2000),
    visitId: Id.optional(),
    paperIds: Papers,
    skipReason: note(300).default(''),
  }),
  output: CaseAfter,
});
export const linkDocument = endpoint({
  name: 'dropout.linkDocument',
  method: 'POST',
  path: '/api/cases/:id/documents',
  summary: '按劝返阶梯发出文书',
  permission: 'notices.issue',
  audit: 'dropout.linkDocument',
  input: z.object({
    id: Id,
    /** Chosen by the caller; the same document sent twice gives the same answer. */
    documentId: Id,
    rung: z.enum(['persuasionNotice', 'writtenReport', 'deadlineNotice', 'correctionOrder']),
    /** Why an earlier rung is skipped; needed where one is open. */
    skipReason: note(300).default(''),
    /** The fields of the document that the records do not give. */
    fields: z.record(z.string().max(32), z.string().max(2000)).default({}),
    signerName: z.string().trim().max(40).default(''),
  }),
  output: CaseAfter.extend({ documentId: Id, number: z.string().nullable() }),
});
export const recordFinding = endpoint({
  name: 'dropout.recordFinding',
  method: 'POST',
  path: '/api/cases/:id/finding',
  summary: '认定无正当理由',
  permission: 'cases.check',
  audit: 'dropout.recordFinding',
  input: z.object({
    id: Id,
    day: Day,
    facts: needed('请写明事实。', 2000),
    evidence: needed('请写明证据。', 2000),
    /** What the guardian said, or that he was asked and said nothing. */
    statement: needed('请写明监护人的陈述、申辩。', 2000),
    paperIds: Papers,
  }),
  output: CaseAfter,
});
export const addReferral = endpoint({
  name: 'dropout.addReferral',
  method: 'POST',
  path: '/api/cases/:id/referrals',
  summary: '发出协查函或转介',
  permission: 'cases.check',
  audit: 'dropout.addReferral',
  input: z.object({
    id: Id,
    party: z.enum(referralParties),
    /** Which office; for 外地教育局 the bureau of hukou or residence. */
    partyName: needed('请写明单位名称。', 60),
    sent: Day,
    words: needed('请写明请求的事项。', 1000),
  }),
  output: CaseAfter.extend({ referralId: Id, number: z.string(), dueDate: Day }),
});
export const answerReferral = endpoint({
  name: 'dropout.answerReferral',
  method: 'POST',
  path: '/api/cases/:id/referrals/answer',
  summary: '登记回函',
  permission: 'cases.check',
  audit: 'dropout.answerReferral',
  input: z.object({
    id: Id,
    referralId: Id,
    replied: Day,
    words: needed('请写明回复内容。', 1000),
    paperId: Id.nullable().default(null),
  }),
  output: CaseAfter,
});
export const handOver = endpoint({
  name: 'dropout.handOver',
  method: 'POST',
  path: '/api/cases/:id/hand-over',
  summary: '移交个案',
  permission: 'cases.handle',
  audit: 'dropout.handOver',
  input: z.object({
    id: Id,
    to: z.enum(['school', 'subdistrict', 'district']),
    /** The school's id or the street's code; left empty for the bureau. */
    unit: z.string().max(60).default(''),
    reason: needed('请写明移交的原因。', 300),
  }),
  output: CaseAfter,
});
export const markReturned = endpoint({
  name: 'dropout.markReturned',
  method: 'POST',
  path: '/api/cases/:id/return',
  summary: '认定复学（校长签字）',
  permission: 'cases.confirm',
  audit: 'dropout.markReturned',
  input: z.object({
    id: Id,
    placement: needed('请写明就读的年级班级。', 100),
    signature: Signature,
    note: note().default(''),
  }),
  output: CaseAfter.extend({ returnedOn: Day, followUps: z.array(Day), callBack: z.boolean() }),
});
export const followUp = endpoint({
  name: 'dropout.followUp',
  method: 'POST',
  path: '/api/cases/:id/follow-ups',
  summary: '登记复学后跟踪',
  permission: 'cases.handle',
  audit: 'dropout.followUp',
  offline: true,
  input: z.object({
    id: Id,
    number: z.number().int().min(1).max(6),
    day: Day,
    present: z.boolean(),
    words: needed('请写明在校情况。', 1000),
    visitId: Id.optional(),
  }),
  output: CaseAfter,
});
export const callBack = endpoint({
  name: 'dropout.callBack',
  method: 'POST',
  path: '/api/cases/:id/call-back',
  summary: '区级回访',
  permission: 'cases.check',
  audit: 'dropout.callBack',
  input: z.object({
    id: Id,
    day: Day,
    reached: z.boolean(),
    isBack: z.boolean().nullable().default(null),
    words: needed('请写明回访情况。', 1000),
  }),
  output: CaseAfter,
});
