import type { OutputOf } from '#contract/endpoint.ts';
import type { getReport, listReports } from '#contract/statistics-reports.ts';
import { periodKinds, type CoursePart, type PeriodKind } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { gapSentence, type Gap, type ReportState } from '#domain/statistics/report.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import { addressOf } from '#web/ui/address.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** A report as its page shows it. */
export type Report = OutputOf<typeof getReport>;
/** A school in the list of reports. */
export type ReportLine = OutputOf<typeof listReports>['rows'][number];

/** How each state looks. */
export const reportLook: Record<ReportState, StatusKind> = {
  open: 'warn',
  returned: 'bad',
  signed: 'wait',
  accepted: 'ok',
};

/** The kind of period that an address asks for; a week where it asks for none. */
export function periodIn(text: string | undefined): PeriodKind {
  return periodKinds.find((one) => one === text) ?? 'week';
}

/** The address of a school's report. */
export function reportAddress(schoolId: string, period: PeriodKind, day: string): string {
  return addressOf(`/reports/${schoolId}`, { period, day });
}

/** A value in per cent as the pages show it, both sides behind it. */
export function rateWords(figure: { value: number | null; numerator: number; denominator: number }): string {
  return figure.value === null
    ? `—（${String(figure.numerator)}/${String(figure.denominator)}）`
    : `${figure.value.toFixed(2)} %（${String(figure.numerator)}/${String(figure.denominator)}）`;
}

/** A part of a tally with its sign, as a late entry names it: `+Drop` → `计入辍学`. */
export function signedPartWords(signed: string): string {
  const part = signed.slice(1);
  const words = Object.entries(partWords).find(([key]) => key === part)?.[1] ?? part;
  return signed.startsWith('-') ? `不再计入${words}` : `计入${words}`;
}

/** The parts of one line of the identity, in the order of the form. */
export const tallyGroups: readonly { title: string; parts: readonly CoursePart[] }[] = [
  { title: '期初', parts: ['S0'] },
  { title: '增加', parts: ['New', 'In', 'Back', 'MoveIn'] },
  { title: '减少', parts: ['Out', 'Susp', 'Dead', 'Abroad', 'Grad', 'Gone', 'Drop', 'MoveOut'] },
  { title: '期末', parts: ['S1', 'Transferring', 'Suspended', 'Leavers'] },
  {
    title: '辍学与劝返',
    parts: ['OpenStart', 'Confirmed', 'Returned', 'Open', 'DropBack', 'GoneBack', 'Left6'],
  },
];

/** A gap in words, and where it can be mended. */
export function gapWords(gap: Gap, schoolId: string): { words: string; to: string } {
  const words = gapSentence(gap, (rule) => {
    const known = dutyRuleIds.find((one) => one === rule);
    return known === undefined ? rule : dutyRules[known].title;
  });
  switch (gap.kind) {
    case 'rollCall':
      return { words, to: addressOf('/rollcall', { day: gap.day, schoolId }) };
    case 'duty':
      return { words, to: addressOf('/duties', { schoolId, rule: gap.rule }) };
    case 'finding':
      return { words, to: addressOf('/compare', { schoolId }) };
    case 'case':
      return { words, to: addressOf('/cases', { schoolId }) };
  }
}
