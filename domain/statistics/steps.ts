import type { Role } from '#domain/basics/roles.ts';
import type { ReportState } from './report.ts';

/** What can be done with a period report. */
export const reportActions = ['sign', 'accept', 'sendBack', 'revise'] as const;
/** An act on a report. */
export type ReportAction = (typeof reportActions)[number];

/** What an act asks for beside the right to do it. */
export type ReportDemand =
  | 'periodOver' // the period has ended, or this is its last working day
  | 'reasonForGaps' // gaps are listed and signed with a reason
  | 'otherPerson' // another person than who signed
  | 'note' // a reason in words
  | 'changed'; // late entries have changed a figure since it was signed

/** One row of the table. */
export interface ReportStep {
  action: ReportAction;
  from: readonly ReportState[];
  roles: readonly Role[];
  next: ReportState;
  demands: readonly ReportDemand[];
  words: string;
}

/** The table of a report: role × state × action → next state and what it demands (plan 三(五)2, 三(五)4). */
export const reportSteps: readonly ReportStep[] = [
  {
    action: 'sign',
    from: ['open', 'returned'],
    roles: ['principal'],
    next: 'signed',
    demands: ['periodOver', 'reasonForGaps'],
    words: '校长签报',
  },
  {
    action: 'accept',
    from: ['signed'],
    roles: ['bureauOfficer'],
    next: 'accepted',
    demands: ['otherPerson'],
    words: '区级审核通过',
  },
  {
    action: 'sendBack',
    from: ['signed'],
    roles: ['bureauOfficer'],
    next: 'returned',
    demands: ['otherPerson', 'note'],
    words: '区级退回',
  },
  {
    action: 'revise',
    from: ['signed', 'accepted'],
    roles: ['principal'],
    next: 'signed',
    demands: ['changed', 'note'],
    words: '更正重报',
  },
];

/** The row for an act in a state, null when the state does not allow it. */
export function reportStep(action: ReportAction, state: ReportState): ReportStep | null {
  return reportSteps.find((step) => step.action === action && step.from.includes(state)) ?? null;
}

/** The table as a state diagram (mermaid), with who may and what it demands. */
export function reportDiagram(words: {
  states: Readonly<Record<ReportState, string>>;
  roles: Readonly<Record<string, string>>;
}): string {
  const lines = ['stateDiagram-v2', '  [*] --> open'];
  for (const [state, label] of Object.entries(words.states)) lines.push(`  ${state}: ${label}`);
  for (const step of reportSteps)
    for (const from of step.from)
      lines.push(
        `  ${from} --> ${step.next}: ${step.words}｜${step.roles.map((role) => words.roles[role] ?? role).join('、')}`,
      );
  return lines.join('\n');
}

/** The page docs/status/reports.md around the diagram; a test keeps it equal. */
export function reportStatusPage(diagram: string): string {
  return `# States of a period report (drawn from domain/statistics/steps.ts)\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`;
}
