import { clauseFacts, factWords } from '#domain/duties/clause-facts.ts';
import { clauseNextOf, clauseStateWords, type ClauseBasis } from '#domain/duties/clause-states.ts';
import { useMe } from '#web/api/me.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { clauseLook, type pathsOf, type PlanCell } from './plan-words.ts';

type Paths = ReturnType<typeof pathsOf>;

/** The state of a clause as icon and word. */
export function ClauseStatus({ cell }: { cell: PlanCell }) {
  return <Status kind={clauseLook[cell.state]} words={clauseStateWords[cell.state]} />;
}

/** The duties of a clause by how they ended, each number opening them; what has no rule has no deadline. */
export function ClauseNumbers({ basis, cell, paths }: { basis: ClauseBasis; cell: PlanCell; paths: Paths }) {
  if (basis.rules.length === 0) return null;
  const numbers = [
    { label: '应办', n: cell.due, shown: 'due' as const },
    { label: '按时办结', n: cell.inTime, shown: 'inTime' as const },
    { label: '超期办结', n: cell.late, shown: 'late' as const },
    { label: '逾期未办', n: cell.overdue, shown: 'open' as const },
    { label: '未到期', n: cell.ahead, shown: 'ahead' as const },
    { label: '已免', n: cell.waived, shown: 'waived' as const },
  ];
  return (
    <dl className="plan-numbers">
      {numbers.map(({ label, n, shown }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <GoFigure n={n} to={paths.duties(cell, shown)} title={`${basis.id} ${label} ${count(n)} 项，看事项`} />
            {shown === 'open' && n > 0 && cell.longestDays > 0 ? (
              <span className="dut-late"> 最长 {count(cell.longestDays)} 天</span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The records behind a clause beside its duties, each leading to where they are kept; and what of it is not recorded. */
export function ClauseFacts({ basis, cell, paths }: { basis: ClauseBasis; cell: PlanCell; paths: Paths }) {
  const { permissions } = useMe();
  if (cell.facts.length === 0 && basis.lacks === null) return null;
  return (
    <ul className="plan-facts">
      {cell.facts.map((fact) => (
        <li key={fact.id}>
          {permissions.includes(clauseFacts[fact.id].needs) ? (
            <Go to={paths.fact(fact.id)}>{factWords(fact)}</Go>
          ) : (
            factWords(fact)
          )}
        </li>
      ))}
      {basis.lacks === null ? null : <li className="quiet">{basis.lacks}</li>}
    </ul>
  );
}

/** The next step about a clause, with its way where it has one. */
export function ClauseNextStep({ basis, cell, paths }: { basis: ClauseBasis; cell: PlanCell; paths: Paths }) {
  const { permissions } = useMe();
  const next = clauseNextOf(basis, cell.state, cell, cell.facts);
  if (next.what === 'none') return <p className="plan-next quiet">{next.words}</p>;
  const to =
    next.what !== 'fact'
      ? paths.duties(cell, next.what === 'overdue' ? 'open' : next.what)
      : permissions.includes(clauseFacts[next.fact].needs)
        ? paths.fact(next.fact)
        : null;
  return (
    <p className="plan-next">
      <span>下一步：{next.words}</span>
      {to === null ? null : (
        <GoButton to={to} {...(next.what === 'overdue' ? { type: 'primary' as const } : {})}>
          {next.what !== 'fact' ? '看事项' : to.startsWith('/books/records') ? '去登记' : '去查看'}
        </GoButton>
      )}
    </p>
  );
}

/** Everything behind one clause at one place. */
export function ClauseDetail({ basis, cell, paths }: { basis: ClauseBasis; cell: PlanCell; paths: Paths }) {
  return (
    <>
      <p className="quiet plan-asks">
        {basis.owes}。怎样算落实：{basis.done}。
      </p>
      <ClauseNumbers basis={basis} cell={cell} paths={paths} />
      <ClauseFacts basis={basis} cell={cell} paths={paths} />
      <ClauseNextStep basis={basis} cell={cell} paths={paths} />
    </>
  );
}
