import type { OutputOf } from '#contract/endpoint.ts';
import { getForecast } from '#contract/statistics-figures.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dayWords } from '#web/ui/words.ts';
import { addressOf } from '#web/ui/address.ts';
import { momentOf, namesAt, type Asked, type ScopeOf } from './asked.ts';

type Told = OutputOf<typeof getForecast>;

/** The year's end as forecast for the district, a level or one school: its range against the target, and the schools that decide it. */
export function Outlook({ asked }: { asked: Asked }) {
  const { level, schoolId } = asked;
  const answer = useAnswer(getForecast, {
    ...momentOf(asked),
    ...(level === null ? {} : { level }),
    ...(schoolId === null ? {} : { schoolId }),
  });
  const told = answer.data;
  if (told === undefined)
    return (
      <Block title="学年末年巩固率能不能达到目标">
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      </Block>
    );
  return (
    <Block
      title="学年末年巩固率能不能达到目标"
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
            {told.method}；预计到 {dayWords(told.to)} 共流失 {count(Math.round(told.lostByEnd))} 人。
          </p>
          <Deciding told={told} asked={asked} />
        </>
      )}
    </Block>
  );
}

const firstShown = 10;

/** The schools that are expected to lose more than the target allows, those first with which the district comes to it or not; of one school, how much it may still lose. */
function Deciding({ told, asked }: { told: Told; asked: Asked }) {
  const may = useMay('children.read');
  const { level } = asked;
  if (asked.schoolId !== null) {
    const [own] = told.deciding;
    return own === undefined ? (
      <p>预计在目标允许之内。</p>
    ) : (
      <p>
        目标允许流失 {count(own.allowed)} 人，预计到学年末多出 {count(own.short)} 人。
      </p>
    );
  }
  const rows = told.deciding.slice(0, firstShown);
  if (rows.length === 0) return <p className="quiet">各校预计都在目标允许之内，没有起决定作用的学校。</p>;
  const scopeOfSchool = (id: string): ScopeOf =>
    level === null ? { scopeKind: 'school', scopeKey: id } : { scopeKind: 'schoolLevel', scopeKey: `${id}:${level}` };
  const at = (part: 'Drop' | 'Gone', id: string) =>
    may ? namesAt({ ...asked, period: 'year', group: null }, part, scopeOfSchool(id)) : null;
  return (
    <>
      <h3 className="cockpit-sub">
        {told.certain ? '预计超出目标允许的学校（不影响全区达到目标）' : '哪些学校起决定作用'}
      </h3>
      <div className="plain-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>学校</th>
              <th className="num">辍学</th>
              <th className="num">去向未落实</th>
              <th className="num">预计学年末流失</th>
              <th className="num">目标允许</th>
              <th className="num">多出</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.schoolId}>
                <td>
                  <Go to={addressOf('/cockpit', { schoolId: one.schoolId, level, ...momentOf(asked) })}>{one.name}</Go>
                  {one.decides ? <span className="cockpit-small">起决定作用</span> : null}
                </td>
                <td className="num">
                  <GoFigure n={one.dropped} to={at('Drop', one.schoolId)} />
                </td>
                <td className="num">
                  <GoFigure n={one.gone} to={at('Gone', one.schoolId)} />
                </td>
                <td className="num">{one.expected.toFixed(1)}</td>
                <td className="num">{count(one.allowed)}</td>
                <td className="num">{count(one.short)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {told.deciding.length > rows.length ? (
        <p className="quiet">
          另有 {count(told.deciding.length - rows.length)} 所学校预计超出，人数较少，见“在哪些学校”。
        </p>
      ) : null}
    </>
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
