import { useState } from 'react';
import { correctVisit } from '#contract/visits.ts';
import { phoneDay, phoneHour } from '../clock.ts';
import { putAway, sendAgain } from '../keep/outbox.ts';
import type { EntryState } from '../keep/store.ts';
import type { ShownEntry, Sending } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { store } from '../session.ts';
import { goTo } from '../where.ts';

const stateWords: Record<EntryState, string> = {
  onPhone: '在本机，等待上传',
  sent: '已尝试发出，等待平台确认',
  confirmed: '平台已确认',
  refused: '平台没有接收',
};

/** 待上传: where each entry is, what was refused and why. */
export function OutboxPage({
  entries,
  sending,
  onSend,
}: {
  entries: readonly ShownEntry[];
  sending: Sending;
  onSend: () => void;
}) {
  const waiting = entries.filter(({ entry }) => entry.state === 'onPhone' || entry.state === 'sent').length;
  return (
    <>
      <Bar title="待上传" back="/field" />
      <main className="page">
        {sending === 'later' && waiting > 0 ? (
          <p className="note">现在连不上平台。登记都在这部手机上，有信号时自动上传，不必守着。</p>
        ) : null}
        {entries.length === 0 ? (
          <p className="empty">没有待上传的登记。在手机上登记的点名、走访、送教和报告等会列在这里。</p>
        ) : null}
        <ul className="cards">
          {entries.map((shown) => (
            <li key={shown.entry.seq}>
              <OneEntry shown={shown} onSend={onSend} />
            </li>
          ))}
        </ul>
      </main>
      {waiting > 0 ? (
        <footer className="action">
          <button type="button" className="main-button" onClick={onSend}>
            现在上传（{waiting} 条）
          </button>
        </footer>
      ) : null}
    </>
  );
}

function OneEntry({ shown: { entry, content }, onSend }: { shown: ShownEntry; onSend: () => void }) {
  const [sure, setSure] = useState(false);
  return (
    <article className={`card entry-${entry.state}`}>
      <h2>{content?.title ?? entry.what}</h2>
      <p className="quiet">
        {phoneDay(entry.at)} {phoneHour(entry.at)} 登记
      </p>
      <p className={`state state-${entry.state}`}>{stateWords[entry.state]}</p>
      {entry.state === 'refused' ? (
        <>
          <p className="fault">{entry.refusal}</p>
          {content?.name === correctVisit.name && typeof content.input['visitId'] === 'string' ? (
            <button
              type="button"
              onClick={() => {
                goTo(`/field/visits/${String(content.input['visitId'])}`);
              }}
            >
              打开这次走访，接着更正
            </button>
          ) : null}
          <div className="pair">
            <button
              type="button"
              onClick={() => {
                void sendAgain(store, entry.seq).then(onSend);
              }}
            >
              再传一次
            </button>
            {sure ? (
              <button type="button" className="danger" onClick={() => void putAway(store, entry.seq)}>
                确定移除，不能恢复
              </button>
            ) : (
              <button
                type="button"
                onClick={() => {
                  setSure(true);
                }}
              >
                已另行办理，移除
              </button>
            )}
          </div>
        </>
      ) : null}
    </article>
  );
}
