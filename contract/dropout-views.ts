import { z } from 'zod';
import { Strokes } from '#domain/basics/strokes.ts';
import { proofs } from '#domain/dropout/closing.ts';
import { caseKinds, caseStates, closingCategories, rungs } from '#domain/dropout/record.ts';
import { AsOf } from './as-of.ts';
import { CaseDecision } from './dropout.ts';
import { endpoint } from './endpoint.ts';
import { DocumentRow } from './notices.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';
import { VisitRow } from './visits.ts';

/** A case as lists show it. */
export const CaseRow = z.object({
  id: Id,
  childId: Id,
  name: z.string(),
  sex: z.string().nullable(),
  birthDate: Day.nullable(),
  documentMask: z.string(),
  kind: z.enum(caseKinds),
  kindWords: z.string(),
  state: z.enum(caseStates),
  stateWords: z.string(),
  round: z.number().int(),
  schoolId: Id.nullable(),
  schoolName: z.string().nullable(),
  className: z.string().nullable(),
  subdistrictName: z.string().nullable(),
  reasonWords: z.string().nullable(),
  whereaboutsWords: z.string().nullable(),
  persuasions: z.number().int(),
  clockStart: Day,
  since: Day,
  nextWords: z.string().nullable(),
  ownerWords: z.string().nullable(),
  dueDate: Day.nullable(),
  overdue: z.boolean(),
  urgent: z.boolean(),
  /** 待外地回函: a letter to an education bureau elsewhere has no answer yet. */
  waitingElsewhere: z.boolean(),
  categoryWords: z.string().nullable(),
});
export const caseFilters = z.object({
  state: z.enum([...caseStates, 'open', 'all']).default('open'),
  kind: z.enum(caseKinds).optional(),
  schoolId: Id.optional(),
  subdistrict: z.string().max(12).optional(),
  childId: Id.optional(),
  overdue: z.enum(['yes']).optional(),
  mine: z.enum(['yes']).optional(),
  q: z.string().max(60).optional(),
  ...AsOf.shape,
});
export const listCases = endpoint({
  name: 'dropout.listCases',
  method: 'GET',
  path: '/api/cases',
  summary: '辍学与劝返个案',
  permission: 'cases.read',
  audit: null,
  input: Paging.extend(caseFilters.shape),
  output: pageOf(CaseRow).extend({ byState: z.record(z.string(), z.number().int()) }),
});

