import { myVisits } from '#contract/visits.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';

type Planned = OutputOf<typeof myVisits>['due'][number];

/** 今日走访: what is due today or overdue, then the next seven days. */
export function TodayVisits({ who, day, after }: { who: Unlocked; day: string; after: number }) {
  const { answer, fault } = useKeptAnswer(who, myVisits, { day }, after);
  const due = answer?.value.due ?? [];
  const ahead = answer?.value.ahead ?? [];
  return (
    <section aria-labelledby="visits">
      <h2 id="visits">今日走访</h2>
      {fault === null ? null : <p className="quiet">{fault}</p>}
      {answer && due.length === 0 ? <p className="quiet">今天没有到期的走访。</p> : null}
      <ul className="cards">
        {due.map((one) => (
          <OneVisit key={one.itemId} visit={one} />
        ))}
      </ul>
      {ahead.length > 0 ? (
        <details>
          <summary className="tap">七天内还有 {ahead.length} 次</summary>
          <ul className="cards">
            {ahead.map((one) => (
              <OneVisit key={one.itemId} visit={one} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function OneVisit({ visit }: { visit: Planned }) {
  return (
    <li>
      <button
        type="button"
        className="card"
        onClick={() => {
          goTo(`/field/visit/${visit.childId}`);
        }}
      >
        <span className="card-row">
          <strong>{visit.name}</strong>
          <span className={visit.overdue ? 'state state-refused' : 'quiet'}>
            {visit.overdue ? `已逾期，应于 ${visit.dueDate}` : visit.dueDate}
          </span>
        </span>
        <span className="quiet">
          {[visit.className, visit.kindWords, visit.attempts > 0 ? `已去过 ${String(visit.attempts)} 次未遇` : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span>{visit.address ?? '没有登记住址'}</span>
      </button>
    </li>
  );
}
