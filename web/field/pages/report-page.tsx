import { useState } from 'react';
import { getRollCall, myClasses } from '#contract/attendance.ts';
import { nextReasonWords } from '#domain/attendance/words.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { Bar } from '../parts/bar.tsx';
import { ReportForm, type Named } from '../parts/report-form.tsx';
import { useKeptAnswer } from '../use-kept.ts';

/** 报告: the child, what is known, done; an emergency is one button away. */
export function ReportPage({
  who,
  childId,
  classOfChild,
  emergency,
  called,
  onKept,
}: {
  who: Unlocked;
  childId: string | null;
  classOfChild: string | null;
  /** Whether an emergency is to be reported; the form can still be changed to the other. */
  emergency: boolean;
  /** The guardian was called and said that the child has left school. */
  called: boolean;
  onKept: () => void;
}) {
  const day = phoneDay(phoneNow());
  const classes = useKeptAnswer(who, myClasses, { day });
  const [classId, setClassId] = useState<string | null>(classOfChild);
  const chosenClass = classId ?? classes.answer?.value.classes[0]?.classId ?? null;
  const [child, setChild] = useState<(Named & { since: string | null }) | null>(null);
  const list = classes.answer?.value.classes ?? [];
  return (
    <>
      <Bar title="报告" back="/field" />
      <main className="page">
        {classes.fault === null ? null : <p className="fault">{classes.fault}</p>}
        {child ? (
          <ReportForm
            who={who}
            child={child}
            emergency={emergency}
            told={called ? { since: child.since ?? day, reason: nextReasonWords.report } : null}
            onKept={onKept}
          />
        ) : (
          <>
            {list.length > 1 ? (
              <div className="chips" role="group" aria-label="班级">
                {list.map((one) => (
                  <button
                    key={one.classId}
                    type="button"
                    aria-pressed={one.classId === chosenClass}
                    onClick={() => {
                      setClassId(one.classId);
                    }}
                  >
                    {one.className}
                  </button>
                ))}
              </div>
            ) : null}
            {classes.answer && list.length === 0 ? (
              <p className="empty">手机上只能报告本班的学生。其他孩子请在完整平台的“辍学与劝返”里报告。</p>
            ) : null}
            {chosenClass ? (
              <Pupils who={who} classId={chosenClass} day={day} wanted={childId} onChosen={setChild} />
            ) : null}
          </>
        )}
      </main>
    </>
  );
}

function Pupils({
  who,
  classId,
  day,
  wanted,
  onChosen,
}: {
  who: Unlocked;
  classId: string;
  day: string;
  wanted: string | null;
  onChosen: (child: Named & { since: string | null }) => void;
}) {
  const { answer, fault } = useKeptAnswer(who, getRollCall, { classId, day, part: 'morning' });
  const pupils = answer?.value.pupils ?? [];
  const meant = pupils.find((pupil) => pupil.childId === wanted);
  return (
    <>
      <h2>报告哪个孩子</h2>
      {fault === null ? null : <p className="fault">{fault}</p>}
      <ul className="roll">
        {(meant ? [meant, ...pupils.filter((one) => one !== meant)] : pupils).map((pupil) => (
          <li key={pupil.childId}>
            <button
              type="button"
              onClick={() => {
                onChosen(pupil);
              }}
            >
              <span>{pupil.name}</span>
              <span className="quiet">{pupil === meant ? '刚才联系的孩子' : '选择'}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
