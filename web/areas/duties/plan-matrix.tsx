import { Drawer } from 'antd';
import { clauseBases, clauseStateWords, type ClauseBasis } from '#domain/duties/clause-states.ts';
import { useListState } from '#web/parts/list.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count } from '#web/ui/words.ts';
import { ClauseDetail, ClauseStatus } from './plan-cell.tsx';
import { StatesOfClauses } from './plan-school.tsx';
import { cellNumbers, pathsOf, type Plan, type PlanCell, type PlanRow } from './plan-words.ts';

const officeName = '教育局、街道和社区';
const officeKey = 'office';

/** A place of the matrix: a school, or what belongs to none. */
interface Line {
  key: string;
  schoolId: string | null;
  name: string;
  beside: string;
  cells: PlanCell[];
}

function linesOf(plan: Plan): Line[] {
  const schools = plan.rows.map((row: PlanRow) => ({
    key: row.schoolId,
    schoolId: row.schoolId,
    name: row.name,
    beside: [row.stageWords, row.streetName ?? ''].filter((one) => one !== '').join(' · '),
    cells: row.cells,
  }));
  if (plan.office === null || plan.page * plan.size < plan.total) return schools;
  return [
    ...schools,
    { key: officeKey, schoolId: null, name: officeName, beside: '不属于学校的事项', cells: plan.office },
  ];
}

/** How many schools are overdue in a clause, under its head. */
function Sum({ plan, basis }: { plan: Plan; basis: ClauseBasis }) {
  const many = plan.sums.find((one) => one.clause === basis.id)?.states.overdue ?? 0;
  return many === 0 ? null : <small className="dut-late">{count(many)} 校逾期</small>;
}

/** Schools beside clauses: heads and names stay while the table moves, by the arrow keys too; each cell opens what stands behind it. */
function Table({
  plan,
  bases,
  lines,
  open,
}: {
  plan: Plan;
  bases: readonly ClauseBasis[];
  lines: Line[];
  open: (key: string, clause: string) => void;
}) {
  // prettier-ignore
  return (
    <div className="plan-scroll" role="region" aria-label="各校各条款的状态" tabIndex={0}>
      <table className="plan-table">
        <thead>
          <tr>
            <th scope="col" className="plan-first">
              学校
            </th>
            {bases.map((basis) => (
              <th key={basis.id} scope="col" title={`${basis.owes}。怎样算落实：${basis.done}。`}>
                <span className="plan-id">{basis.id}</span>
                <span className="plan-title">{basis.title}</span>
                <Sum plan={plan} basis={basis} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row" className="plan-first">
                {line.schoolId === null ? (
                  line.name
                ) : (
                  <Go to={addressOf('/plan', { year: String(plan.span.year), term: plan.span.key, schoolId: line.schoolId })}>
                    {line.name}
                  </Go>
                )}
                <small className="quiet">{line.beside}</small>
              </th>
              {bases.map((basis) => {
                const cell = line.cells.find((one) => one.clause === basis.id);
                return (
                  <td key={basis.id}>
                    {cell === undefined ? null : (
                      <button
                        type="button"
                        className="plan-cell"
                        aria-label={`${line.name} ${basis.id} ${basis.title}：${clauseStateWords[cell.state]} ${cellNumbers(cell)}`}
                        onClick={() => {
                          open(line.key, basis.id);
                        }}
                      >
                        <ClauseStatus cell={cell} />
                        <small>{cellNumbers(cell)}</small>
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On a phone: each school with how many of its clauses stand how; it opens its own list. */
function Cards({ plan, lines, open }: { plan: Plan; lines: Line[]; open: (key: string, clause: string) => void }) {
  return (
    <ul className="cards">
      {lines.map((line) => (
        <li key={line.key} className="card">
          <div className="card-head">
            <strong>{line.name}</strong>
            <small className="dut-small quiet">{line.beside}</small>
          </div>
          <StatesOfClauses cells={line.cells} />
          {line.schoolId === null ? (
            <button
              type="button"
              className="card-open"
              onClick={() => {
                open(line.key, '');
              }}
            >
              打开
            </button>
          ) : (
            <Go
              className="card-open plan-open"
              to={addressOf('/plan', { year: String(plan.span.year), term: plan.span.key, schoolId: line.schoolId })}
              title={`${line.name}，打开`}
            >
              打开
            </Go>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What stands behind a cell, in a drawer; of the offices on a phone every clause that they have to do with. */
function Behind({ plan, line, clause, onClose }: { plan: Plan; line: Line; clause: string; onClose: () => void }) {
  const phone = usePhone();
  const paths = pathsOf(plan, { schoolId: line.schoolId, back: false });
  const shown = line.cells.filter((cell) =>
    clause === '' ? cell.state !== 'nothing' && cell.state !== 'unkept' : cell.clause === clause,
  );
  return (
    <Drawer open title={line.name} size={phone ? '100%' : 520} onClose={onClose}>
      <ol className="plan-list">
        {shown.map((cell) => {
          const basis = clauseBases.find((one) => one.id === cell.clause);
          return basis === undefined ? null : (
            <li key={cell.clause}>
              <header>
                <h3>
                  <span className="plan-id">{basis.id}</span> {basis.title}
                </h3>
                <ClauseStatus cell={cell} />
              </header>
              <ClauseDetail basis={basis} cell={cell} paths={paths} />
            </li>
          );
        })}
      </ol>
      {shown.length === 0 ? <Empty words="本期没有事项。" /> : null}
    </Drawer>
  );
}

/** The matrix of a page of schools. */
export function PlanMatrix({ plan, clause }: { plan: Plan; clause: string | undefined }) {
  const { state, set } = useListState();
  const phone = usePhone();
  const lines = linesOf(plan);
  const bases = clauseBases.filter((basis) => clause === undefined || basis.id === clause);
  const [key, at = ''] = (state['cell'] ?? '').split('~');
  const opened = lines.find((line) => line.key === key);
  const open = (line: string, of: string) => {
    set({ cell: `${line}~${of}`, page: state['page'] });
  };
  return (
    <Block>
      {plan.rows.length === 0 ? (
        <Empty words="没有符合条件的学校。去掉筛选，或换一个学期再看。" />
      ) : phone ? (
        <Cards plan={plan} lines={lines} open={open} />
      ) : (
        <Table plan={plan} bases={bases} lines={lines} open={open} />
      )}
      {opened ? (
        <Behind
          plan={plan}
          line={opened}
          clause={at}
          onClose={() => {
            set({ cell: undefined, page: state['page'] });
          }}
        />
      ) : null}
    </Block>
  );
}
