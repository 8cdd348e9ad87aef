import { useEffect } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { getCase, listCases } from '#contract/dropout-views.ts';
import { phoneNow } from '../clock.ts';
import { fetchOrKept } from '../keep/fetched.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { store } from '../session.ts';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';

/** How many cases lie on a phone. */
const mostKept = 30;
type Row = OutputOf<typeof listCases>['rows'][number];

/** 劝返和跟踪: the open cases within reach, those due first; each is fetched whole while there is signal. */
export function MyCases({ who, after }: { who: Unlocked; after: number }) {
  const { answer, fault } = useKeptAnswer(who, listCases, { state: 'open', size: mostKept }, after);
  useEffect(() => {
    if (!answer?.fresh) return;
    for (const { id } of answer.value.rows)
      void fetchOrKept(store, who, getCase, { id }, phoneNow()).catch(() => undefined);
  }, [answer, who]);
  const rows = [...(answer?.value.rows ?? [])].sort((a, b) => (a.dueDate ?? '9').localeCompare(b.dueDate ?? '9'));
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">劝返和跟踪</h2>
      {fault === null ? null : <p className="quiet">{fault}</p>}
      {answer && rows.length === 0 ? <p className="quiet">没有在办的个案。</p> : null}
      <ul className="cards">
        {rows.map((row) => (
          <li key={row.id}>
            <OneCase row={row} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneCase({ row }: { row: Row }) {
  return (
    <button
      type="button"
      className="card"
      onClick={() => {
        goTo(`/field/case/${row.id}`);
      }}
    >
      <span className="card-row">
        <strong>{row.name}</strong>
        <span className={row.overdue ? 'state state-refused' : 'quiet'}>
          {row.overdue ? `已逾期，应于 ${row.dueDate ?? ''}` : (row.dueDate ?? '')}
        </span>
      </span>
      <span className="quiet">{[row.className, row.stateWords].filter(Boolean).join(' · ')}</span>
      {row.nextWords === null ? null : <span>{row.nextWords}</span>}
    </button>
  );
}
