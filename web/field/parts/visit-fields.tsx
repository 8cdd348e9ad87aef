import { useState } from 'react';
import { notMetReasons, visitModes } from '#domain/visits/record.ts';
import { notMetWords, visitModeWords } from '#domain/visits/words.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import type { Unlocked } from '../keep/unlock.ts';
import type { VisitDraft } from '../pages/visit-draft.ts';
import { Choice, DayInput, Line, Text } from './fields.tsx';
import { Photos } from './photos.tsx';

type TextKey = 'purpose' | 'members' | 'family' | 'atSchool' | 'atHome' | 'analysis' | 'opinion' | 'measures';
const texts: readonly { key: TextKey; label: string }[] = [
  { key: 'purpose', label: '走访目的' },
  { key: 'members', label: '家庭成员（与谁同住）' },
  { key: 'family', label: '家庭和监护情况' },
  { key: 'atSchool', label: '在校表现' },
  { key: 'atHome', label: '在家表现' },
  { key: 'analysis', label: '问题分析' },
  { key: 'opinion', label: '家长意见' },
  { key: 'measures', label: '措施' },
];

/** The fields of a visit, for one that is made now as for one that is corrected. */
export function VisitFields({
  who,
  childId,
  draft,
  onChange,
}: {
  who: Unlocked;
  childId: string;
  draft: VisitDraft;
  onChange: (draft: VisitDraft) => void;
}) {
  const set = (part: Partial<VisitDraft>) => {
    onChange({ ...draft, ...part });
  };
  return (
    <div>
      <Choice
        label="方式"
        values={visitModes}
        words={visitModeWords}
        value={draft.mode}
        onChange={(mode) => {
          set({ mode });
        }}
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
      {draft.met ? <Met draft={draft} set={set} /> : <NotMet draft={draft} set={set} />}
      <Photos
        who={who}
        childId={childId}
        photos={draft.photos}
        onChange={(photos) => {
          set({ photos });
        }}
      />
      <Place draft={draft} set={set} />
    </div>
  );
}

interface PartOf {
  draft: VisitDraft;
  set: (part: Partial<VisitDraft>) => void;
}

function Met({ draft, set }: PartOf) {
  return (
    <>
      <Line
        label="见到的家长"
        value={draft.guardian}
        onChange={(guardian) => {
          set({ guardian });
        }}
      />
      <Line
        label="与孩子的关系"
        value={draft.relation}
        most={20}
        onChange={(relation) => {
          set({ relation });
        }}
      />
      <Line
        label="陪同人员（可不填）"
        value={draft.companions}
        most={100}
        onChange={(companions) => {
          set({ companions });
        }}
      />
      {texts.map(({ key, label }) => (
        <Text
          key={key}
          label={label}
          value={draft[key]}
          onChange={(words) => {
            set({ [key]: words });
          }}
        />
      ))}
      <DayInput
        label="下次跟进日期（可不填）"
        value={draft.nextDay}
        min={phoneDay(phoneNow())}
        onChange={(nextDay) => {
          set({ nextDay });
        }}
      />
    </>
  );
}

function NotMet({ draft, set }: PartOf) {
  // Nobody answers at a telephone; at the door nobody is at home.
  const reasons = notMetReasons.filter((one) => one !== 'noAnswer' || draft.mode !== 'door');
  return (
    <>
      <Choice
        label="没有见到的情况"
        values={reasons}
        words={notMetWords}
        value={draft.notMetReason}
        onChange={(notMetReason) => {
          set({ notMetReason });
        }}
      />
      <Text
        label="说明（可不填）"
        value={draft.notMetWords}
        most={200}
        onChange={(words) => {
          set({ notMetWords: words });
        }}
      />
    </>
  );
}

function Place({ draft, set }: PartOf) {
  const [said, setSaid] = useState<string | null>(null);
  const locate = () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setSaid(null);
        set({ location: { latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy } });
      },
      () => {
        setSaid('没有取得位置，可以不填。');
      },
      { timeout: 15_000 },
    );
  };
  return (
    <>
      <button type="button" onClick={locate}>
        {draft.location ? `已记下位置（误差 ${String(Math.round(draft.location.accuracy))} 米）` : '记下位置（可不记）'}
      </button>
      {said === null ? null : <p className="fault">{said}</p>}
    </>
  );
}
