import { useEffect, useState } from 'react';
import { listChanges, listHomeLessons } from '#contract/enrolment-changes.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { phoneNow } from '../clock.ts';
import { monthWords, taughtAtHome, waitingLessons } from '../home-teaching.ts';
import { fetchOrKept } from '../keep/fetched.ts';
import type { Unlocked } from '../keep/unlock.ts';
import type { ShownEntry } from '../outbox-state.ts';
import { store } from '../session.ts';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';

type Pupil = OutputOf<typeof listChanges>['rows'][number];
type Log = OutputOf<typeof listHomeLessons>;

/** 送教上门: the pupils within reach who are taught at home, with this month's lessons; nothing where there are none. */
export function HomeTeaching({
  who,
  entries,
  after,
}: {
  who: Unlocked;
  entries: readonly ShownEntry[];
  after: number;
}) {
  const { answer } = useKeptAnswer(who, listChanges, taughtAtHome, after);
  const [shown, setShown] = useState<{ pupil: Pupil; log: Log }[]>([]);
  useEffect(() => {
    let ended = false;
    const logs = (answer?.value.rows ?? []).map(async (pupil) => {
      const log = await fetchOrKept(store, who, listHomeLessons, { id: pupil.id }, phoneNow()).catch(() => null);
      return log === null || !log.value.open || !log.value.may ? [] : [{ pupil, log: log.value }];
    });
    void Promise.all(logs).then((found) => {
      if (!ended) setShown(found.flat());
    });
    return () => {
      ended = true;
    };
  }, [answer, who]);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="lessons">
      <h2 id="lessons">送教上门</h2>
      <ul className="cards">
        {shown.map(({ pupil, log }) => {
          const waits = waitingLessons(entries, pupil.id);
          const [month] = log.months;
          return (
            <li key={pupil.id}>
              <button
                type="button"
                className="card"
                onClick={() => {
                  goTo(`/field/lesson/${pupil.id}`);
                }}
              >
                <strong>{pupil.name}</strong>
                <span className="quiet">{pupil.className}</span>
                {month === undefined ? null : <span>{monthWords(month, log.quota)}</span>}
                {waits.length === 0 ? null : (
                  <span className="state state-onPhone">{waits.length} 次送教还没有被平台接收，见“待上传”</span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
