import type { makePlan } from '#contract/visit-plans.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';

/** What a plan gives to whom: sums, a line for each teacher, and the classes that wait for somebody to be named. */
export function PlanPreview({ plan }: { plan: OutputOf<typeof makePlan> }) {
  const figures: [string, number][] = [
    ['孩子', plan.pupils],
    ['户', plan.households],
    ['走访次数', plan.visits],
    ['可用工作日', plan.days],
    ['已在同类计划中', plan.already],
  ];
  return (
    <div className="vis-preview">
      <dl className="vis-figures">
        {figures.map(([label, number]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count(number)}</dd>
          </div>
        ))}
      </dl>
      {plan.visits === 0 ? (
        <p className="quiet">没有需要新安排的走访：所选的孩子都已在同类计划中，或班级没有在校学生。</p>
      ) : null}
      {plan.unassigned.length === 0 ? null : (
        <div>
          <p>
            <Status kind="warn" words="这些班没有班主任，走访待指定走访人后改派：" />
          </p>
          <p>{plan.unassigned.map((line) => `${line.className} ${count(line.visits)} 次`).join('、')}</p>
        </div>
      )}
      {plan.teachers.length === 0 ? null : (
        <div className="plain-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>走访人</th>
                <th>班级</th>
                <th className="num">走访次数</th>
                <th>首尾日期</th>
              </tr>
            </thead>
            <tbody>
              {plan.teachers.map((line) => (
                <tr key={line.staffId}>
                  <td>{line.staffName}</td>
                  <td>{line.classes}</td>
                  <td className="num">{count(line.visits)}</td>
                  <td>
                    {line.firstDay} 至 {line.lastDay}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
