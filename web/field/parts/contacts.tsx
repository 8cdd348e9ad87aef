import { useState } from 'react';
import { answerAbsence, type getRollCall } from '#contract/attendance.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { revealChild } from '#contract/population.ts';
import { answers, type AbsenceKind, type Answer } from '#domain/attendance/record.ts';
import { answerWords } from '#domain/attendance/words.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call, newRequestId } from '#web/api/call.ts';
import { phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { notKept } from '../not-kept.ts';
import { store } from '../session.ts';
import { goTo } from '../where.ts';

type RollCall = OutputOf<typeof getRollCall>;
type Pupil = RollCall['pupils'][number];

/** A pupil who is not there, as marked on this phone. */
export interface Absent {
  id: string;
  kind: AbsenceKind;
}

/** Each absent name: 拨打, then one tap for the answer. */
export function Contacts({
  who,
  rollCall,
  absent,
  onKept,
}: {
  who: Unlocked;
  rollCall: RollCall;
  absent: Readonly<Record<string, Absent>>;
  onKept: () => void;
}) {
  const [answered, setAnswered] = useState<Readonly<Record<string, Answer>>>({});
  const [fault, setFault] = useState<string | null>(null);
  const open = rollCall.pupils.filter((pupil) => absent[pupil.childId]?.kind === 'unexcused');
  if (open.length === 0) return null;
  const dial = async (childId: string) => {
    try {
      const { phone } = await call(revealChild, { id: childId, what: 'phone', reason: '点名未到，联系监护人' });
      if (phone) window.location.href = `tel:${phone}`;
      else setFault('没有登记家长电话，请上门，或向社区查询。');
    } catch (error) {
      setFault(error instanceof Failure ? error.message : '没有取得电话，请稍后再试。');
    }
  };
  const answer = async (pupil: Pupil, given: Answer) => {
    const id = absent[pupil.childId]?.id;
    if (id === undefined) return;
    try {
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: answerAbsence,
        input: { id, answer: given },
        what: '联系监护人',
        title: `${pupil.name}：${answerWords[given]}`,
        now: phoneNow(),
      });
    } catch {
      setFault(notKept);
      return;
    }
    setAnswered({ ...answered, [pupil.childId]: given });
    onKept();
  };
  return (
    <section aria-labelledby="contact">
      <h2 id="contact">联系没到的学生</h2>
      {fault === null ? null : <p className="fault">{fault}</p>}
      <ul className="cards">
        {open.map((pupil) => {
          const given = answered[pupil.childId] ?? pupil.answer;
          return (
            <li key={pupil.childId} className="card">
              <span className="card-row">
                <strong>{pupil.name}</strong>
                <span className="card-row">
                  <button
                    type="button"
                    className="danger"
                    onClick={() => {
                      goTo(`/field/report/${pupil.childId}/${rollCall.classId}/emergency`);
                    }}
                  >
                    紧急情况
                  </button>
                  <button type="button" onClick={() => void dial(pupil.childId)}>
                    拨打
                  </button>
                </span>
              </span>
              <div className="chips" role="group" aria-label={`${pupil.name}的联系结果`}>
                {answers.map((one) => (
                  <button key={one} type="button" aria-pressed={given === one} onClick={() => void answer(pupil, one)}>
                    {answerWords[one]}
                  </button>
                ))}
              </div>
              {given === 'notReached' ? (
                <button
                  type="button"
                  onClick={() => {
                    goTo(`/field/visit/${pupil.childId}/${rollCall.classId}`);
                  }}
                >
                  去上门
                </button>
              ) : null}
              {given === 'leftSchool' ? (
                <button
                  type="button"
                  className="danger"
                  onClick={() => {
                    goTo(`/field/report/${pupil.childId}/${rollCall.classId}/called`);
                  }}
                >
                  报告疑似辍学
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
