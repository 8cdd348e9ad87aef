import { useState, type FormEvent } from 'react';
import { reportDropout, reportEmergency } from '#contract/dropout.ts';
import { reasonGroups, whereaboutsCodes } from '#domain/dropout/record.ts';
import { reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { notKept } from '../not-kept.ts';
import { store } from '../session.ts';
import { goTo } from '../where.ts';
import { calm, EmergencyFields, emergencyFault, policeOf, type Emergency } from './emergency-fields.tsx';
import { Choice, DayInput, Text } from './fields.tsx';

/** A child by id and name. */
export interface Named {
  childId: string;
  name: string;
}

/** What a call to the guardian has told of the child: since when he is away, and why the report is made. */
export interface Told {
  since: string | null;
  reason: string;
}

/** What is known of a child who may be lost to school, or in danger; waits on the phone until it is sent. */
export function ReportForm({
  who,
  child,
  emergency: urgentFirst,
  told,
  onKept,
}: {
  who: Unlocked;
  child: Named;
  emergency: boolean;
  /** Left out where nobody was called. */
  told: Told | null;
  onKept: () => void;
}) {
  const [reason, setReason] = useState<(typeof reasonGroups)[number] | null>(null);
  const [whereabouts, setWhereabouts] = useState<(typeof whereaboutsCodes)[number]>('unknown');
  const [firstAbsent, setFirstAbsent] = useState(told?.since ?? '');
  const [lastSeen, setLastSeen] = useState('');
  const [words, setWords] = useState(told?.reason ?? '');
  const [done, setDone] = useState(told === null ? '' : '已与家长电话联系');
  const [urgent, setUrgent] = useState<Emergency>(calm);
  const [emergency, setEmergency] = useState(urgentFirst);
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
        input: {
          id,
          childId: child.childId,
          kinds: [...urgent.kinds],
          words,
          day: today,
          whereabouts,
          police: policeOf(urgent),
          parties: [...urgent.parties],
        },
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
          firstAbsent: firstAbsent === '' ? null : firstAbsent,
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
    const missing = emergency ? emergencyFault(urgent, words) : null;
    if (missing !== null) {
      setFault(missing);
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
        <EmergencyFields value={urgent} onChange={setUrgent} />
      ) : (
        <>
          <Choice
            label="可能的原因"
            values={reasonGroups}
            words={reasonGroupWords}
            value={reason}
            onChange={setReason}
          />
          <DayInput label="从哪天起没来（不清楚可不填）" value={firstAbsent} max={today} onChange={setFirstAbsent} />
          <DayInput label="最后一次到校（不清楚可不填）" value={lastSeen} max={today} onChange={setLastSeen} />
        </>
      )}
      <Choice
        label="现在在哪里"
        values={whereaboutsCodes}
        words={whereaboutsWords}
        value={whereabouts}
        onChange={setWhereabouts}
      />
      <Text
        label={emergency ? '怎么回事' : '说明（可不填）'}
        value={words}
        most={emergency ? 1000 : 500}
        onChange={setWords}
      />
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
