import type { Explanation } from '#domain/statistics/report.ts';
import type { Report } from './report-words.ts';

/** What is typed when a report is signed. */
export interface Typed {
  reason?: string;
  explanations?: Explanation[];
  summary: string;
}

/** A half-written signing: what was typed, and the drafted summary from which it began. */
export interface ReportDraft {
  typed: Typed;
  from: string;
}

/** Under what a half-written signing is kept: a person, a report, the version it would follow, and whether it signs or revises. */
export function draftKey(account: string, record: Report, action: 'sign' | 'revise'): string {
  const version = record.frozen?.version ?? 0;
  return `${account} report ${record.schoolId} ${record.period} ${record.from} ${String(version)} ${action}`;
}

/** Whether something was written that the drafted summary alone does not say. */
export function isWritten(typed: Typed, drafted: string): boolean {
  return typed.summary !== drafted || (typed.reason ?? '').trim() !== '' || (typed.explanations ?? []).length > 0;
}
