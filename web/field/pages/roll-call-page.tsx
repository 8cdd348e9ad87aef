import { useState } from 'react';
import { getRollCall, markRollCall } from '#contract/attendance.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { AbsenceKind, DayPart } from '#domain/attendance/record.ts';
import { markWords } from '#domain/attendance/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneHour, phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { waitingEntry, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { Contacts, type Absent } from '../parts/contacts.tsx';
import { MarkedList } from '../parts/marked-list.tsx';
import { notKept } from '../not-kept.ts';
import { store } from '../session.ts';
import { useKeptAnswer } from '../use-kept.ts';

type RollCall = OutputOf<typeof getRollCall>;
type Pupil = RollCall['pupils'][number];
const choices: readonly AbsenceKind[] = ['unexcused', 'illness', 'personal', 'late'];

/** 点名: everyone is present but those who are tapped; then each absent name is called and answered with one tap. */
export function RollCallPage({
  who,
  entries,
  classId,
  onKept,
}: {
  who: Unlocked;
  entries: readonly ShownEntry[];
  classId: string;
  onKept: () => void;
}) {
  const day = phoneDay(phoneNow());
  const [part, setPart] = useState<DayPart>(() => (phoneHour(phoneNow()) < '12:30' ? 'morning' : 'afternoon'));
  const morning = useKeptAnswer(who, getRollCall, { classId, day, part });
  const shown = morning.answer?.value;
  const here = waitingEntry(
    entries,
    markRollCall.name,
    (input) => input['classId'] === classId && input['day'] === day && input['part'] === part,
  );
  return (
    <>
      <Bar title={shown ? `${shown.className}点名` : '点名'} back="/field" />
      {morning.fault === null ? null : (
        <main className="page">
          <p className="fault">{morning.fault}</p>
          {part === 'afternoon' ? (
            <button
              type="button"
              onClick={() => {
                setPart('morning');
              }}
            >
              点上午的名
            </button>
          ) : null}
        </main>
      )}
      {shown ? (
        <Marking
          key={`${shown.part}${shown.rollCall?.id ?? ''}`}
          who={who}
          rollCall={shown}
          here={here === null ? null : absentOf(here.input)}
          onKept={onKept}
        />
      ) : null}
    </>
  );
}

function Marking({
  who,
  rollCall,
  here,
  onKept,
}: {
  who: Unlocked;
  rollCall: RollCall;
  /** What was marked on this phone and waits to go up. */
  here: Readonly<Record<string, Absent>> | null;
  onKept: () => void;
}) {
  const [absent, setAbsent] = useState<Readonly<Record<string, Absent>>>(() => here ?? startOf(rollCall));
  const [kept, setKept] = useState(here !== null || rollCall.rollCall !== null);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const count = Object.keys(absent).length;
  const toggle = (pupil: Pupil) => {
    setAbsent((before) => {
      if (before[pupil.childId] === undefined)
        return { ...before, [pupil.childId]: { id: newRequestId(), kind: 'unexcused' } };
      const { [pupil.childId]: _gone, ...rest } = before;
      return rest;
    });
  };
  const save = async () => {
    setSaving(true);
    const now = phoneNow();
    try {
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: markRollCall,
        input: {
          id: newRequestId(),
          classId: rollCall.classId,
          day: rollCall.day,
          part: rollCall.part,
          absent: Object.entries(absent).map(([childId, one]) => ({ id: one.id, childId, kind: one.kind })),
          takenAt: new Date(now).toISOString(),
        },
        what: '点名',
        title: `${rollCall.className}${rollCall.partWords}点名：未到 ${String(count)} 人`,
        now,
      });
      setKept(true);
      onKept();
    } catch {
      setFault(notKept);
    } finally {
      setSaving(false);
    }
  };
  if (!rollCall.allowed.mark)
    return (
      <main className="page">
        <p className="note">{rollCall.allowed.why ?? '这个班不由您点名。'}</p>
      </main>
    );
  if (kept)
    return (
      <main className="page">
        <p className="quiet">
          {rollCall.day} {rollCall.partWords}已点名，全班 {rollCall.pupils.length} 人。个别有变化的，点名字更正。
        </p>
        <Contacts who={who} rollCall={rollCall} absent={absent} onKept={onKept} />
        <MarkedList
          who={who}
          rollCall={rollCall}
          marks={Object.fromEntries(Object.entries(absent).map(([childId, one]) => [childId, one.kind]))}
          onKept={onKept}
        />
      </main>
    );
  return (
    <>
      <main className="page">
        <p className="quiet">
          {rollCall.day} {rollCall.partWords}，全班 {rollCall.pupils.length} 人。 都到了直接提交；没到的点一下名字。
        </p>
        <ul className="roll">
          {rollCall.pupils.map((pupil) => {
            const mark = absent[pupil.childId];
            return (
              <li key={pupil.childId} className={mark ? 'roll-absent' : ''}>
                <button
                  type="button"
                  aria-pressed={mark !== undefined}
                  onClick={() => {
                    toggle(pupil);
                  }}
                >
                  <span>{pupil.name}</span>
                  <span className="quiet">{mark ? markWords[mark.kind] : '到校'}</span>
                </button>
                {pupil.leave ? (
                  <p className="quiet">
                    {pupil.leave.kindWords} 至 {pupil.leave.toDay}
                    {pupil.leave.over ? '，已到期' : ''}
                  </p>
                ) : null}
                {mark ? (
                  <div className="chips" role="group" aria-label={`${pupil.name}没到的情况`}>
                    {choices.map((kind) => (
                      <button
                        key={kind}
                        type="button"
                        aria-pressed={mark.kind === kind}
                        onClick={() => {
                          setAbsent({ ...absent, [pupil.childId]: { ...mark, kind } });
                        }}
                      >
                        {markWords[kind]}
                      </button>
                    ))}
                  </div>
                ) : null}
              </li>
            );
          })}
        </ul>
      </main>
      <footer className="action">
        {fault === null ? null : <p className="fault">{fault}</p>}
        <button type="button" className="main-button" disabled={saving} onClick={() => void save()}>
          {count === 0 ? '全部到校，提交' : `${String(count)} 人没到，提交`}
        </button>
      </footer>
    </>
  );
}

/** The absent of a roll call that waits on this phone. */
function absentOf(input: Record<string, unknown>): Record<string, Absent> {
  // as: written by this page with the contract's own shape
  const { absent } = input as { absent: { id: string; childId: string; kind: AbsenceKind }[] };
  return Object.fromEntries(absent.map(({ id, childId, kind }) => [childId, { id, kind }]));
}

function startOf(rollCall: RollCall): Record<string, Absent> {
  const start: Record<string, Absent> = {};
  for (const pupil of rollCall.pupils) {
    const kind = pupil.mark === null ? pupil.suggested : pupil.mark;
    if (kind === 'present' || kind === 'unknown') continue;
    start[pupil.childId] = { id: pupil.absenceId ?? newRequestId(), kind };
  }
  return start;
}
