import { listRuns } from '#contract/comparison.ts';
import type { ComparisonKind } from '#domain/comparison/record.ts';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';

const shown: readonly ComparisonKind[] = [
  'notEnrolled',
  'onRollAbsent',
  'doubleEnrolled',
  'notInRegister',
  'identityReview',
];

/** The comparisons as a sheet; figures of the whole district stand only where the list holds them. */
export const comparisonSheets: readonly ListSheet[] = [
  listSheet(listRuns, '比对记录', [
    { label: '截至日期', kind: 'date', value: (row) => row.asOf },
    { label: '比对时间', width: 18, value: (row) => momentCell(row.knownAt) },
    ...shown.map((kind) => ({
      label: comparisonKindWords[kind],
      kind: 'number' as const,
      width: 14,
      value: (row: { counts: Record<string, number> }) => row.counts[kind] ?? null,
    })),
    { label: '名单', kind: 'number', width: 8, value: (row) => row.inputs.length },
    { label: '进行人', width: 12, value: (row) => row.startedName },
    { label: '签认', width: 12, value: (row) => row.signedName ?? '待签认' },
    { label: '签认时间', width: 18, value: (row) => momentCell(row.signedAt) },
  ]),
];
