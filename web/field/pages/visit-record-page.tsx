import { useState } from 'react';
import { correctVisit, getVisit } from '#contract/visits.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneHour } from '../clock.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { confirmedOf, lastEntry, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { VisitCorrection } from '../parts/visit-correction.tsx';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';
import {
  correctionOf,
  refusedOf,
  takenOver,
  type Correction,
  type CorrectDraft,
  type KeptVisit,
} from './correct-draft.ts';

/** What a correction starts from: the visit as it stands, or one that the platform did not take. */
interface Begun {
  key: string;
  start: () => CorrectDraft;
}

/** One visit on the phone: what was written, its versions, and its correction, which works without signal. */
export function VisitRecordPage({
  who,
  visitId,
  entries,
  onKept,
}: {
  who: Unlocked;
  visitId: string;
  entries: readonly ShownEntry[];
  onKept: () => void;
}) {
  const { answer, fault } = useKeptAnswer(who, getVisit, { id: visitId }, confirmedOf(entries));
  const [begun, setBegun] = useState<Begun | null>(null);
  const visit = answer?.value;
  const title = visit === undefined ? '走访记录' : `走访 ${visit.childName}`;
  if (visit !== undefined && begun !== null)
    return (
      <>
        <Bar title={`更正走访 ${visit.childName}`} back="/field/visits" />
        <VisitCorrection
          key={begun.key}
          who={who}
          visit={visit}
          draftKey={begun.key}
          start={begun.start}
          onKept={onKept}
          onBack={() => {
            setBegun(null);
          }}
        />
      </>
    );
  return (
    <>
      <Bar title={title} back="/field/visits" />
      <main className="page">
        {fault === null ? null : <p className="fault">{fault}</p>}
        {visit === undefined ? null : (
          <>
            <Standing who={who} visit={visit} entries={entries} onBegin={setBegun} />
            <Written visit={visit} />
            <Versions visit={visit} />
          </>
        )}
      </main>
    </>
  );
}

/** Which version this is, what waits, and the way to a correction. */
function Standing({
  who,
  visit,
  entries,
  onBegin,
}: {
  who: Unlocked;
  visit: KeptVisit;
  entries: readonly ShownEntry[];
  onBegin: (begun: Begun) => void;
}) {
  const latest = visit.versions.at(-1);
  if (!visit.current)
    return (
      <>
        <p className="note">这是更正前的第 {visit.version} 版，已被更正，保留备查。</p>
        {latest === undefined || latest.id === visit.id ? null : (
          <button
            type="button"
            className="tap"
            onClick={() => {
              goTo(`/field/visits/${latest.id}`, { replace: true });
            }}
          >
            打开最新的一版
          </button>
        )}
      </>
    );
  const last = lastEntry(entries, correctVisit.name, (input) =>
    visit.versions.some((one) => one.id === input['visitId']),
  );
  if (last?.entry.state === 'onPhone' || last?.entry.state === 'sent')
    return <p className="state state-onPhone">更正存在本机，等待上传。上传后才能再次更正。</p>;
  const refused = last?.entry.state === 'refused' ? last : undefined;
  return (
    <>
      {refused === undefined ? null : (
        <p className="note">上次的更正平台没有接收：{refused.entry.refusal} 写的内容还在，可以接着办。</p>
      )}
      {visit.allowed.correct ? (
        <div className="pair">
          {refused === undefined ? null : (
            <TakeOver
              who={who}
              visit={visit}
              entryId={refused.entry.id}
              sent={refused.content.input}
              onBegin={onBegin}
            />
          )}
          <button
            type="button"
            className={refused === undefined ? 'main-button' : 'tap'}
            onClick={() => {
              onBegin({ key: `correct ${visit.id}`, start: () => correctionOf(newRequestId(), visit) });
            }}
          >
            更正这次走访
          </button>
        </div>
      ) : (
        <p className="quiet">{visit.allowed.why}</p>
      )}
    </>
  );
}

/** Carries a correction that was not taken into this version; what others changed since stays. */
function TakeOver({
  who,
  visit,
  entryId,
  sent,
  onBegin,
}: {
  who: Unlocked;
  visit: KeptVisit;
  entryId: string;
  sent: Record<string, unknown>;
  onBegin: (begun: Begun) => void;
}) {
  // as: written by the correction of this page
  const of = sent as Correction;
  const before = useKeptAnswer(who, getVisit, { id: of.visitId });
  const ready = before.answer !== null || before.fault !== null;
  return (
    <button
      type="button"
      className="main-button"
      disabled={!ready}
      onClick={() => {
        const refused = refusedOf(of);
        const version = before.answer?.value;
        onBegin({
          key: `correct ${visit.id} ${entryId}`,
          start: () =>
            takenOver(
              correctionOf(newRequestId(), visit),
              // Without the version that was corrected, everything that was written counts as changed.
              version === undefined ? null : correctionOf(version.id, version),
              refused,
            ),
        });
      }}
    >
      用上次写的内容更正
    </button>
  );
}

function Written({ visit }: { visit: KeptVisit }) {
  return (
    <section className="card">
      <p className="quiet">
        {visit.signedWords} · {visit.byName} 登记
        {visit.reason === null ? '' : ` · 更正原因：${visit.reason}`}
      </p>
      <dl className="lines">
        {visit.lines
          .filter(({ value }) => value !== '—')
          .map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Versions({ visit }: { visit: KeptVisit }) {
  if (visit.versions.length < 2) return null;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">各版</h2>
      <ul className="cards">
        {[...visit.versions].reverse().map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="card"
              disabled={one.id === visit.id}
              onClick={() => {
                goTo(`/field/visits/${one.id}`, { replace: true });
              }}
            >
              <span className="card-row">
                <strong>第 {one.version} 版</strong>
                <span className="quiet">{one.id === visit.id ? '正在看' : '打开'}</span>
              </span>
              <span className="quiet">
                {one.byName} {phoneDay(Date.parse(one.at))} {phoneHour(Date.parse(one.at))}
              </span>
              {one.reason === null ? null : <span>更正原因：{one.reason}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
