import { useState } from 'react';
import { Button } from 'antd';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { useMay } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';

const firstShown = 20;

/** The schools, those with most to settle first. */
export function Schools({ figures }: { figures: Cockpit }) {
  const [all, setAll] = useState(false);
  const mayFindings = useMay('findings.read');
  const mayRoster = useMay('roster.read');
  const lines = [...figures.bySchool].sort(
    (a, b) => b.openFindings - a.openFindings || b.onRollAbsent - a.onRollAbsent,
  );
  const shown = all ? lines : lines.slice(0, firstShown);
  const number = (to: string, value: number, may = mayFindings) =>
    may && value > 0 ? <Go to={to}>{count(value)}</Go> : count(value);
  if (lines.length === 0) return null;
  return (
    <Block title="在哪些学校" extra={<span className="quiet">按待办结的发现排列</span>}>
      <div className="plain-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>学校</th>
              <th className="num">待办结的发现</th>
              <th className="num">{comparisonKindWords.onRollAbsent}</th>
              <th className="num">{comparisonKindWords.doubleEnrolled}</th>
              <th className="num">在册学生</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.id}>
                <td>
                  <Go to={`/schools/${line.id}`}>{line.name}</Go>
                </td>
                <td className="num">{number(`/compare?schoolId=${line.id}`, line.openFindings)}</td>
                <td className="num">{number(`/compare?kind=onRollAbsent&schoolId=${line.id}`, line.onRollAbsent)}</td>
                <td className="num">
                  {number(`/compare?kind=doubleEnrolled&schoolId=${line.id}`, line.doubleEnrolled)}
                </td>
                <td className="num">{number(`/roster?schoolId=${line.id}`, line.pupils, mayRoster)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > firstShown ? (
        <Button
          type="link"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? '只看前 20 所' : `看全部 ${count(lines.length)} 所`}
        </Button>
      ) : null}
    </Block>
  );
}
