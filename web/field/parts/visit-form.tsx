import { useState } from 'react';
import { revealChild } from '#contract/population.ts';
import type { myVisits } from '#contract/visits.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';
import type { Unlocked } from '../keep/unlock.ts';
import type { VisitDraft } from '../pages/visit-draft.ts';
import { VisitFields } from './visit-fields.tsx';

/** Whom a visit is to: a planned visit, or a pupil who could not be reached by phone. */
export type VisitTo = Pick<
  OutputOf<typeof myVisits>['due'][number],
  | 'itemId'
  | 'childId'
  | 'name'
  | 'sex'
  | 'className'
  | 'address'
  | 'guardian'
  | 'relation'
  | 'phoneMask'
  | 'purpose'
  | 'caseId'
>;

/** What was found at a visit. */
export function VisitForm({
  who,
  planned,
  draft,
  fault,
  mainWords,
  onChange,
  onNext,
  onUrgent,
}: {
  who: Unlocked;
  planned: VisitTo;
  draft: VisitDraft;
  fault: string | null;
  mainWords: string;
  onChange: (draft: VisitDraft) => void;
  onNext: () => void;
  /** Reports an emergency found at the door; what was written of the visit stays. */
  onUrgent: () => void;
}) {
  const [said, setSaid] = useState<string | null>(null);
  const dial = async () => {
    try {
      const { phone } = await call(revealChild, { id: planned.childId, what: 'phone', reason: '走访前联系监护人' });
      if (phone) window.location.href = `tel:${phone}`;
      else setSaid('没有登记家长电话，请上门，或向社区查询。');
    } catch (error) {
      setSaid(error instanceof Failure ? error.message : '没有取得电话，请稍后再试。');
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <main className="page">
        <section className="card">
          <p>{planned.address ?? '没有登记住址'}</p>
          <p className="quiet">
            {[
              planned.className,
              planned.guardian === null ? null : `${planned.guardian}（${planned.relation ?? '监护人'}）`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <button type="button" onClick={() => void dial()}>
            拨打 {planned.phoneMask ?? '监护人'}
          </button>
          <button type="button" className="danger" onClick={onUrgent}>
            报告紧急情况
          </button>
          {said === null ? null : <p className="fault">{said}</p>}
        </section>
        <VisitFields who={who} childId={planned.childId} draft={draft} onChange={onChange} />
        {fault === null ? null : (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
      </main>
      <footer className="action">
        <button type="submit" className="main-button">
          {mainWords}
        </button>
      </footer>
    </form>
  );
}
