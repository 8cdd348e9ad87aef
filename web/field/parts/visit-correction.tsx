import { useState } from 'react';
import { correctVisit } from '#contract/visits.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { dropDraft } from '../keep/draft.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { notKept } from '../not-kept.ts';
import {
  againFault,
  correctionFault,
  correctionInput,
  isSigned,
  type CorrectDraft,
  type KeptVisit,
} from '../pages/correct-draft.ts';
import { store } from '../session.ts';
import { useDraft } from '../use-draft.ts';
import { goTo } from '../where.ts';
import { Choice, DayInput, Line, Text } from './fields.tsx';
import { VisitFields } from './visit-fields.tsx';
import { VisitSigning } from './visit-signing.tsx';

/** Correcting a visit: what was written, changed, with the reason; the signatures stay or are given anew. The earlier version stays. */
export function VisitCorrection({
  who,
  visit,
  draftKey,
  start,
  onKept,
  onBack,
}: {
  who: Unlocked;
  visit: KeptVisit;
  /** Under which what is being written lies on the phone. */
  draftKey: string;
  start: () => CorrectDraft;
  onKept: () => void;
  onBack: () => void;
}) {
  const { draft, setDraft } = useDraft(who, draftKey, start);
  const [signing, setSigning] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  if (draft === null) return <p className="boot">正在打开……</p>;
  const today = phoneDay(phoneNow());
  const change = (part: Partial<CorrectDraft>) => {
    setFault(null);
    setDraft({ ...draft, ...part });
  };
  const keep = async () => {
    const missing = correctionFault(draft, visit, today) ?? againFault(draft);
    setFault(missing);
    if (missing !== null) return;
    setSaving(true);
    try {
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: correctVisit,
        input: correctionInput(draft, visit),
        what: '更正走访',
        title: `更正走访：${visit.childName} ${visit.day}`,
        now: phoneNow(),
      });
    } catch {
      setFault(notKept);
      setSaving(false);
      return;
    }
    await dropDraft(store, draftKey);
    onKept();
    goTo('/field/outbox', { replace: true });
  };
  if (signing)
    return (
      <VisitSigning
        who={who}
        draft={draft}
        childName={visit.childName}
        childId={visit.childId}
        fault={fault}
        saving={saving}
        keepWords="提交更正"
        onChange={change}
        onBack={() => {
          // Signatures stand for the text as it was signed.
          const { teacher, guardian, pupil } = draft.signing;
          const bare = { strokes: [] };
          change({
            signing: {
              teacher: { ...teacher, ...bare },
              guardian: { ...guardian, ...bare },
              pupil: { ...pupil, ...bare },
            },
          });
          setSigning(false);
        }}
        onKeep={() => void keep()}
      />
    );
  const again = draft.sign === 'again' && isSigned(draft);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!again) {
          void keep();
          return;
        }
        const missing = correctionFault(draft, visit, today);
        setFault(missing);
        if (missing === null) setSigning(true);
      }}
    >
      <main className="page">
        <p className="note">改动并写明原因。原来的一版保留，仍可查看。</p>
        <div>
          <DayInput
            label="走访日期"
            value={draft.day}
            max={today}
            onChange={(day) => {
              change({ day });
            }}
          />
          <label>
            <span>走访时间</span>
            <input
              type="time"
              value={draft.time}
              onChange={(event) => {
                change({ time: event.target.value });
              }}
            />
          </label>
          <Line
            label="走访教师（几人之间用顿号）"
            value={draft.visitors}
            most={200}
            onChange={(visitors) => {
              change({ visitors });
            }}
          />
        </div>
        <VisitFields who={who} childId={visit.childId} draft={draft} onChange={change} />
        <Signatures who={who} visit={visit} draft={draft} onChange={change} />
        <Text
          label="更正原因"
          value={draft.reason}
          most={200}
          onChange={(reason) => {
            change({ reason });
          }}
        />
        {fault === null ? null : (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <button type="button" className="link" onClick={onBack}>
          返回，写的内容留在本机
        </button>
      </main>
      <footer className="action">
        <button type="submit" className="main-button" disabled={saving}>
          {again ? '核对内容并签名' : '提交更正'}
        </button>
      </footer>
    </form>
  );
}

/** What becomes of the signatures; nobody draws the signature of a teacher who is somebody else. */
function Signatures({
  who,
  visit,
  draft,
  onChange,
}: {
  who: Unlocked;
  visit: KeptVisit;
  draft: CorrectDraft;
  onChange: (part: Partial<CorrectDraft>) => void;
}) {
  if (!isSigned(draft)) return null;
  const kept = visit.signatures.length > 0;
  const own = draft.visitors.includes(who.owner.name);
  return (
    <>
      <Choice
        label="签名"
        values={own ? (['keep', 'again'] as const) : (['keep'] as const)}
        words={{ keep: kept ? '保留原签名' : '暂不签，以后补纸质签名', again: '当面重新签名' }}
        value={draft.sign}
        onChange={(sign) => {
          onChange({ sign });
        }}
      />
      <p className="quiet">
        {own
          ? kept
            ? '内容改动后，保留的原签名会注明“签名后内容有改动”。'
            : '重新签名的，教师、家长、学生依次在本机签。'
          : '您不在走访教师之中，不能代教师在屏幕上签名。'}
      </p>
    </>
  );
}
