import { useEffect } from 'react';
import { getRollCall, markRollCall, myClasses } from '#contract/attendance.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { phoneDay, phoneHour, phoneNow } from '../clock.ts';
import { fetchVisits } from '../fetch-ahead.ts';
import { fetchOrKept } from '../keep/fetched.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { confirmedOf, waitingEntry, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { HomeTeaching } from '../parts/home-teaching.tsx';
import { MyCases } from '../parts/my-cases.tsx';
import { TodayVisits } from '../parts/today-visits.tsx';
import { store } from '../session.ts';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';

type Part = OutputOf<typeof myClasses>['classes'][number]['parts'][number];

/** The first page of the phone: 点名, 今日走访, 报告, 待上传. Everything for today's work is fetched while there is signal. */
export function HomePage({
  who,
  entries,
  waiting,
  onLeave,
}: {
  who: Unlocked;
  entries: readonly ShownEntry[];
  waiting: number;
  onLeave: () => void;
}) {
  const day = phoneDay(phoneNow());
  const confirmed = confirmedOf(entries);
  const { answer, fault } = useKeptAnswer(who, myClasses, { day }, confirmed);
  const classes = answer?.value.classes;
  useEffect(() => {
    if (!answer?.fresh) return;
    for (const one of answer.value.classes)
      for (const { part } of one.parts)
        void fetchOrKept(store, who, getRollCall, { classId: one.classId, day, part }, phoneNow()).catch(
          () => undefined,
        );
    void fetchVisits(who, day).catch(() => undefined);
  }, [answer, day, who]);
  return (
    <>
      <Bar title={`${who.owner.name}的今天`}>
        <button
          type="button"
          className="link"
          onClick={() => {
            goTo('/field/outbox');
          }}
        >
          待上传 {waiting}
        </button>
      </Bar>
      <main className="page">
        {answer && !answer.fresh ? (
          <p className="note">没有信号，显示的是 {phoneHour(answer.at)} 取得的内容。照常登记，有信号时自动上传。</p>
        ) : null}
        <section aria-labelledby="rollcall">
          <h2 id="rollcall">点名</h2>
          {fault === null ? null : <p className="quiet">{fault}</p>}
          {classes?.length === 0 ? <p className="quiet">您没有要点名的班级。</p> : null}
          {answer && !answer.value.isSchoolDay ? <p className="quiet">今天不上课，不用点名。</p> : null}
          <ul className="cards">
            {(classes ?? []).map((one) => (
              <li key={one.classId}>
                <button
                  type="button"
                  className="card"
                  onClick={() => {
                    goTo(`/field/rollcall/${one.classId}`);
                  }}
                >
                  <span className="card-row">
                    <strong>{one.className}</strong>
                    <span className="quiet">{one.onRoll} 人</span>
                  </span>
                  {one.parts.map((part) => {
                    const here = waitingEntry(
                      entries,
                      markRollCall.name,
                      (input) =>
                        input['classId'] === one.classId && input['day'] === day && input['part'] === part.part,
                    );
                    if (!here && !part.marked && answer?.value.isSchoolDay === false) return null;
                    return (
                      <span key={part.part} className={part.marked ? 'quiet' : 'state state-onPhone'}>
                        {here ? `${part.partWords}已点名，存在本机，等待上传` : partState(part)}
                      </span>
                    );
                  })}
                </button>
              </li>
            ))}
          </ul>
        </section>
        <TodayVisits who={who} day={day} after={confirmed} />
        <MyCases who={who} after={confirmed} />
        <HomeTeaching who={who} entries={entries} after={confirmed} />
        <section className="pair">
          <button
            type="button"
            className="tap"
            onClick={() => {
              goTo('/field/leave');
            }}
          >
            登记请假
          </button>
          <button
            type="button"
            className="tap"
            onClick={() => {
              goTo('/field/scan');
            }}
          >
            补纸质签名
          </button>
          <button
            type="button"
            className="tap"
            onClick={() => {
              goTo('/field/visits');
            }}
          >
            走访记录和更正
          </button>
        </section>
        <section>
          <h2>报告</h2>
          <p className="quiet">发现孩子可能不再上学，一分钟内报告；紧急情况也在这里。</p>
          <button
            type="button"
            className="tap"
            onClick={() => {
              goTo('/field/report');
            }}
          >
            报告疑似辍学或紧急情况
          </button>
        </section>
        <section className="pair">
          <a className="link tap" href="/">
            打开完整平台
          </a>
          <button type="button" className="link" onClick={onLeave}>
            退出，清除本机名单
          </button>
        </section>
      </main>
    </>
  );
}

function partState(part: Part): string {
  if (!part.marked) return `${part.partWords}还没有点名`;
  const calls = part.unanswered > 0 ? `；${String(part.unanswered)} 人待联系` : '';
  return `${part.partWords}已点名：到校 ${String(part.present ?? 0)}，无故缺勤 ${String(part.unexcused)}，请假 ${String(part.onLeave)}${calls}`;
}
