import { z } from 'zod';
import {
  parties,
  planKinds,
  Signature,
  signatureMeans,
  signedStates,
  VisitContent,
  visitModes,
} from '#domain/visits/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';
import { Paper } from './papers.ts';

export const VisitMode = z.enum(visitModes);
export const PlanKind = z.enum(planKinds);
const reason = z.string().trim().min(2, '请写明原因。').max(200);

/** A visit as the phone sends it; `at` is in UTC. */
export const VisitEntry = z.object({
  id: Id,
  mode: VisitMode,
  at: z.iso.datetime(),
  content: VisitContent,
  /** Signed on the paper form printed beforehand; its scan is attached now or later. */
  paperForm: z.boolean().default(false),
  signatures: z.array(Signature).max(3).default([]),
  papers: z.array(Id).max(20).default([]),
});
const Recorded = z.object({
  id: Id,
  version: z.number().int(),
  day: Day,
  met: z.boolean(),
  caseId: Id.nullable(),
  signedState: z.enum(signedStates),
});
export const recordVisit = endpoint({
  name: 'visits.recordVisit',
  method: 'POST',
  path: '/api/visits',
  summary: '登记一次走访（上门、电话或线上）',
  permission: 'visits.record',
  audit: 'visits.recordVisit',
  offline: true,
  bodyLimit: 2 * 1024 * 1024,
  input: VisitEntry.extend({ childId: Id, caseId: Id.optional() }),
  output: Recorded,
});
export const correctVisit = endpoint({
  name: 'visits.correctVisit',
  method: 'POST',
  path: '/api/visits/:visitId/correct',
  summary: '更正一次走访（原记录保留）',
  permission: 'visits.record',
  audit: 'visits.correctVisit',
  offline: true,
  bodyLimit: 2 * 1024 * 1024,
  input: VisitEntry.extend({ visitId: Id, reason }),
  output: Recorded,
});
export const attachScan = endpoint({
  name: 'visits.attachScan',
  method: 'POST',
  path: '/api/visits/:id/scan',
  summary: '附上纸质家访记录表的扫描件，与当面签名等效',
  permission: 'visits.record',
  audit: 'visits.attachScan',
  offline: true,
  input: z.object({
    id: Id,
    papers: z.array(Id).min(1, '请附上扫描件。').max(20),
    /** Who signed on the paper. */
    parties: z.array(z.enum(parties)).min(1, '请选择纸上有谁的签名。').max(3),
  }),
  output: z.object({ id: Id, signedState: z.enum(signedStates) }),
});
/** A visit as lists show it. */
export const VisitRow = z.object({
  id: Id,
  firstId: Id,
  version: z.number().int(),
  childId: Id,
  childName: z.string(),
  schoolName: z.string().nullable(),
  className: z.string().nullable(),
  caseId: Id.nullable(),
  day: Day,
  at: z.string(),
  mode: VisitMode,
  modeWords: z.string(),
  met: z.boolean(),
  notMetWords: z.string().nullable(),
  visitors: z.string(),
  guardian: z.string().nullable(),
  purpose: z.string(),
  measures: z.string(),
  nextDay: Day.nullable(),
  byName: z.string(),
  signedState: z.enum(signedStates),
  signedWords: z.string(),
});
export const visitFilters = z.object({
  childId: Id.optional(),
  schoolId: Id.optional(),
  classId: Id.optional(),
  caseId: Id.optional(),
  staffId: Id.optional(),
  mode: VisitMode.optional(),
  met: z.enum(['yes', 'no']).optional(),
  from: Day.optional(),
  to: Day.optional(),
  ...AsOf.shape,
});
export const listVisits = endpoint({
  name: 'visits.listVisits',
  method: 'GET',
  path: '/api/visits',
  summary: '走访记录',
  permission: 'visits.read',
  audit: null,
  input: Paging.extend(visitFilters.shape),
  output: pageOf(VisitRow),
});
export const exportVisits = endpoint({
  name: 'visits.exportVisits',
  method: 'GET',
  path: '/api/visits/export',
  summary: '导出走访记录',
  permission: 'visits.read',
  audit: 'visits.exportVisits',
  download: true,
  input: visitFilters,
  output: z.unknown(),
});
/** A signature as the page shows it; `state` is `changed` where the content signed is not the content shown. */
export const ShownSignature = z.object({
  party: z.enum(parties),
  partyWords: z.string(),
  means: z.enum(signatureMeans),
  words: z.string(),
  strokes: z.array(z.array(z.object({ x: z.number(), y: z.number() }))).nullable(),
  paperIds: z.array(Id),
  onVersion: z.number().int(),
  at: z.string(),
  byName: z.string(),
  state: z.enum(['valid', 'changed']),
});
export const getVisit = endpoint({
  name: 'visits.getVisit',
  method: 'GET',
  path: '/api/visits/:id',
  summary: '一次走访',
  permission: 'visits.read',
  audit: 'visits.getVisit',
  input: z.object({ id: Id }),
  output: VisitRow.extend({
    content: VisitContent,
    paperForm: z.boolean(),
    reason: z.string().nullable(),
    recordedAt: z.string(),
    /** Whether this is the version that holds; an earlier one stays readable. */
    current: z.boolean(),
    contentVersion: z.number().int(),
    /** The lines as printed and signed, and their fingerprint. */
    lines: z.array(z.object({ label: z.string(), value: z.string() })),
    print: z.string(),
    signatures: z.array(ShownSignature),
    papers: z.array(Paper),
    versions: z.array(
      z.object({
        id: Id,
        version: z.number().int(),
        at: z.string(),
        byName: z.string(),
        reason: z.string().nullable(),
      }),
    ),
    allowed: z.object({ correct: z.boolean(), attachScan: z.boolean(), why: z.string().nullable() }),
  }),
});
/** A planned visit with what the phone needs without signal. */
export const PlannedVisit = z.object({
  itemId: Id,
  kind: PlanKind,
  kindWords: z.string(),
  childId: Id,
  name: z.string(),
  sex: z.enum(['male', 'female']).nullable(),
  schoolName: z.string().nullable(),
  className: z.string().nullable(),
  address: z.string().nullable(),
  communityName: z.string().nullable(),
  householdId: Id.nullable(),
  guardian: z.string().nullable(),
  relation: z.string().nullable(),
  phoneMask: z.string().nullable(),
  purpose: z.string(),
  modes: z.array(VisitMode),
  caseId: Id.nullable(),
  dueDate: Day,
  overdue: z.boolean(),
  attempts: z.number().int(),
});
export const myVisits = endpoint({
  name: 'visits.myVisits',
  method: 'GET',
  path: '/api/visits/mine',
  summary: '今日走访：今天到期和已逾期的，另列七天内的',
  permission: 'visits.record',
  audit: null,
  input: z.object({ day: Day.optional() }),
  output: z.object({ day: Day, due: z.array(PlannedVisit), ahead: z.array(PlannedVisit) }),
});