const Allowed = z.object({ may: z.boolean(), why: z.string().nullable() });
export const getCase = endpoint({
  name: 'dropout.getCase',
  method: 'GET',
  path: '/api/cases/:id',
  summary: '一个个案',
  permission: 'cases.read',
  audit: 'dropout.getCase',
  input: z.object({ id: Id }),
  output: CaseRow.extend({
    guardian: z.string().nullable(),
    relation: z.string().nullable(),
    phoneMask: z.string().nullable(),
    address: z.string().nullable(),
    communityName: z.string().nullable(),
    crossedOn: Day.nullable(),
    discoveredOn: Day.nullable(),
    lastSeenOn: Day.nullable(),
    confirmedOn: Day.nullable(),
    returnedOn: Day.nullable(),
    presentFrom: Day.nullable(),
    presentDays: z.number().int(),
    presentWanted: z.number().int(),
    next: z
      .object({
        action: z.string(),
        words: z.string(),
        ownerWords: z.string(),
        dueDate: Day.nullable(),
        waitsUntil: Day.nullable(),
        mine: z.boolean(),
      })
      .nullable(),
    allowed: z.record(z.string(), Allowed),
    ladder: z.array(
      z.object({
        rung: z.enum(rungs),
        words: z.string(),
        issuer: z.string(),
        state: z.enum(['open', 'issued', 'running', 'done', 'skipped']),
        count: z.number().int(),
        day: Day.nullable(),
        dueDate: Day.nullable(),
        documentId: Id.nullable(),
        reason: z.string().nullable(),
        missing: z.array(z.string()),
      }),
    ),
    timeline: z.array(
      z.object({
        id: Id,
        round: z.number().int(),
        what: z.string(),
        day: Day,
        at: z.string(),
        actor: z.string(),
        words: z.string(),
        detail: z.string().nullable(),
        visitId: Id.nullable(),
        documentId: Id.nullable(),
        referralId: Id.nullable(),
        dueDate: Day.nullable(),
        hidden: z.boolean(),
      }),
    ),
    rounds: z.array(
      z.object({
        round: z.number().int(),
        sourceWords: z.string(),
        openedOn: Day,
        openedName: z.string(),
        crossedOn: Day.nullable(),
        confirmedOn: Day.nullable(),
        returnedOn: Day.nullable(),
        closedOn: Day.nullable(),
        categoryWords: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    reports: z.array(
      z.object({
        id: Id,
        round: z.number().int(),
        reporter: z.string(),
        reportedAt: z.string(),
        discoveredOn: Day,
        lastSeenOn: Day.nullable(),
        firstAbsentOn: Day.nullable(),
        crossedOn: Day.nullable(),
        rule: z.string().nullable(),
        clockStart: Day,
        reason: z.string(),
        whereabouts: z.string(),
        done: z.string(),
        joined: z.boolean(),
      }),
    ),
    plan: z
      .object({
        madeName: z.string(),
        madeAt: z.string(),
        goal: z.string(),
        people: z.array(z.object({ staffId: Id.nullable(), name: z.string(), task: z.string(), day: Day })),
      })
      .nullable(),
    finding: z
      .object({ day: Day, madeName: z.string(), facts: z.string(), evidence: z.string(), statement: z.string() })
      .nullable(),
    /** The newest proposal of the present round; those before it stay with their checks. */
    decision: CaseDecision.nullable(),
    earlierDecisions: z.array(CaseDecision),
    referrals: z.array(
      z.object({
        id: Id,
        partyWords: z.string(),
        partyName: z.string().nullable(),
        number: z.string().nullable(),
        urgent: z.boolean(),
        sentOn: Day,
        sentName: z.string(),
        dueAt: z.string(),
        /** An answer is waited for: there is none yet, and its document stands. */
        waits: z.boolean(),
        overdue: z.boolean(),
        words: z.string().nullable(),
        repliedOn: Day.nullable(),
        /** The day on which its document was made void. */
        withdrawnOn: Day.nullable(),
        reply: z.string().nullable(),
        replyPaperId: Id.nullable(),
        remindedAt: z.string().nullable(),
        hidden: z.boolean(),
      }),
    ),
    followUps: z.array(
      z.object({
        number: z.number().int(),
        dueDate: Day,
        doneOn: Day.nullable(),
        present: z.boolean().nullable(),
        doneName: z.string().nullable(),
        words: z.string().nullable(),
        overdue: z.boolean(),
      }),
    ),
    callBack: z
      .object({
        doneOn: Day.nullable(),
        doneName: z.string().nullable(),
        reached: z.boolean().nullable(),
        isBack: z.boolean().nullable(),
        words: z.string().nullable(),
      })
      .nullable(),
    /** Only for those on the case; `hiddenEmergencies` says how many others are not shown. */
    emergencies: z.array(
      z.object({
        id: Id,
        reporter: z.string(),
        at: z.string(),
        kinds: z.array(z.string()),
        words: z.string(),
        policeAt: z.string().nullable(),
        policeReceipt: z.string().nullable(),
      }),
    ),
    hiddenEmergencies: z.number().int(),
    /** As notices and visits show them. */
    documents: z.array(DocumentRow),
    visits: z.array(VisitRow),
    /** The drawn signature of the principal under the return. */
    returnSignature: Strokes.nullable(),
    categories: z.array(
      z.object({
        code: z.enum(closingCategories),
        label: z.string(),
        evidence: z.array(
          z.object({ code: z.string(), label: z.string(), proof: z.enum(proofs), document: z.string().nullable() }),
        ),
        watchWords: z.string(),
        dated: z.boolean(),
      }),
    ),
  }),
});

/** The scan of another office's answer in an emergency, for those on the case; other answers open as papers. */
export const openReply = endpoint({
  name: 'dropout.openReply',
  method: 'GET',
  path: '/api/cases/:id/referrals/:referralId/reply',
  summary: '打开紧急情况转介的回复材料',
  permission: 'cases.read',
  audit: 'dropout.openReply',
  download: true,
  input: z.object({ id: Id, referralId: Id }),
  output: z.unknown(),
});

/** The whole 一生一案 as one book from the records, a PDF or a Word file to work on. */
export const exportCase = endpoint({
  name: 'dropout.exportCase',
  method: 'GET',
  path: '/api/cases/:id/book',
  summary: '导出一生一案',
  permission: 'cases.read',
  audit: 'dropout.exportCase',
  download: true,
  input: z.object({ id: Id, form: z.enum(['pdf', 'word']).default('pdf') }),
  output: z.unknown(),
});
