import { z } from 'zod';
import { comparisonKinds, findingStates } from '#domain/comparison/record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
export const FindingKind = z.enum(comparisonKinds);

const Named = z.object({ name: z.string(), id: z.string() }).catchall(z.string());
/** The fixed shape of a comparison's result (also of `baoxue reconcile --json`): document numbers first six, eight stars, last four. */
export const ComparisonResult = z.object({
  asOf: Day,
  schoolAge: z.object({ owing: z.number().int(), inRegister: z.number().int() }),
  enrolmentRate: z
    .object({ denominator: z.number().int(), enrolledOnRoster: z.number().int(), statedElsewhere: z.number().int() })
    .catchall(z.number()),
  findings: z.record(z.string(), z.array(Named)),
  otherProposals: z.array(Named),
  aidListed: z.array(Named),
  beside: z.object({ heldRows: z.number().int(), openProposals: z.number().int(), doubleEnrolled: z.number().int() }),
});
export const runComparison = endpoint({
  name: 'comparison.runComparison',
  method: 'POST',
  path: '/api/comparisons',
  summary: '进行一次数据比对',
  permission: 'runs.manage',
  audit: 'comparison.runComparison',
  input: z.object({ asOf: Day }),
  output: ComparisonResult.extend({ runId: Id }),
});
/** A saved run. */
export const Run = z.object({
  id: Id,
  asOf: Day,
  knownAt: z.string(),
  startedName: z.string(),
  signedName: z.string().nullable(),
  signedAt: z.string().nullable(),
  signNote: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  inputs: z.array(
    z.object({ kind: z.string(), fileName: z.string(), fingerprint: z.string(), rows: z.number().int(), asOf: Day }),
  ),
});
export const listRuns = endpoint({
  name: 'comparison.listRuns',
  method: 'GET',
  path: '/api/comparisons',
  summary: '比对记录',
  permission: 'findings.read',
  audit: null,
  input: Paging,
  output: pageOf(Run),
});
export const getRun = endpoint({
  name: 'comparison.getRun',
  method: 'GET',
  path: '/api/comparisons/:id',
  summary: '一次比对的结果',
  permission: 'runs.manage',
  audit: 'comparison.getRun',
  input: z.object({ id: Id }),
  output: Run.extend({ result: ComparisonResult }),
});
export const signRun = endpoint({
  name: 'comparison.signRun',
  method: 'POST',
  path: '/api/comparisons/:id/sign',
  summary: '签认比对结果',
  permission: 'runs.manage',
  audit: 'comparison.signRun',
  input: z.object({ id: Id, note: z.string().trim().max(300).default('') }),
  output: Done,
});
/** A finding as lists show it. */
export const FindingRow = z.object({
  id: Id,
  kind: FindingKind,
  kindWords: z.string(),
  childId: Id,
  name: z.string(),
  sex: z.string().nullable(),
  birthDate: Day.nullable(),
  documentMask: z.string(),
  schoolName: z.string().nullable(),
  subdistrictName: z.string().nullable(),
  communityName: z.string().nullable(),
  state: z.enum(findingStates),
  stateWords: z.string(),
  ownerWords: z.string(),
  dueDate: Day,
  overdue: z.boolean(),
  category: z.string().nullable(),
  detailWords: z.string(),
});
export const findingFilters = z.object({
  kind: FindingKind.optional(),
  state: z.enum([...findingStates, 'live']).default('live'),
  subdistrict: z.string().max(12).optional(),
  schoolId: Id.optional(),
  overdue: z.enum(['yes']).optional(),
  mine: z.enum(['yes']).optional(),
  q: z.string().max(60).optional(),
});
export const listFindings = endpoint({
  name: 'comparison.listFindings',
  method: 'GET',
  path: '/api/findings',
  summary: '比对发现',
  permission: 'findings.read',
  audit: null,
  input: Paging.extend(findingFilters.shape),
  output: pageOf(FindingRow).extend({ byKind: z.record(z.string(), z.number().int()) }),
});
export const getFinding = endpoint({
  name: 'comparison.getFinding',
  method: 'GET',
  path: '/api/findings/:id',
  summary: '一条发现',
  permission: 'findings.read',
  audit: 'comparison.getFinding',
  input: z.object({ id: Id }),
  output: FindingRow.extend({
    evidence: z.string().nullable(),
    explainedName: z.string().nullable(),
    explainedAt: z.string().nullable(),
    checkedName: z.string().nullable(),
    checkedAt: z.string().nullable(),
    guardian: z.string().nullable(),
    phoneMask: z.string().nullable(),
    address: z.string().nullable(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })),
    events: z.array(z.object({ at: z.string(), actor: z.string(), words: z.string() })),
    categories: z.array(z.object({ code: z.string(), label: z.string(), mustShow: z.string(), effect: z.string() })),
    allowed: z.object({
      verify: z.boolean(),
      explain: z.boolean(),
      check: z.boolean(),
      assign: z.boolean(),
      why: z.string().nullable(),
    }),
  }),
});
export const startVerifying = endpoint({
  name: 'comparison.startVerifying',
  method: 'POST',
  path: '/api/findings/:id/verify',
  summary: '开始核实',
  permission: 'findings.handle',
  audit: 'comparison.startVerifying',
  input: z.object({ id: Id, note: z.string().trim().max(300).default('') }),
  output: Done,
});
export const explainFinding = endpoint({
  name: 'comparison.explainFinding',
  method: 'POST',
  path: '/api/findings/:id/explain',
  summary: '说明原因并附依据',
  permission: 'findings.handle',
  audit: 'comparison.explainFinding',
  input: z.object({
    id: Id,
    category: z.string().max(40),
    evidence: z.string().trim().min(4, '请写明看到的依据。').max(500),
    placeName: z.string().trim().max(60).optional(),
  }),
  output: Done,
});
export const checkExplanation = endpoint({
  name: 'comparison.checkExplanation',
  method: 'POST',
  path: '/api/findings/:id/check',
  summary: '复核说明',
  permission: 'findings.assign',
  audit: 'comparison.checkExplanation',
  input: z.object({ id: Id, accept: z.boolean(), note: z.string().trim().max(300).default('') }),
  output: Done,
});
export const assignFinding = endpoint({
  name: 'comparison.assignFinding',
  method: 'POST',
  path: '/api/findings/:id/assign',
  summary: '改派责任单位与期限',
  permission: 'findings.assign',
  audit: 'comparison.assignFinding',
  input: z.object({
    id: Id,
    ownerKind: z.enum(['community', 'subdistrict', 'school', 'district']),
    ownerUnit: z.string().max(60),
    dueDate: Day,
    reason: z.string().trim().min(2, '请写明原因。').max(200),
  }),
  output: Done,
});
export const exportFindings = endpoint({
  name: 'comparison.exportFindings',
  method: 'GET',
  path: '/api/findings/export',
  summary: '导出比对发现',
  permission: 'findings.read',
  audit: 'comparison.exportFindings',
  download: true,
  input: findingFilters.extend({ identities: z.enum(['masked', 'full']).default('masked'), approvalId: Id.optional() }),
  output: z.unknown(),
});
const Side = z.object({
  childId: Id,
  source: z.string(),
  name: z.string(),
  sex: z.string().nullable(),
  birthDate: Day.nullable(),
  documentType: z.string(),
  documentMask: z.string(),
  registryMask: z.string().nullable(),
  guardian: z.string().nullable(),
  phoneMask: z.string().nullable(),
  address: z.string().nullable(),
  schoolName: z.string().nullable(),
  grade: z.number().int().nullable(),
});
/** A proposal: two records side by side with reasons and weights. */
export const Proposal = z.object({
  id: Id,
  kind: z.enum(['identityReview', 'other']),
  score: z.number(),
  state: z.enum(['open', 'confirmed', 'rejected', 'withdrawn']),
  left: Side,
  right: Side,
  reasons: z.array(z.object({ feature: z.string(), weight: z.number(), words: z.string() })),
  proposedAt: z.string(),
  decidedName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
  mergeId: Id.nullable(),
});
export const listProposals = endpoint({
  name: 'comparison.listProposals',
  method: 'GET',
  path: '/api/proposals',
  summary: '疑似同一人',
  permission: 'proposals.decide',
  audit: null,
  input: Paging.extend({
    kind: z.enum(['identityReview', 'other']).optional(),
    state: z.enum(['open', 'confirmed', 'rejected', 'withdrawn']).default('open'),
  }),
  output: pageOf(Proposal),
});
export const decideProposal = endpoint({
  name: 'comparison.decideProposal',
  method: 'POST',
  path: '/api/proposals/:id/decide',
  summary: '确认或否定同一人',
  permission: 'proposals.decide',
  audit: 'comparison.decideProposal',
  input: z.object({
    id: Id,
    decision: z.enum(['confirm', 'reject', 'undo']),
    reason: z.string().trim().min(2, '请写明依据。').max(200),
  }),
  output: Done,
});
export const mergeChildren = endpoint({
  name: 'comparison.mergeChildren',
  method: 'POST',
  path: '/api/merges',
  summary: '合并两份档案',
  permission: 'proposals.decide',
  audit: 'comparison.mergeChildren',
  input: z.object({ keptId: Id, mergedId: Id, reason: z.string().trim().min(2, '请写明依据。').max(200) }),
  output: z.object({ id: Id }),
});
export const undoMerge = endpoint({
  name: 'comparison.undoMerge',
  method: 'POST',
  path: '/api/merges/:id/undo',
  summary: '拆分（撤销合并）',
  permission: 'proposals.decide',
  audit: 'comparison.undoMerge',
  input: z.object({ id: Id, reason: z.string().trim().min(2, '请写明原因。').max(200) }),
  output: Done,
});
