import { changeKinds, changeStates, type ChangeKind } from './changes-record.ts';
import { changeKindWords, changeStateWords } from './change-words.ts';
import { roleWords } from '../basics/roles.ts';
import { changeSteps, type ChangeStep, type Party } from './steps.ts';

const actWords: Record<ChangeStep['action'], string> = {
  ask: '提出',
  approve: '同意',
  refuse: '不同意',
  withdraw: '撤回',
  arrive: '确认到校',
  pass: '逾期未到校',
  shown: '名单已到校',
  lapse: '学生另有去向',
  back: '返校就读',
  correct: '更正',
};
const placeWords: Record<Party['at'], string> = {
  sending: '学籍校',
  receiving: '转入校',
  bureau: '区教育局',
  platform: '平台',
};

function partyWords(party: Party): string {
  return party.role === 'platform' ? '平台' : `${placeWords[party.at]}${roleWords[party.role]}`;
}

/** The steps of one shape: kinds that pass the same states have one diagram. */
function shapeOf(kind: ChangeKind): string {
  const own = changeSteps.filter((step) => step.kind === kind);
  const line = (step: ChangeStep) =>
    `  ${step.from ?? '[*]'} --> ${step.next}: ${actWords[step.action]}｜${step.by.map(partyWords).join('、')}`;
  const states = changeStates.filter((state) => own.some((step) => step.from === state || step.next === state));
  return ['stateDiagram-v2', ...states.map((state) => `  ${state}: ${changeStateWords[state]}`), ...own.map(line)].join(
    '\n',
  );
}

/** The page docs/status/registry-changes.md: one diagram for each shape, with the kinds that have it; a test keeps it equal. */
export function changesPage(): string {
  const shapes = new Map<string, ChangeKind[]>();
  for (const kind of changeKinds) shapes.set(shapeOf(kind), [...(shapes.get(shapeOf(kind)) ?? []), kind]);
  const parts = [...shapes].map(
    ([shape, kinds]) =>
      `## ${kinds.map((kind) => changeKindWords[kind]).join('、')}\n\n\`\`\`mermaid\n${shape}\n\`\`\`\n`,
  );
  return `# Steps of registry changes (drawn from domain/enrolment/steps.ts)\n\n${parts.join('\n')}`;
}
