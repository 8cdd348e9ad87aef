import { useState } from 'react';
import { addContact, addStep, followUp } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { confirmedOf, waitingEntry, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { ContactForm, FollowUpForm, StepForm } from '../parts/case-forms.tsx';
import { useKeptAnswer } from '../use-kept.ts';

const acts = [
  { keys: ['followUp'], endpoint: followUp, words: '登记复学跟踪', form: FollowUpForm },
  { keys: ['contact'], endpoint: addContact, words: '登记联系家长', form: ContactForm },
  { keys: ['persuade', 'further'], endpoint: addStep, words: '登记劝返或移送', form: StepForm },
] as const;

/** A case on the phone: what is next, and the acts that its holder may enter without signal. */
export function CasePage({
  who,
  caseId,
  entries,
  onKept,
}: {
  who: Unlocked;
  caseId: string;
  entries: readonly ShownEntry[];
  onKept: () => void;
}) {
  const confirmed = confirmedOf(entries);
  const { answer, fault } = useKeptAnswer(who, getCase, { id: caseId }, confirmed);
  const [act, setAct] = useState<(typeof acts)[number] | null>(null);
  const kept = answer?.value;
  const waits = acts.filter(({ endpoint }) => waitingEntry(entries, endpoint.name, (input) => input['id'] === caseId));
  const open = acts.filter(({ keys }) => keys.some((key) => kept?.allowed[key]?.may === true));
  return (
    <>
      <Bar title={kept?.name ?? '个案'} back="/field" />
      <main className="page">
        {fault === null ? null : <p className="fault">{fault}</p>}
        {kept === undefined ? null : act === null ? (
          <>
            <p>{[kept.className, kept.stateWords].filter(Boolean).join(' · ')}</p>
            {kept.next === null ? null : (
              <p className="note">
                {kept.next.words}（{kept.next.ownerWords}
                {kept.next.dueDate === null ? '' : `，应于 ${kept.next.dueDate} 前`}）
              </p>
            )}
            <p className="quiet">
              {[kept.guardian, kept.relation, kept.phoneMask, kept.address].filter(Boolean).join(' · ')}
            </p>
            {waits.map(({ words }) => (
              <p key={words} className="state state-onPhone">
                {words}：存在本机，等待上传
              </p>
            ))}
            {open.length === 0 ? <p className="empty">现在没有要在手机上登记的。其他步骤请在完整平台办理。</p> : null}
            {open.map((one) => (
              <button
                key={one.words}
                type="button"
                className="tap"
                onClick={() => {
                  setAct(one);
                }}
              >
                {one.words}
              </button>
            ))}
          </>
        ) : (
          <>
            <act.form who={who} kept={kept} onKept={onKept} />
            <button
              type="button"
              className="link"
              onClick={() => {
                setAct(null);
              }}
            >
              返回
            </button>
          </>
        )}
      </main>
    </>
  );
}
