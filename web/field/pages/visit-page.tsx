import { useRef, useState } from 'react';
import { getRollCall } from '#contract/attendance.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { nextReasonWords } from '#domain/attendance/words.ts';
import { myVisits, recordVisit } from '#contract/visits.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { dropDraft } from '../keep/draft.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { Bar } from '../parts/bar.tsx';
import { ReportForm } from '../parts/report-form.tsx';
import { VisitForm, type VisitTo } from '../parts/visit-form.tsx';
import { VisitSigning } from '../parts/visit-signing.tsx';
import { notKept } from '../not-kept.ts';
import { store } from '../session.ts';
import { useDraft } from '../use-draft.ts';
import { useKeptAnswer } from '../use-kept.ts';
import { goTo } from '../where.ts';
import { emptyVisit, signedText, visitFault, visitInput, writingFault, type VisitDraft } from './visit-draft.ts';

/** A visit on the phone: what was found, pictures, signatures; works without signal and survives a killed browser. */
export function VisitPage({
  who,
  childId,
  classId,
  onKept,
}: {
  who: Unlocked;
  childId: string;
  /** The class in whose roll call the child could not be reached. */
  classId: string | null;
  onKept: () => void;
}) {
  const day = phoneDay(phoneNow());
  const { answer, fault } = useKeptAnswer(who, myVisits, { day });
  const planned = [...(answer?.value.due ?? []), ...(answer?.value.ahead ?? [])].find((one) => one.childId === childId);
  const unplanned = planned === undefined && (answer !== null || fault !== null);
  return (
    <>
      <Bar title={planned ? `走访 ${planned.name}` : '走访'} back="/field" />
      {planned ? <Writing key={planned.itemId} who={who} planned={planned} onKept={onKept} /> : null}
      {unplanned && classId !== null ? (
        <Unreached who={who} childId={childId} classId={classId} day={day} onKept={onKept} />
      ) : null}
      {unplanned && classId === null ? <Unknown fault={fault} /> : null}
    </>
  );
}

/** A visit that nobody planned: to a pupil of a roll call that lies on the phone. */
function Unreached({
  who,
  childId,
  classId,
  day,
  onKept,
}: {
  who: Unlocked;
  childId: string;
  classId: string;
  day: string;
  onKept: () => void;
}) {
  const { answer, fault } = useKeptAnswer(who, getRollCall, { classId, day, part: 'morning' });
  const pupil = answer?.value.pupils.find((one) => one.childId === childId);
  if (!answer && fault === null) return null;
  if (!answer || !pupil) return <Unknown fault={fault} />;
  const to: VisitTo = {
    itemId: childId,
    childId,
    name: pupil.name,
    sex: pupil.sex === '男' ? 'male' : pupil.sex === '女' ? 'female' : null,
    className: answer.value.className,
    address: null,
    guardian: null,
    relation: null,
    phoneMask: null,
    purpose: nextReasonWords.visit,
    caseId: null,
  };
  return <Writing who={who} planned={to} onKept={onKept} />;
}

function Unknown({ fault }: { fault: string | null }) {
  return (
    <main className="page">
      {fault === null ? null : <p className="fault">{fault}</p>}
      <p className="note">这个孩子不在您今天和七天内的走访安排里。请在完整平台的“走访”里登记，或请德育主任安排走访。</p>
    </main>
  );
}

function Writing({ who, planned, onKept }: { who: Unlocked; planned: VisitTo; onKept: () => void }) {
  const key = `visit ${planned.itemId}`;
  const { draft, setDraft } = useDraft(who, key, () =>
    emptyVisit(newRequestId(), {
      guardian: planned.guardian ?? '',
      relation: planned.relation ?? '',
      purpose: planned.purpose,
    }),
  );
  const [signing, setSigning] = useState(false);
  const [urgent, setUrgent] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const signedFor = useRef<string | null>(null);
  if (!draft) return <p className="boot">正在打开……</p>;
  const keep = async () => {
    const missing = visitFault(draft, phoneDay(phoneNow()));
    if (missing !== null) {
      setFault(missing);
      return;
    }
    setSaving(true);
    const now = phoneNow();
    try {
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: recordVisit,
        input: visitInput(
          draft,
          who.owner,
          {
            id: planned.childId,
            name: planned.name,
            className: planned.className ?? '',
            address: planned.address ?? '',
            sex: sexWord(planned.sex) ?? '',
            phone: planned.phoneMask ?? '',
            caseId: planned.caseId,
          },
          new Date(now).toISOString(),
        ),
        what: '走访',
        title: `走访 ${planned.name}${draft.met ? '' : '（未遇）'}`,
        now,
      });
    } catch {
      setFault(notKept);
      setSaving(false);
      return;
    }
    await dropDraft(store, key);
    onKept();
    goTo('/field/outbox', { replace: true });
  };
  const change = (next: VisitDraft) => {
    setFault(null);
    setDraft(next);
  };
  const needsSigning = draft.met && draft.mode === 'door';
  if (urgent)
    return (
      <main className="page">
        <ReportForm who={who} child={planned} emergency told={null} onKept={onKept} />
        <button
          type="button"
          className="link"
          onClick={() => {
            setUrgent(false);
          }}
        >
          回到走访
        </button>
      </main>
    );
  if (signing)
    return (
      <VisitSigning
        who={who}
        draft={draft}
        childName={planned.name}
        childId={planned.childId}
        fault={fault}
        saving={saving}
        onChange={change}
        onBack={() => {
          signedFor.current = signedText(draft);
          setSigning(false);
        }}
        onKeep={() => void keep()}
      />
    );
  return (
    <VisitForm
      who={who}
      planned={planned}
      draft={draft}
      fault={fault}
      onChange={change}
      onUrgent={() => {
        setUrgent(true);
      }}
      mainWords={needsSigning ? '核对内容并签名' : '登记'}
      onNext={() => {
        if (!needsSigning) {
          void keep();
          return;
        }
        const missing = writingFault(draft, phoneDay(phoneNow()));
        if (missing !== null) {
          setFault(missing);
          return;
        }
        // Signatures stand for the text as it was signed: after a change everybody signs again.
        if (signedFor.current !== null && signedFor.current !== signedText(draft)) {
          const { teacher, guardian, pupil } = draft.signing;
          const again = { ...draft, signing: { teacher, guardian, pupil } };
          for (const party of ['teacher', 'guardian', 'pupil'] as const)
            again.signing[party] = { ...again.signing[party], strokes: [] };
          change(again);
          setFault('内容在签名后改动过，请重新签名。');
        }
        setSigning(true);
      }}
    />
  );
}
