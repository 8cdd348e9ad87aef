import { useState } from 'react';
import { correctMark, type getRollCall } from '#contract/attendance.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { AbsenceKind, CorrectedKind } from '#domain/attendance/record.ts';
import { markWords } from '#domain/attendance/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { notKept } from '../not-kept.ts';
import { store } from '../session.ts';

type RollCall = OutputOf<typeof getRollCall>;
const kinds = ['present', 'late', 'illness', 'personal', 'unexcused'] as const;
const reasons = ['后来到校', '家长补假', '点名时记错'] as const;

/** A class that is marked: one pupil's mark is corrected with a reason; both versions stay. */
export function MarkedList({
  who,
  rollCall,
  marks,
  onKept,
}: {
  who: Unlocked;
  rollCall: RollCall;
  marks: Readonly<Record<string, AbsenceKind>>;
  onKept: () => void;
}) {
  const [open, setOpen] = useState<string | null>(null);
  const [to, setTo] = useState<CorrectedKind | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [changed, setChanged] = useState<Readonly<Record<string, CorrectedKind>>>({});
  const correct = async (pupil: RollCall['pupils'][number], reason: string) => {
    if (to === null) return;
    try {
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: correctMark,
        input: { id: newRequestId(), childId: pupil.childId, day: rollCall.day, part: rollCall.part, to, reason },
        what: '更正点名',
        title: `更正 ${pupil.name}：${markWords[to]}`,
        now: phoneNow(),
      });
    } catch {
      setFault(notKept);
      return;
    }
    setChanged({ ...changed, [pupil.childId]: to });
    setOpen(null);
    onKept();
  };
  return (
    <ul className="roll">
      {rollCall.pupils.map((pupil) => {
        const now = changed[pupil.childId] ?? marks[pupil.childId] ?? 'present';
        return (
          <li key={pupil.childId} className={now === 'present' ? '' : 'roll-absent'}>
            <button
              type="button"
              aria-expanded={open === pupil.childId}
              onClick={() => {
                setTo(null);
                setOpen(open === pupil.childId ? null : pupil.childId);
              }}
            >
              <span>{pupil.name}</span>
              <span className="quiet">
                {markWords[now]}
                {changed[pupil.childId] ? '（已更正）' : pupil.waiting ? '（更正待同意）' : ''}
              </span>
            </button>
            {open === pupil.childId ? (
              <>
                <p className="quiet">更正为</p>
                <div className="chips" role="group" aria-label={`把${pupil.name}更正为`}>
                  {kinds
                    .filter((kind) => kind !== now)
                    .map((kind) => (
                      <button
                        key={kind}
                        type="button"
                        aria-pressed={to === kind}
                        onClick={() => {
                          setTo(kind);
                        }}
                      >
                        {markWords[kind]}
                      </button>
                    ))}
                </div>
                {fault === null ? null : <p className="fault">{fault}</p>}
                {to === null ? null : (
                  <>
                    <p className="quiet">原因</p>
                    <div className="chips" role="group" aria-label="更正的原因">
                      {reasons.map((reason) => (
                        <button key={reason} type="button" onClick={() => void correct(pupil, reason)}>
                          {reason}
                        </button>
                      ))}
                    </div>
                  </>
                )}
              </>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
