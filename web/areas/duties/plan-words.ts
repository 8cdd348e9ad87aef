import type { OutputOf } from '#contract/endpoint.ts';
import type { getClauseStates } from '#contract/duties-clauses.ts';
import { clauseFacts, type ClauseFactId } from '#domain/duties/clause-facts.ts';
import { clauseDutiesPath, type ClauseDutiesShown } from '#domain/duties/clause-paths.ts';
import {
  clauseBases,
  clauseStates,
  clauseStateWords,
  type ClauseBasis,
  type ClauseState,
} from '#domain/duties/clause-states.ts';
import type { ListState } from '#web/parts/list-state.ts';
import type { StatusKind } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';

/** The answer of the page. */
export type Plan = OutputOf<typeof getClauseStates>;
/** A school with its clauses. */
export type PlanRow = Plan['rows'][number];
/** A clause at a school. */
export type PlanCell = PlanRow['cells'][number];

/** How a state looks: its icon says beside the word whether something is wrong, waits, or is done. */
export const clauseLook: Record<ClauseState, StatusKind> = {
  overdue: 'bad',
  late: 'warn',
  short: 'warn',
  running: 'wait',
  empty: 'warn',
  met: 'ok',
  recorded: 'ok',
  nothing: 'quiet',
  unkept: 'quiet',
};

/** The states as choices of a filter. */
export const stateChoices = clauseStates.map((value) => ({ value, label: clauseStateWords[value] }));
/** The clauses as choices of a filter. */
export const clauseChoices = clauseBases.map(({ id, title }) => ({ value: id, label: `${id} ${title}` }));
/** The levels as choices of a filter. */
export const levelChoices = [
  { value: 'primary', label: '小学段' },
  { value: 'junior', label: '初中段' },
];

/** What the page asks, as it stands in the address. */
export const asksOf = ({ year, term, schoolId, q, level, street, state, clause }: ListState) => ({
  year,
  term,
  schoolId,
  q,
  level,
  street,
  state,
  clause,
});

/** The basis of a cell's clause. */
export function basisOf(cell: Pick<PlanCell, 'clause'>): ClauseBasis | undefined {
  return clauseBases.find((basis) => basis.id === cell.clause);
}

/** What stands under the state of a cell: what is overdue and how long, else what was done of what was due, else the first record that has to be complete. */
export function cellNumbers(cell: PlanCell): string {
  if (cell.overdue > 0)
    return `${count(cell.overdue)} 项${cell.longestDays > 0 ? `，最长 ${count(cell.longestDays)} 天` : ''}`;
  if (cell.late > 0) return `超期办结 ${count(cell.late)} 项`;
  if (cell.due > 0) return `按时 ${count(cell.inTime)}/${count(cell.due)}`;
  if (cell.ahead > 0) return `未到期 ${count(cell.ahead)} 项`;
  const whole = cell.facts.find((fact) => clauseFacts[fact.id].asks === 'all' && fact.of > 0);
  if (whole) return `${count(whole.done)}/${count(whole.of)} ${clauseFacts[whole.id].unit}`;
  const kept = cell.facts.find((fact) => clauseFacts[fact.id].asks === 'some' && fact.of > 0);
  return kept ? `${count(kept.of)} ${clauseFacts[kept.id].unit}` : '';
}

/** The addresses behind a cell: its duties, and the records of a fact. */
export function pathsOf(
  plan: Pick<Plan, 'span'>,
  place: { schoolId: string | null; back: boolean },
): {
  duties: (cell: PlanCell, shown: ClauseDutiesShown) => string;
  fact: (id: ClauseFactId) => string;
} {
  const { year, key, from, to } = plan.span;
  const { schoolId, back } = place;
  return {
    duties: (cell, shown) =>
      `${clauseDutiesPath(shown, { clause: cell.clause, schoolId, year, term: key, from, to })}${back ? '&back=school' : ''}`,
    fact: (id) => clauseFacts[id].path({ schoolId, from, to }),
  };
}

/** How many clauses of a school stand how, the worst first. */
export function statesOf(cells: readonly PlanCell[]): { state: ClauseState; many: number }[] {
  return clauseStates
    .map((state) => ({ state, many: cells.filter((cell) => cell.state === state).length }))
    .filter(({ many }) => many > 0);
}
