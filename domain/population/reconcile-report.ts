import { maskDocument } from '#domain/basics/masking.ts';
import { handedKinds, type FindingKind, type FoundChild, type Reconciliation } from './reconcile.ts';

/** A child on the command line: name and masked number (six, eight stars, four); proposals add what the roster says otherwise. */
export interface ReportedChild {
  name: string;
  id: string;
  rosterId?: string;
  rosterName?: string;
  lists?: readonly string[];
}

/** Kinds that stand under `findings` on the command line; the others stand beside it. */
export const reportedKinds = [...handedKinds, 'otherProposals'] as const satisfies readonly FindingKind[];

/** The fixed shape of the command line: counts and children with masked numbers, no ids of records. */
export interface ReconciliationReport extends Omit<Reconciliation, 'findings'> {
  findings: Record<(typeof reportedKinds)[number], ReportedChild[]>;
  /** Third match: children of notEnrolled and onRollAbsent who stand on key lists. */
  aidListed: ReportedChild[];
  /** Left out of the denominator besides deferral: deceased, moved away, abroad, unable. */
  excused: ReportedChild[];
  /** Counted as enrolled by accepted proof of a school elsewhere. */
  provenElsewhere: ReportedChild[];
}

/** Turns a comparison into the fixed shape of the command line. */
export function reportOf(result: Reconciliation): ReconciliationReport {
  const findings = Object.fromEntries(reportedKinds.map((kind) => [kind, result.findings[kind].map(reportChild)]));
  return {
    ...result,
    // Every key of reportedKinds was just filled in.
    findings: findings as ReconciliationReport['findings'],
    aidListed: result.findings.aidListed.map(reportChild),
    excused: result.findings.excused.map(reportChild),
    provenElsewhere: result.findings.provenElsewhere.map(reportChild),
  };
}

function reportChild(found: FoundChild): ReportedChild {
  const child: ReportedChild = { name: found.name, id: maskDocument(found.documentNumber) };
  if (found.otherChildId !== undefined && (found.otherNumber ?? '') !== found.documentNumber)
    child.rosterId = maskDocument(found.otherNumber ?? '');
  if (found.otherChildId !== undefined && (found.otherName ?? '') !== found.name)
    child.rosterName = found.otherName ?? '';
  if (found.lists !== undefined) child.lists = found.lists;
  return child;
}
