import { useState } from 'react';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { addContact, addStep, followUp } from '#contract/dropout-steps.ts';
import type { getCase } from '#contract/dropout-views.ts';
import { rungWords } from '#domain/dropout/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { store } from '../session.ts';
import { Choice, DayInput, Line, Text } from './fields.tsx';
import { KeptForm } from './kept-form.tsx';
import { PaperPhotos, type KeptPaper } from './paper-photos.tsx';

/** A case as it lies on the phone. */
export type KeptCase = OutputOf<typeof getCase>;
interface FormOf {
  who: Unlocked;
  kept: KeptCase;
  onKept: () => void;
}
type Mode = InputOf<typeof addContact>['mode'];
type Rung = InputOf<typeof addStep>['rung'];

const modes = ['phone', 'message', 'door', 'meeting', 'other'] as const satisfies readonly Mode[];
const modeWords: Record<Mode, string> = {
  phone: '电话',
  message: '短信、微信',
  door: '上门',
  meeting: '见面',
  other: '其他',
};
const reachedWords = { yes: '联系上了', no: '没有联系上' } as const;
const presentWords = { yes: '在校', no: '没有在校' } as const;
const allRungs = ['persuade', 'further'] as const satisfies readonly Rung[];
const yesNo = ['yes', 'no'] as const;

/** One contact with the guardian of a case. */
export function ContactForm({ who, kept, onKept }: FormOf) {
  const today = phoneDay(phoneNow());
  const [day, setDay] = useState(today);
  const [mode, setMode] = useState<Mode | null>('phone');
  const [reached, setReached] = useState<'yes' | 'no' | null>(null);
  const [met, setMet] = useState(kept.guardian ?? '');
  const [words, setWords] = useState('');
  return (
    <KeptForm
      title={`登记联系：${kept.name}`}
      words="登记联系"
      onKept={onKept}
      fault={() =>
        mode === null || reached === null
          ? '请选择方式，以及是否联系上。'
          : day === '' || day > today
            ? '请填写联系的日期。'
            : words.trim().length < 2
              ? '请写明联系情况。'
              : null
      }
      keep={async () => {
        if (mode === null) return;
        const input = {
          id: kept.id,
          contactId: newRequestId(),
          day,
          mode,
          reached: reached === 'yes',
          who: met,
          words,
        };
        const said = { what: '联系家长', title: `联系家长：${kept.name}`, now: phoneNow() };
        await keepEntry(store, who, { id: newRequestId(), endpoint: addContact, input, ...said });
      }}
    >
      <DayInput label="日期" value={day} max={today} onChange={setDay} />
      <Choice label="方式" values={modes} words={modeWords} value={mode} onChange={setMode} />
      <Choice label="结果" values={yesNo} words={reachedWords} value={reached} onChange={setReached} />
      <Line label="联系的人（可不填）" value={met} most={60} onChange={setMet} />
      <Text label="联系情况" value={words} onChange={setWords} />
    </KeptForm>
  );
}

/** The next follow-up of a pupil who came back. */
export function FollowUpForm({ who, kept, onKept }: FormOf) {
  const today = phoneDay(phoneNow());
  const next = kept.followUps.find((one) => one.doneOn === null);
  const [day, setDay] = useState(today);
  const [present, setPresent] = useState<'yes' | 'no' | null>(null);
  const [words, setWords] = useState('');
  if (next === undefined) return <p className="empty">复学后的跟踪已经全部登记。</p>;
  return (
    <KeptForm
      title={`第 ${String(next.number)} 次跟踪：${kept.name}`}
      words="登记跟踪"
      onKept={onKept}
      fault={() =>
        present === null
          ? '请选择是否在校。'
          : day === '' || day > today
            ? '请填写跟踪的日期。'
            : words.trim().length < 2
              ? '请写明在校情况。'
              : null
      }
      keep={async () => {
        const input = { id: kept.id, number: next.number, day, present: present === 'yes', words };
        const said = { what: '复学跟踪', title: `第 ${String(next.number)} 次跟踪：${kept.name}`, now: phoneNow() };
        await keepEntry(store, who, { id: newRequestId(), endpoint: followUp, input, ...said });
      }}
    >
      <p className={next.overdue ? 'fault' : 'quiet'}>
        {next.overdue ? `已逾期，应于 ${next.dueDate}` : `应于 ${next.dueDate} 前`}
      </p>
      <DayInput label="日期" value={day} max={today} onChange={setDay} />
      <Choice label="孩子" values={yesNo} words={presentWords} value={present} onChange={setPresent} />
      <Text label="在校情况（学习、情绪、困难）" value={words} onChange={setWords} />
    </KeptForm>
  );
}

/** One persuasion, or the hand-over to another office, of the ladder. */
export function StepForm({ who, kept, onKept }: FormOf) {
  const today = phoneDay(phoneNow());
  const [day, setDay] = useState(today);
  // Only the steps that the case allows now are offered.
  const rungs = allRungs.filter((one) => kept.allowed[one]?.may === true);
  const [rung, setRung] = useState<Rung | null>(rungs[0] ?? null);
  const [people, setPeople] = useState('');
  const [words, setWords] = useState('');
  const [papers, setPapers] = useState<KeptPaper[]>([]);
  return (
    <KeptForm
      title={`登记劝返或移送：${kept.name}`}
      words="登记"
      onKept={onKept}
      fault={() =>
        rung === null
          ? '请选择是哪一步。'
          : day === '' || day > today
            ? '请填写劝返的日期。'
            : words.trim().length < 2
              ? '请写明经过和结果。'
              : null
      }
      keep={async () => {
        if (rung === null) return;
        const input = {
          id: kept.id,
          stepId: newRequestId(),
          rung,
          day,
          people,
          words,
          paperIds: papers.map(({ id }) => id),
        };
        const said = { what: rungWords[rung], title: `${rungWords[rung]}：${kept.name}`, now: phoneNow() };
        await keepEntry(store, who, { id: newRequestId(), endpoint: addStep, input, ...said });
      }}
    >
      <DayInput label="日期" value={day} max={today} onChange={setDay} />
      <Choice label="步骤" values={rungs} words={rungWords} value={rung} onChange={setRung} />
      <Text label="参加的人（可不填）" value={people} most={200} onChange={setPeople} />
      <Text label="经过和结果" value={words} onChange={setWords} />
      <PaperPhotos
        who={who}
        childId={kept.childId}
        kind="photo"
        name={`劝返材料 ${kept.name}`}
        label="照片（可不附）"
        papers={papers}
        onChange={setPapers}
      />
    </KeptForm>
  );
}
