import { useState, type FormEvent } from 'react';
import { getRollCall, myClasses } from '#contract/attendance.ts';
import { reportDropout, reportEmergency } from '#contract/dropout.ts';
import { emergencyKinds, reasonGroups, whereaboutsCodes, type EmergencyKind } from '#domain/dropout/record.ts';
import { emergencyKindWords, reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { Bar } from '../parts/bar.tsx';
import { Choice, Text } from '../parts/fields.tsx';
import { notKept } from '../not-kept.ts';
import { store } from '../session.ts';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';

interface Named {
  childId: string;
  name: string;
}

/** 报告: the child, what is known, done; an emergency is one button away. */
export function ReportPage({
  who,
  childId,
  classOfChild,
  onKept,
}: {
  who: Unlocked;
  childId: string | null;
  classOfChild: string | null;
  onKept: () => void;
}) {
  const day = phoneDay(phoneNow());
  const classes = useKeptAnswer(who, myClasses, { day });
  const [classId, setClassId] = useState<string | null>(classOfChild);
  const chosenClass = classId ?? classes.answer?.value.classes[0]?.classId ?? null;
  const [child, setChild] = useState<Named | null>(null);
  const list = classes.answer?.value.classes ?? [];
  return (
    <>
      <Bar title="报告" back="/field" />
      <main className="page">
        {classes.fault === null ? null : <p className="fault">{classes.fault}</p>}
        {child ? (
          <ReportForm who={who} child={child} onKept={onKept} />
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
  onChosen: (child: Named) => void;
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

function ReportForm({ who, child, onKept }: { who: Unlocked; child: Named; onKept: () => void }) {
  const [reason, setReason] = useState<(typeof reasonGroups)[number] | null>(null);
  const [whereabouts, setWhereabouts] = useState<(typeof whereaboutsCodes)[number]>('unknown');
  const [lastSeen, setLastSeen] = useState('');
  const [words, setWords] = useState('');
  const [done, setDone] = useState('');
  const [urgent, setUrgent] = useState<readonly EmergencyKind[]>([]);
  const [emergency, setEmergency] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const today = phoneDay(phoneNow());
  const keep = async () => {
    const now = phoneNow();
    const id = newRequestId();
    if (emergency)
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: reportEmergency,
        input: { id, childId: child.childId, kinds: [...urgent], words, day: today, whereabouts },
        what: '紧急报告',
        title: `紧急：${child.name}`,
        now,
      });
    else if (reason !== null)
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: reportDropout,
        input: {
          id,
          childId: child.childId,
          discovered: today,
          lastSeen: lastSeen === '' ? null : lastSeen,
          reasonGroup: reason,
          reasonWords: words,
          whereabouts,
          done,
        },
        what: '疑似辍学报告',
        title: `报告疑似辍学：${child.name}`,
        now,
      });
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!emergency && reason === null) {
      setFault('请选择可能的原因。');
      return;
    }
    if (emergency && (urgent.length === 0 || words.trim().length < 2)) {
      setFault('请选择情况，并写一句是怎么回事。');
      return;
    }
    setSaving(true);
    try {
      await keep();
    } catch {
      setFault(notKept);
      setSaving(false);
      return;
    }
    onKept();
    goTo('/field/outbox', { replace: true });
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>{child.name}</h2>
      <label className="card-row field">
        <span>紧急情况（下落不明、受伤害、童工等），立即通知校长和区教育局</span>
        <input
          type="checkbox"
          checked={emergency}
          onChange={(event) => {
            setEmergency(event.target.checked);
          }}
        />
      </label>
      {emergency ? (
        <div className="field" role="group" aria-label="情况">
          <span>是什么情况（可多选）</span>
          <div className="chips">
            {emergencyKinds.map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={urgent.includes(kind)}
                onClick={() => {
                  setUrgent(urgent.includes(kind) ? urgent.filter((one) => one !== kind) : [...urgent, kind]);
                }}
              >
                {emergencyKindWords[kind]}
              </button>
            ))}
          </div>
        </div>
      ) : (
        <>
          <Choice
            label="可能的原因"
            values={reasonGroups}
            words={reasonGroupWords}
            value={reason}
            onChange={setReason}
          />
          <label>
            <span>最后一次到校（不清楚可不填）</span>
            <input
              type="date"
              max={today}
              value={lastSeen}
              onChange={(event) => {
                setLastSeen(event.target.value);
              }}
            />
          </label>
        </>
      )}
      <Choice
        label="现在在哪里"
        values={whereaboutsCodes}
        words={whereaboutsWords}
        value={whereabouts}
        onChange={setWhereabouts}
      />
      <Text label={emergency ? '怎么回事' : '说明（可不填）'} value={words} onChange={setWords} />
      {emergency ? null : <Text label="已经做了什么（可不填）" value={done} onChange={setDone} />}
      {fault === null ? null : (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" className="main-button" disabled={saving}>
        {emergency ? '立即报告' : '报告'}
      </button>
    </form>
  );
}
