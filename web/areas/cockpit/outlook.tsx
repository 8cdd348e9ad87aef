import { getProgression } from '#contract/statistics-cockpit.ts';
import { getForecast } from '#contract/statistics-figures.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dayWords } from '#web/ui/words.ts';
import { momentOf, namesAt, type Asked } from './asked.ts';

/** The year's end as forecast, its range against the target, and the schools that decide it. */
export function Outlook({ asked }: { asked: Asked }) {
  const answer = useAnswer(getForecast, momentOf(asked));
  const may = useMay('children.read');
  const told = answer.data;
  if (told === undefined)
    return (
      <Block title="学年末能不能达到目标">
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      </Block>
    );
  const deciding = told.deciding.filter((one) => one.decides).slice(0, 10);
  return (
    <Block
      title="学年末能不能达到目标"
      extra={
        told.value === null ? null : told.certain ? (
          <Status kind="ok" words="预计达到" />
        ) : told.reaches ? (
          <Status kind="warn" words="可能达到" />
        ) : (
          <Status kind="bad" words={`预计差 ${count(told.short)} 人`} />
        )
      }
    >
      {told.value === null ? (
        <p className="quiet">还没有在校学生的记录，无法预测。</p>
      ) : (
        <>
          <Range value={told.value} low={told.low ?? told.value} high={told.high ?? told.value} target={told.target} />
          <p className="quiet">
            {told.method}；预计到 {dayWords(told.to)} 共流失 {count(Math.round(told.lostByEnd))}{' '}
            人。按全区各学段合计预测，不随学段、街道筛选变化。
          </p>
          {deciding.length === 0 ? null : (
            <table className="plain-table">
              <thead>
                <tr>
                  <th>起决定作用的学校</th>
                  <th className="num">已流失</th>
                  <th className="num">目标允许</th>
                  <th className="num">多出</th>
                </tr>
              </thead>
              <tbody>
                {deciding.map((one) => (
                  <tr key={one.schoolId}>
                    <td>
                      <Go to={`/cockpit?schoolId=${one.schoolId}`}>{one.name}</Go>
                    </td>
                    <td className="num">
                      <GoFigure
                        n={one.lost}
                        to={
                          may
                            ? namesAt({ ...asked, period: 'year', group: null }, 'Drop', {
                                scopeKind: 'school',
                                scopeKey: one.schoolId,
                              })
                            : null
                        }
                      />
                    </td>
                    <td className="num">{count(one.allowed)}</td>
                    <td className="num">{count(one.short)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </Block>
  );
}

/** A value within its range beside the target, drawn to scale; the words say the same. */
export function Range({ value, low, high, target }: { value: number; low: number; high: number; target: number }) {
  const from = Math.min(low, target, value) - 0.3;
  const width = Math.max(0.6, 100 - from);
  const x = (at: number) => ((Math.min(100, at) - from) / width) * 1000;
  const words = `预计 ${percentWords(value)} %，区间 ${percentWords(low)} % 至 ${percentWords(high)} %，目标 ${percentWords(target, 1)} %`;
  return (
    <figure className="range">
      <svg viewBox="0 0 1000 60" preserveAspectRatio="none" role="img" aria-label={words}>
        <line x1={0} x2={1000} y1={30} y2={30} className="range-line" />
        <rect x={x(low)} width={Math.max(4, x(high) - x(low))} y={20} height={20} className="range-band" />
        <line x1={x(target)} x2={x(target)} y1={4} y2={56} className="range-target" />
        <rect x={x(value) - 4} width={8} y={10} height={40} className="range-value" />
      </svg>
      <figcaption>{words}</figcaption>
    </figure>
  );
}

/** Grade progression: each grade of last spring against the next one of this autumn; it may pass 100 %. */
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
            <table className="plain-table">
              <thead>
                <tr>
                  <th>年级</th>
                  <th className="num">{told.spring}</th>
                  <th className="num">{told.autumn}</th>
                  <th className="num">年级巩固率</th>
                </tr>
              </thead>
              <tbody>
                {told.rows.map((row) => (
                  <tr key={row.grade}>
                    <td>{row.name}</td>
                    <td className="num">{count(row.spring)}</td>
                    <td className="num">{count(row.autumn)}</td>
                    <td className="num">{percentWords(row.value)} %</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="quiet">
            {told.words}。公式第 {told.version} 版。
          </p>
        </>
      )}
    </Block>
  );
}
