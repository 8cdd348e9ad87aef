import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { attachScan, listVisits } from '#contract/visits.ts';
import { parties, type Party } from '#domain/visits/record.ts';
import { partyWords } from '#domain/visits/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { visitDays, visitsToScan } from '../fetch-ahead.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { waitingEntry, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { KeptForm } from '../parts/kept-form.tsx';
import { PaperPhotos, type KeptPaper } from '../parts/paper-photos.tsx';
import { store } from '../session.ts';
import { useKeptAnswer } from '../use-kept.ts';

type Visit = OutputOf<typeof listVisits>['rows'][number];

/** 补纸质签名: a visit whose signatures are missing, and the photograph of the signed paper form. */
export function ScanPage({
  who,
  entries,
  onKept,
}: {
  who: Unlocked;
  entries: readonly ShownEntry[];
  onKept: () => void;
}) {
  const today = phoneDay(phoneNow());
  const { answer, fault } = useKeptAnswer(who, listVisits, visitsToScan(today));
  const [visit, setVisit] = useState<Visit | null>(null);
  const open = (answer?.value.rows ?? []).filter(
    (one) => one.signedState !== 'signed' && one.signedState !== 'notNeeded',
  );
  return (
    <>
      <Bar title="补纸质签名" back="/field" />
      <main className="page">
        {fault === null ? null : <p className="fault">{fault}</p>}
        {visit !== null ? (
          <ScanForm who={who} visit={visit} onKept={onKept} />
        ) : (
          <>
            {answer && open.length === 0 ? (
              <p className="empty">{visitDays} 天内的上门走访都已签名，没有要补的纸质记录表。</p>
            ) : null}
            <ul className="cards">
              {open.map((one) => {
                const waits = waitingEntry(entries, attachScan.name, (input) => input['id'] === one.id) !== null;
                return (
                  <li key={one.id}>
                    <button
                      type="button"
                      className="card"
                      onClick={() => {
                        setVisit(one);
                      }}
                    >
                      <span className="card-row">
                        <strong>{one.childName}</strong>
                        <span className="quiet">{one.day}</span>
                      </span>
                      <span className={waits ? 'state state-onPhone' : 'quiet'}>
                        {waits ? '已拍照，存在本机，等待上传' : one.signedWords}
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </main>
    </>
  );
}

function ScanForm({ who, visit, onKept }: { who: Unlocked; visit: Visit; onKept: () => void }) {
  const [papers, setPapers] = useState<KeptPaper[]>([]);
  const [signed, setSigned] = useState<readonly Party[]>([]);
  return (
    <KeptForm
      title={`${visit.childName} ${visit.day}`}
      words="附上签名的记录表"
      onKept={onKept}
      fault={() =>
        papers.length === 0 ? '请拍下签了名的家访记录表。' : signed.length === 0 ? '请选择纸上有谁的签名。' : null
      }
      keep={async () => {
        const input = { id: visit.id, papers: papers.map(({ id }) => id), parties: [...signed] };
        const said = { what: '纸质签名', title: `纸质签名：${visit.childName}`, now: phoneNow() };
        await keepEntry(store, who, { id: newRequestId(), endpoint: attachScan, input, ...said });
      }}
    >
      <PaperPhotos
        who={who}
        childId={visit.childId}
        kind="scan"
        name={`家访记录表 ${visit.childName}`}
        label="拍下签了名的记录表"
        papers={papers}
        onChange={setPapers}
      />
      <div className="field" role="group" aria-label="纸上有谁的签名">
        <span>纸上有谁的签名</span>
        <div className="chips">
          {parties.map((party) => (
            <button
              key={party}
              type="button"
              aria-pressed={signed.includes(party)}
              onClick={() => {
                setSigned(signed.includes(party) ? signed.filter((one) => one !== party) : [...signed, party]);
              }}
            >
              {partyWords[party]}
            </button>
          ))}
        </div>
      </div>
    </KeptForm>
  );
}
