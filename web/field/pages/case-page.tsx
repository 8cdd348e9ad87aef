import { useState } from 'react';
import { addContact, addStep, followUp } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { waitingEntry, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { ContactForm, FollowUpForm, StepForm } from '../parts/case-forms.tsx';
import { useKeptAnswer } from '../use-kept.ts';

const acts = [
  { act: 'followUp', endpoint: followUp, words: '登记复学跟踪', form: FollowUpForm },
  { act: 'addContact', endpoint: addContact, words: '登记联系家长', form: ContactForm },
  { act: 'addStep', endpoint: addStep, words: '登记劝返', form: StepForm },
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
  const confirmed = entries.filter(({ entry }) => entry.state === 'confirmed').length;
  const { answer, fault } = useKeptAnswer(who, getCase, { id: caseId }, confirmed);
  const [act, setAct] = useState<(typeof acts)[number] | null>(null);
  const kept = answer?.value;
  const waits = acts.filter(({ endpoint }) => waitingEntry(entries, endpoint.name, (input) => input['id'] === caseId));
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
            {waits.map(({ act: name, words }) => (
              <p key={name} className="state state-onPhone">
                {words}：存在本机，等待上传
              </p>
            ))}
            {acts.map((one) => {
              const allowed = kept.allowed[one.act];
              return allowed?.may === true ? (
                <button
                  key={one.act}
                  type="button"
                  className="tap"
                  onClick={() => {
                    setAct(one);
                  }}
                >
                  {one.words}
                </button>
              ) : allowed?.why ? (
                <p key={one.act} className="quiet">
                  {one.words}：{allowed.why}
                </p>
              ) : null;
            })}
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
