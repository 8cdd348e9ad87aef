import { Alert, Button, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { getChildAttendance } from '#contract/attendance-views.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { markSigns, markWords } from '#domain/attendance/words.ts';
import { useAnswer } from '#web/api/use.ts';
import { Block, Facts } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { leaveLook, markLook, schoolDays } from './attendance-words.ts';
import { MarkHistory } from './mark-history.tsx';
import { SpanBar } from '#web/parts/span-bar.tsx';
import './attendance.css';

type Answer = OutputOf<typeof getChildAttendance>;
type Mark = Answer['days'][number]['marks'][number];

function isKnown(mark: string): mark is keyof typeof markSigns {
  return mark in markSigns;
}

/** A child's attendance: how it stands in the term, every school day with its sign, and the leaves. */
export function ChildAttendance({ childId, from, to }: { childId: string; from?: string; to?: string }) {
  const answer = useAnswer(getChildAttendance, {
    childId,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  const seen = answer.data?.childId === childId ? answer.data : undefined;
  if (answer.isError)
    return (
      <Alert
        type="error"
        showIcon
        title={answer.error.message}
        action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
      />
    );
  if (seen === undefined)
    return (
      <Block>
        <Skeleton active title={false} paragraph={{ rows: 8 }} />
      </Block>
    );
  return <Shown seen={seen} />;
}

function Shown({ seen }: { seen: Answer }) {
  const phone = usePhone();
  const [day, setDay] = useState<string | null>(null);
  const { sums, standing } = seen;
  const months = [...new Set(seen.days.map((each) => each.day.slice(0, 7)))];
  return (
    <>
      <Block title="本学期无故缺勤">
        {standing === null || standing.cumulative === 0 ? (
          <p>本学期没有无故缺勤。</p>
        ) : (
          <>
            <p>
              连续 {schoolDays(standing.consecutive)} 天{standing.since === null ? '' : `（自 ${standing.since}）`}
              ，累计 {schoolDays(standing.cumulative)} 天。{' '}
              {standing.crossedDay === null ? (
                <span className="quiet">没有达到疑似辍学的天数。</span>
              ) : (
                <Status kind="bad" words={`${standing.crossedDay} 达到疑似辍学的天数`} />
              )}
            </p>
            <p className="quiet">疑似辍学的天数：{standing.rule}</p>
          </>
        )}
      </Block>
      <Block title="每天" extra={<SpanBar from={seen.from} to={seen.to} />}>
        <Facts
          items={[
            { label: '上课日', value: `${String(sums.schoolDays)} 天` },
            { label: '到校', value: `${schoolDays(sums.present)} 天` },
            { label: '无故缺勤', value: `${schoolDays(sums.unexcused)} 天` },
            { label: '请假', value: `${schoolDays(sums.leave)} 天` },
            { label: '没有点名（未知）', value: `${schoolDays(sums.unknown)} 天` },
          ]}
        />
        {seen.days.length === 0 ? <p className="quiet att-note">这段时间没有上课日。</p> : null}
        {months.map((month) => (
          <section key={month} className="att-month">
            <h3 className="att-heading">
              {month.slice(0, 4)}年{Number(month.slice(5))}月
            </h3>
            <ol className="att-days">
              {seen.days
                .filter((each) => each.day.startsWith(month))
                .map((each) => (
                  <li key={each.day}>
                    <button
                      type="button"
                      className="att-day"
                      aria-label={`${each.day}，${each.marks.map((mark) => `${mark.partWords}${mark.markWords}`).join('，')}`}
                      title={each.marks.map((mark) => `${mark.partWords}${mark.markWords}`).join('，')}
                      onClick={() => {
                        setDay(each.day);
                      }}
                    >
                      <span className="att-day-number">{Number(each.day.slice(8))}</span>
                      {each.marks.map((mark) => (
                        <Sign key={mark.part} mark={mark} />
                      ))}
                    </button>
                  </li>
                ))}
            </ol>
          </section>
        ))}
        <p className="quiet att-note">
          图例：{markSigns.present} 到校，
          {(['unexcused', 'illness', 'personal', 'official', 'bereavement', 'other', 'late', 'unknown'] as const)
            .map((kind) => `${markSigns[kind]} ${markWords[kind]}`)
            .join('，')}
          ，{markSigns.gap} 没有点名。点某一天看各个版本。
        </p>
      </Block>
      <Block title={`请假（${String(seen.leaves.length)}）`}>
        {seen.leaves.length === 0 ? <p className="quiet">没有请假记录。</p> : null}
        <ul className="att-plain">
          {seen.leaves.map((leave) => (
            <li key={leave.id}>
              <span>
                <strong>{leave.kindWords}</strong> {leave.fromDay} 至 {leave.toDay}，{leave.schoolDays} 个上课日
              </span>
              <Status kind={leaveLook[leave.state]} words={leave.stateWords} />
            </li>
          ))}
        </ul>
      </Block>
      {day === null ? null : (
        <Drawer
          open
          size={phone ? '100%' : 460}
          title={`${seen.name}，${day}`}
          onClose={() => {
            setDay(null);
          }}
        >
          <MarkHistory childId={seen.childId} day={day} />
        </Drawer>
      )}
    </>
  );
}

function Sign({ mark }: { mark: Mark }) {
  const known = isKnown(mark.mark) ? mark.mark : 'gap';
  return <span className={`att-sign att-sign-${markLook[known]}`}>{markSigns[known]}</span>;
}
