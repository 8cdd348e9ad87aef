import { correctVisit, listVisits } from '#contract/visits.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { recentVisits, visitDays } from '../fetch-ahead.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { confirmedOf, waitingEntry, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';

/** 走访记录: the visits of the last days, each opens and may be corrected. */
export function VisitsPage({ who, entries }: { who: Unlocked; entries: readonly ShownEntry[] }) {
  const today = phoneDay(phoneNow());
  const { answer, fault } = useKeptAnswer(who, listVisits, recentVisits(today), confirmedOf(entries));
  const rows = answer?.value.rows ?? [];
  return (
    <>
      <Bar title="走访记录" back="/field" />
      <main className="page">
        {fault === null ? null : <p className="fault">{fault}</p>}
        {answer && rows.length === 0 ? (
          <p className="empty">{visitDays} 天内没有走访记录。登记并上传的走访会列在这里。</p>
        ) : null}
        <ul className="cards">
          {rows.map((row) => {
            const waits = waitingEntry(entries, correctVisit.name, (input) => input['visitId'] === row.id) !== null;
            return (
              <li key={row.id}>
                <button
                  type="button"
                  className="card"
                  onClick={() => {
                    goTo(`/field/visits/${row.id}`);
                  }}
                >
                  <span className="card-row">
                    <strong>{row.childName}</strong>
                    <span className="quiet">{row.day}</span>
                  </span>
                  <span className="quiet">
                    {[
                      row.modeWords,
                      row.met ? row.guardian : `未遇：${row.notMetWords ?? '未写明'}`,
                      row.signedWords,
                      row.version > 1 ? `第 ${String(row.version)} 版` : null,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  {waits ? <span className="state state-onPhone">更正还没有被平台接收，见“待上传”</span> : null}
                </button>
              </li>
            );
          })}
        </ul>
        {(answer?.value.total ?? 0) > rows.length ? (
          <p className="quiet">只列最近 {rows.length} 次，更早的在完整平台的“走访”里查看。</p>
        ) : null}
      </main>
    </>
  );
}
