import { useState } from 'react';
import { revealChild } from '#contract/population.ts';
import type { myVisits } from '#contract/visits.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import { notMetReasons, visitModes } from '#domain/visits/record.ts';
import { notMetWords, visitModeWords } from '#domain/visits/words.ts';
import { call } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import type { Unlocked } from '../keep/unlock.ts';
import type { VisitDraft } from '../pages/visit-draft.ts';
import { Choice, Text } from './fields.tsx';
import { Photos } from './photos.tsx';

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
  const set = (part: Partial<VisitDraft>) => {
    onChange({ ...draft, ...part });
  };
  const line = (key: 'guardian' | 'relation' | 'companions', label: string) => (
    <label>
      <span>{label}</span>
      <input
        value={draft[key]}
        maxLength={40}
        onChange={(event) => {
          set({ [key]: event.target.value });
        }}
      />
    </label>
  );
  const dial = async () => {
    try {
      const { phone } = await call(revealChild, { id: planned.childId, what: 'phone', reason: '走访前联系监护人' });
      if (phone) window.location.href = `tel:${phone}`;
      else setSaid('没有登记家长电话，请上门，或向社区查询。');
    } catch (error) {
      setSaid(error instanceof Failure ? error.message : '没有取得电话，请稍后再试。');
    }
  };
  const locate = () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        set({ location: { latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy } });
      },
      () => {
        setSaid('没有取得位置，可以不填。');
      },
      { timeout: 15_000 },
    );
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
        <div>
          <Choice
            label="方式"
            values={visitModes}
            words={visitModeWords}
            value={draft.mode}
            onChange={(mode) => set({ mode })}
          />
          <Choice
            label="见到了吗"
            values={['met', 'notMet'] as const}
            words={{ met: '见到家长', notMet: '未遇' }}
            value={draft.met ? 'met' : 'notMet'}
            onChange={(value) => {
              set({ met: value === 'met' });
            }}
          />
          {draft.met ? (
            <>
              {line('guardian', '见到的家长')}
              {line('relation', '与孩子的关系')}
              {line('companions', '陪同人员（可不填）')}
              <Text label="走访目的" value={draft.purpose} onChange={(purpose) => set({ purpose })} />
              <Text label="家庭成员（与谁同住）" value={draft.members} onChange={(members) => set({ members })} />
              <Text label="家庭和监护情况" value={draft.family} onChange={(family) => set({ family })} />
              <Text label="在校表现" value={draft.atSchool} onChange={(atSchool) => set({ atSchool })} />
              <Text label="在家表现" value={draft.atHome} onChange={(atHome) => set({ atHome })} />
              <Text label="问题分析" value={draft.analysis} onChange={(analysis) => set({ analysis })} />
              <Text label="家长意见" value={draft.opinion} onChange={(opinion) => set({ opinion })} />
              <Text label="措施" value={draft.measures} onChange={(measures) => set({ measures })} />
              <label>
                <span>下次跟进日期（可不填）</span>
                <input
                  type="date"
                  min={phoneDay(phoneNow())}
                  value={draft.nextDay}
                  onChange={(event) => {
                    set({ nextDay: event.target.value });
                  }}
                />
              </label>
            </>
          ) : (
            <>
              <Choice
                label="没有见到的情况"
                values={notMetReasons}
                words={notMetWords}
                value={draft.notMetReason}
                onChange={(notMetReason) => set({ notMetReason })}
              />
              <Text
                label="说明（可不填）"
                value={draft.notMetWords}
                onChange={(words) => set({ notMetWords: words })}
              />
            </>
          )}
          <Photos
            who={who}
            childId={planned.childId}
            photos={draft.photos}
            onChange={(photos) => {
              set({ photos });
            }}
          />
          <button type="button" onClick={locate}>
            {draft.location
              ? `已记下位置（误差 ${String(Math.round(draft.location.accuracy))} 米）`
              : '记下位置（可不记）'}
          </button>
        </div>
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
