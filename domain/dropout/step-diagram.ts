import { steps } from './steps.ts';

const stateOrder = (state: string): string => (state === '' ? '[*]' : state);

/** The table as a state diagram (mermaid), one arrow for each change of state, with who may and what it demands. */
export function diagramOf(words: {
  states: Readonly<Record<string, string>>;
  roles: Readonly<Record<string, string>>;
}): string {
  const lines = ['stateDiagram-v2'];
  for (const [state, label] of Object.entries(words.states)) lines.push(`  ${state}: ${label}`);
  for (const step of steps) {
    if (step.next === null) continue;
    const who = step.roles.length > 5 ? '有关各方' : step.roles.map((role) => words.roles[role] ?? role).join('、');
    for (const from of step.from.length === 0 ? [''] : step.from)
      if (from !== step.next) lines.push(`  ${stateOrder(from)} --> ${step.next}: ${step.words}｜${who}`);
  }
  lines.push('  closed --> [*]', '  dismissed --> [*]');
  return lines.join('\n');
}

/** The page docs/status/dropout.md around the diagram; a test keeps it equal. */
export function statusPage(diagram: string): string {
  return `# States of a case (drawn from domain/dropout/steps.ts)\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`;
}
