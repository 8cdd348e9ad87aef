import { useState } from 'react';
import { getRollCall, myClasses } from '#contract/attendance.ts';
import { requestLeave } from '#contract/attendance-leaves.ts';
import { leaveKinds, type LeaveKind } from '#domain/attendance/record.ts';
import { leaveKindWords } from '#domain/attendance/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { Bar } from '../parts/bar.tsx';
import { Choice, DayInput, Text } from '../parts/fields.tsx';
import { KeptForm } from '../parts/kept-form.tsx';
import { PaperPhotos, type KeptPaper } from '../parts/paper-photos.tsx';
import type { Named } from '../parts/report-form.tsx';
import { store } from '../session.ts';
import { useKeptAnswer } from '../use-kept.ts';

const askers = ['guardian', 'pupil', 'school'] as const;
const askerWords = { guardian: '家长', pupil: '学生本人', school: '学校安排' } as const;

/** 请假: the pupil, then kind, days and, where there is one, the paper. */
export function LeavePage({ who, onKept }: { who: Unlocked; onKept: () => void }) {
  const day = phoneDay(phoneNow());
  const classes = useKeptAnswer(who, myClasses, { day });
  const list = (classes.answer?.value.classes ?? []).filter((one) => !one.asSubstitute);
  const [classId, setClassId] = useState<string | null>(null);
  const [pupil, setPupil] = useState<Named | null>(null);
  const chosen = classId ?? list[0]?.classId ?? null;
  return (
    <>
      <Bar title="请假" back="/field" />
      <main className="page">
        {classes.fault === null ? null : <p className="fault">{classes.fault}</p>}
        {pupil === null ? (
          <>
            {list.length > 1 ? (
              <div className="chips" role="group" aria-label="班级">
                {list.map((one) => (
                  <button
                    key={one.classId}
                    type="button"
                    aria-pressed={one.classId === chosen}
                    onClick={() => {
                      setClassId(one.classId);
                    }}
                  >
                    {one.className}
                  </button>
                ))}
              </div>
            ) : null}
            {classes.answer && list.length === 0 ? <p className="empty">手机上只能登记本班学生的请假。</p> : null}
            {chosen === null ? null : <Pupils who={who} classId={chosen} day={day} onChosen={setPupil} />}
          </>
        ) : (
          <LeaveForm who={who} pupil={pupil} today={day} onKept={onKept} />
        )}
      </main>
    </>
  );
}

function Pupils({
  who,
  classId,
  day,
  onChosen,
}: {
  who: Unlocked;
  classId: string;
  day: string;
  onChosen: (pupil: Named) => void;
}) {
  const { answer, fault } = useKeptAnswer(who, getRollCall, { classId, day, part: 'morning' });
  return (
    <>
      <h2>哪个孩子请假</h2>
      {fault === null ? null : <p className="fault">{fault}</p>}
      <ul className="roll">
        {(answer?.value.pupils ?? []).map((pupil) => (
          <li key={pupil.childId}>
            <button
              type="button"
              onClick={() => {
                onChosen(pupil);
              }}
            >
              <span>{pupil.name}</span>
              <span className="quiet">
                {pupil.leave === null || pupil.leave.over ? '选择' : `${pupil.leave.kindWords}到 ${pupil.leave.toDay}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function LeaveForm({ who, pupil, today, onKept }: { who: Unlocked; pupil: Named; today: string; onKept: () => void }) {
  const [kind, setKind] = useState<LeaveKind | null>(null);
  const [asker, setAsker] = useState<(typeof askers)[number] | null>('guardian');
  const [fromDay, setFromDay] = useState(today);
  const [toDay, setToDay] = useState(today);
  const [reason, setReason] = useState('');
  const [papers, setPapers] = useState<KeptPaper[]>([]);
  return (
    <KeptForm
      title={pupil.name}
      words="登记请假"
      onKept={onKept}
      fault={() =>
        kind === null || asker === null
          ? '请选择请假的种类和请假人。'
          : fromDay === '' || toDay === ''
            ? '请填写开始和结束日期。'
            : toDay < fromDay
              ? '结束日期不能早于开始日期。'
              : null
      }
      keep={async () => {
        if (kind === null || asker === null) return;
        const paperId = papers[0]?.id ?? null;
        const input = { id: newRequestId(), childId: pupil.childId, kind, asker, fromDay, toDay, reason, paperId };
        const said = { what: '请假', title: `${leaveKindWords[kind]}：${pupil.name}`, now: phoneNow() };
        await keepEntry(store, who, { id: newRequestId(), endpoint: requestLeave, input, ...said });
      }}
    >
      <Choice label="种类" values={leaveKinds} words={leaveKindWords} value={kind} onChange={setKind} />
      <Choice label="谁来请假" values={askers} words={askerWords} value={asker} onChange={setAsker} />
      <DayInput label="从哪天起" value={fromDay} onChange={setFromDay} />
      <DayInput label="到哪天止" value={toDay} min={fromDay} onChange={setToDay} />
      <Text label="事由（可不填）" value={reason} most={300} onChange={setReason} />
      <PaperPhotos
        who={who}
        childId={pupil.childId}
        kind={kind === 'illness' ? 'hospitalPaper' : 'certificate'}
        name={`请假证明 ${pupil.name}`}
        label="证明照片（可以以后补）"
        papers={papers}
        onChange={(all) => {
          setPapers(all.slice(-1));
        }}
      />
      <p className="quiet">超过班主任可批准的天数的，上传后待学校批准。</p>
    </KeptForm>
  );
}
