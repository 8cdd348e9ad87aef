import { useMemo } from 'react';
import { listFigures, getFigures, getForecast, listTrend } from '#contract/statistics-figures.ts';
import { getWork } from '#contract/statistics-cockpit.ts';
import { getCockpit } from '#contract/statistics.ts';
import { baseWords } from '#domain/comparison/cells.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { funnelParts, funnelWords } from '#domain/statistics/work.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list-state.ts';
import { Chart } from '#web/ui/chart.tsx';
import { Go } from '#web/ui/go.tsx';
import { count, dayWords, momentWords, percent } from '#web/ui/words.ts';
import { addressOf } from '#web/ui/address.ts';
import { askedFrom, inputOf, listOf, rateInput, workInput } from './asked.ts';
import { heatOf } from './heat.tsx';
import { lineOption } from './line-option.ts';
import './cockpit.css';
import './screen.css';

const often = { refetchInterval: 60_000 };

/** The big screen: the two targets, trend, funnel, streets, schools and forecast of the district, read from afar, asked again each minute, nothing to press. */
export function CockpitScreenPage() {
  const me = useMe();
  const { state } = useListState();
  const asked = { ...askedFrom(state, me), street: null, schoolId: null, classId: null };
  const figures = useAnswer(getFigures, inputOf(asked), often);
  const rates = useAnswer(getCockpit, rateInput(asked), often);
  const work = useAnswer(getWork, workInput(asked, asked.level === null ? 'district' : 'level'), often);
  const forecast = useAnswer(getForecast, {}, often);
  const schools = useAnswer(listFigures, listOf(asked, 'school'), often);
  const streets = useAnswer(listFigures, listOf(asked, 'street'), often);
  const error = [figures, rates, work, forecast, schools, streets].find((one) => one.error !== null)?.error ?? null;
  const told = figures.data;
  const [retention] = told?.figures ?? [];
  const enrolled = rates.data;
  const target = enrolled === undefined ? 100 : enrolled.target > 1 ? enrolled.target : enrolled.target * 100;
  const ahead = forecast.data;
  return (
    <div className="big">
      <header>
        <h1>{me.district.name}控辍保学</h1>
        <p>
          {told ? `${told.scopeName}　${told.words}，截至 ${dayWords(told.to)}` : ''}
          {work.data ? `　${momentWords(work.data.madeAt)} 汇总` : ''}
          {error === null ? '' : '　暂时连不上，数字停在上一次'}
        </p>
        <Go to={addressOf('/cockpit', state)}>退出大屏</Go>
      </header>
      <section className="big-targets">
        <Target
          words={`入学率（${baseWords[asked.base]}）`}
          value={enrolled?.asOf == null ? null : (enrolled.rates[0]?.value ?? null)}
          target={target}
          beside={
            enrolled?.asOf == null
              ? '尚未比对'
              : enrolled.notAccounted === null
                ? '这次比对没有留存这样的分项'
                : `未落实 ${count(enrolled.notAccounted)} 人`
          }
        />
        <Target
          words="年巩固率"
          value={retention?.value ?? null}
          target={retention?.target ?? 99}
          beside={told ? `辍学 ${count(told.counts.Drop)} 人，去向未落实 ${count(told.counts.Gone)} 人` : ''}
        />
        <Target
          words="预计学年末"
          value={ahead?.value ?? null}
          target={ahead?.target ?? 99}
          beside={ahead?.value == null ? '' : `区间 ${percentWords(ahead.low)}～${percentWords(ahead.high)} %`}
        />
        <Target
          words="任务及时率"
          value={work.data?.shares.find((one) => one.of === 'duties')?.value ?? null}
          target={null}
          beside={work.data ? `超期未办 ${count(work.data.counts.DutiesOpen ?? 0)} 项` : ''}
        />
      </section>
      <section className="big-trend">
        <h2>近 12 周巩固率</h2>
        <WeekTrend asked={asked} />
      </section>
      <section className="big-funnel">
        <h2>劝返到哪一步</h2>
        <ol>
          {funnelParts.map((part) => {
            const value = work.data?.counts[part] ?? 0;
            const first = work.data?.counts.Suspected ?? 0;
            return (
              <li key={part}>
                <span>{funnelWords[part]}</span>
                <i style={{ width: `${String(first === 0 ? 0 : (value / first) * 100)}%` }} aria-hidden />
                <strong>{count(value)}</strong>
              </li>
            );
          })}
        </ol>
      </section>
      <section className="big-streets">
        <h2>各街道辍学和去向未落实（人）</h2>
        <Tiles
          rows={(streets.data?.rows ?? []).map((row) => ({
            key: row.key,
            name: row.name,
            lost: row.counts.Drop + row.counts.Gone,
          }))}
        />
      </section>
      <section className="big-schools">
        <h2>差距最大的学校</h2>
        <table>
          <tbody>
            {(schools.data?.rows ?? [])
              .filter((row) => row.counts.Drop + row.counts.Gone > 0)
              .slice(0, 7)
              .map((row) => (
                <tr key={row.key}>
                  <td>
                    {row.name}
                    {row.small ? '（人数少）' : ''}
                  </td>
                  <td>{percentWords(row.figures[0]?.value ?? null)} %</td>
                  <td>{count(row.counts.Drop + row.counts.Gone)} 人</td>
                </tr>
              ))}
          </tbody>
        </table>
        {schools.data && !schools.data.rows.some((row) => row.counts.Drop + row.counts.Gone > 0) ? (
          <p>本期没有学校流失学生。</p>
        ) : null}
      </section>
    </div>
  );
}

function Target({
  words,
  value,
  target,
  beside,
}: {
  words: string;
  value: number | null;
  target: number | null;
  beside: string;
}) {
  const met = value !== null && target !== null && value >= target;
  return (
    <div
      className={
        target === null || value === null ? 'big-target' : met ? 'big-target big-met' : 'big-target big-missed'
      }
    >
      <span>{words}</span>
      <strong>{value === null ? '—' : `${percentWords(value, value === 100 ? 0 : 2)} %`}</strong>
      <em>
        {target === null
          ? ''
          : `目标 ${percentWords(target, 0)} %　${value === null ? '' : met ? '已达目标' : '未达目标'}`}
      </em>
      <em>{beside}</em>
    </div>
  );
}

function WeekTrend({ asked }: { asked: ReturnType<typeof askedFrom> }) {
  const answer = useAnswer(listTrend, { ...inputOf(asked), period: 'week', count: 12 }, often);
  const option = useMemo(
    () =>
      lineOption(
        (answer.data ?? [])
          .filter((row) => row.counts.S1 > 0)
          .map((row) => ({ label: row.from.slice(5), value: row.figures[0]?.value ?? null, told: '' })),
        null,
        'dark',
        true,
      ),
    [answer.data],
  );
  const last = answer.data?.at(-1);
  const rate = last?.figures[0];
  return (
    <Chart
      option={option}
      height={270}
      words={`近 12 周巩固率，本周 ${rate ? percent(rate.numerator, rate.denominator) : '—'}`}
    />
  );
}

function Tiles({ rows }: { rows: { key: string; name: string; lost: number }[] }) {
  const tiles = rows.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
  const most = Math.max(0, ...tiles.map((row) => row.lost));
  if (tiles.length === 0) return <p>还没有登记住址所在街道的学生。</p>;
  return (
    <ul className="heat">
      {tiles.map((row) => (
        <li key={row.key} className={`heat-${String(heatOf(row.lost, most))}`}>
          <div>
            <span>{row.name}</span>
            <strong>{count(row.lost)}</strong>
          </div>
        </li>
      ))}
    </ul>
  );
}
