import { getProgression } from '#contract/statistics-cockpit.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { momentOf, movedAt, namesAt, type Asked } from './asked.ts';

type Told = OutputOf<typeof getProgression>;

/** Grade progression: each grade of last spring against the next one of this autumn; it may pass 100 %. Each number opens its names, and who left or joined on the way. */
export function Progression({ asked }: { asked: Asked }) {
  const { level, schoolId } = asked;
  const answer = useAnswer(getProgression, {
    ...momentOf(asked),
    ...(level === null ? {} : { level }),
    ...(schoolId === null ? {} : { schoolId }),
  });
  const told = answer.data;
  return (
    <Block
      title="升年级时少了谁"
      extra={told?.value == null ? null : <span className="quiet">合计 {percentWords(told.value)} %</span>}
    >
      {told === undefined ? (
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      ) : told.rows.length === 0 ? (
        <p className="quiet">去年春季还没有学籍记录，满一学年后显示年级巩固率。</p>
      ) : (
        <>
          <div className="plain-scroll">
            <Pairs told={told} asked={asked} />
          </div>
          <p className="quiet">
            {told.words}。公式第 {told.version} 版。
          </p>
        </>
      )}
    </Block>
  );
}

function Pairs({ told, asked }: { told: Told; asked: Asked }) {
  const may = useMay('children.read');
  const { schoolId } = asked;
  const stockAt = (day: string, grade: number) => {
    const scope = schoolId === null ? ({ scopeKind: 'grade', scopeKey: String(grade) } as const) : ({ scopeKind: 'schoolGrade', scopeKey: `${schoolId}:${String(grade)}` } as const); // prettier-ignore
    return may ? namesAt({ ...asked, period: 'month', day }, 'S1', scope) : null;
  };
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>年级</th>
          <th className="num">{told.spring}</th>
          <th className="num">{told.autumn}</th>
          <th className="num">年级巩固率</th>
          {may ? <th>名单</th> : null}
        </tr>
      </thead>
      <tbody>
        {told.rows.map((row) => (
          <tr key={row.grade}>
            <td>{row.name}</td>
            <td className="num">
              <GoFigure n={row.spring} to={stockAt(told.spring, row.grade)} />
            </td>
            <td className="num">
              <GoFigure n={row.autumn} to={stockAt(told.autumn, row.grade + 1)} />
            </td>
            <td className="num">{percentWords(row.value)} %</td>
            {may ? (
              <td className="cockpit-moved">
                <Go to={movedAt(asked, row.grade, 'left')} title={`${row.name}：不在的名单`}>
                  不在的
                </Go>
                <Go to={movedAt(asked, row.grade, 'joined')} title={`${row.name}：新来的名单`}>
                  新来的
                </Go>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
