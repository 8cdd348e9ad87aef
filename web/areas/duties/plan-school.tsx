import { clauseNextOf, clauseStateWords } from '#domain/duties/clause-states.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { Block, Empty, Next } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { ClauseDetail, ClauseStatus } from './plan-cell.tsx';
import { basisOf, clauseLook, pathsOf, statesOf, type Plan, type PlanCell, type PlanRow } from './plan-words.ts';

/** How many clauses stand how. */
export function StatesOfClauses({ cells }: { cells: readonly PlanCell[] }) {
  return (
    <ul className="plan-states">
      {statesOf(cells).map(({ state, many }) => (
        <li key={state}>
          <Status kind={clauseLook[state]} words={`${clauseStateWords[state]} ${count(many)} 条`} />
        </li>
      ))}
    </ul>
  );
}

/** One school's column as a list: each clause with state, numbers, records and the next step; the longest overdue stands above. */
export function PlanOfSchool({
  plan,
  row,
  clause,
}: {
  plan: Plan;
  row: PlanRow | undefined;
  clause: string | undefined;
}) {
  if (!row)
    return (
      <section className="block">
        <Empty words="没有符合条件的条款。去掉筛选，或换一个学期再看。" />
      </section>
    );
  const paths = pathsOf(plan, { schoolId: row.schoolId, back: !plan.single });
  const shown = row.cells.filter((cell) => clause === undefined || cell.clause === clause);
  const worst = shown
    .filter((cell) => cell.overdue > 0)
    .sort((a, b) => b.longestDays - a.longestDays || b.overdue - a.overdue)[0];
  const basis = worst === undefined ? undefined : basisOf(worst);
  return (
    <>
      {worst && basis ? (
        <Next
          words={`${basis.id} ${basis.title}：${clauseNextOf(basis, worst.state, worst, worst.facts).words}`}
          due={worst.oldestDue}
          overdue
          button={
            <GoButton type="primary" to={paths.duties(worst, 'open')}>
              看逾期的事项
            </GoButton>
          }
        />
      ) : null}
      <Block title={row.name} extra={<StatesOfClauses cells={shown} />}>
        <ol className="plan-list">
          {shown.map((cell) => {
            const own = basisOf(cell);
            return own === undefined ? null : (
              <li key={cell.clause}>
                <header>
                  <h3>
                    <span className="plan-id">{own.id}</span> {own.title}
                  </h3>
                  <ClauseStatus cell={cell} />
                </header>
                <ClauseDetail basis={own} cell={cell} paths={paths} />
              </li>
            );
          })}
        </ol>
      </Block>
    </>
  );
}
