import { getEnrolmentForecast } from '#contract/statistics-cockpit.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dayWords } from '#web/ui/words.ts';
import { momentOf, type Asked } from './asked.ts';
import { notKept } from './kept-number.tsx';
import { Range } from './outlook.tsx';

const firstShown = 10;
const title = '学年末入学率能不能达到目标';

/** The enrolment rate of the year's end as forecast, its range against the target, and in whose catchments those without a place live. */
export function EnrolmentOutlook({ asked }: { asked: Asked }) {
  const mayFindings = useMay('findings.read');
  const answer = useAnswer(getEnrolmentForecast, momentOf(asked));
  const told = answer.data;
  if (told === undefined)
    return (
      <Block title={title}>
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      </Block>
    );
  if (told.asOf === null || told.value === null) return null;
  // findings open as they stand now; of a past day or moment there is no list of them
  const live = mayFindings && asked.day === null && asked.knownAt === null;
  const at = (kind: 'notEnrolled' | 'enrolledElsewhere', schoolId: string | null) =>
    live && schoolId !== null ? addressOf('/compare', { kind, schoolId }) : null;
  const rows = told.deciding.slice(0, firstShown);
  return (
    <Block
      title={title}
      extra={
        told.certain ? (
          <Status kind="ok" words="预计达到" />
        ) : told.reaches ? (
          <Status kind="warn" words="可能达到" />
        ) : (
          <Status kind="bad" words={`预计差 ${count(told.short)} 人`} />
        )
      }
    >
      <Range value={told.value} low={told.low ?? told.value} high={told.high ?? told.value} target={told.target} />
      <p className="quiet">
        {told.method}；{dayWords(told.asOf)} 比对未落实 {count(told.missing)} 人，预计到 {dayWords(told.to)} 还有{' '}
        {count(Math.round(told.missingByEnd))} 人。
      </p>
      {!told.placesKept ? (
        <p className="quiet">各学校片区未落实的人数：{notKept}。</p>
      ) : rows.length === 0 ? (
        <p className="quiet">没有学校片区预计超出目标允许的人数。</p>
      ) : (
        <>
          <h3 className="cockpit-sub">哪些学校片区起决定作用</h3>
          <div className="plain-scroll">
            <table className="plain-table">
              <thead>
                <tr>
                  <th>学校片区</th>
                  <th className="num">未入学</th>
                  <th className="num">自述在外就读</th>
                  <th className="num">预计学年末未落实</th>
                  <th className="num">目标允许</th>
                  <th className="num">多出</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={one.schoolId ?? ''}>
                    <td>
                      {one.schoolId === null ? (
                        one.name
                      ) : (
                        <Go to={addressOf('/cockpit', { schoolId: one.schoolId, ...momentOf(asked) })}>{one.name}</Go>
                      )}
                      {one.decides ? <span className="cockpit-small">起决定作用</span> : null}
                    </td>
                    <td className="num">
                      <GoFigure n={one.notEnrolled} to={at('notEnrolled', one.schoolId)} />
                    </td>
                    <td className="num">
                      <GoFigure n={one.stated} to={at('enrolledElsewhere', one.schoolId)} />
                    </td>
                    <td className="num">{one.expected.toFixed(1)}</td>
                    <td className="num">{count(one.allowed)}</td>
                    <td className="num">{count(one.short)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="quiet">
            按比对发现中尚未办结的计。
            {told.deciding.length > rows.length
              ? `另有 ${count(told.deciding.length - rows.length)} 个片区，人数较少。`
              : ''}
          </p>
        </>
      )}
    </Block>
  );
}
