import { useState, type ChangeEvent } from 'react';
import type { Party } from '#domain/visits/record.ts';
import type { Signing } from '#domain/visits/signatures.ts';
import { partyWords, signatureMeansWords } from '#domain/visits/words.ts';
import type { Unlocked } from '../keep/unlock.ts';
import type { VisitDraft } from '../pages/visit-draft.ts';
import { Choice } from './fields.tsx';
import { keepPhoto } from './photos.tsx';
import { SignBox } from './sign-box.tsx';

const means = ['drawn', 'refused', 'absent', 'cannotSign', 'byOther'] as const;

/** The content as it is signed, and the three signatures or what stands instead of them. */
export function VisitSigning({
  who,
  draft,
  childName,
  childId,
  fault,
  saving,
  keepWords = '登记走访',
  onChange,
  onBack,
  onKeep,
}: {
  who: Unlocked;
  draft: VisitDraft;
  childName: string;
  childId: string;
  fault: string | null;
  saving: boolean;
  /** What the button says. */
  keepWords?: string;
  onChange: (draft: VisitDraft) => void;
  onBack: () => void;
  onKeep: () => void;
}) {
  const lines: [string, string][] = [
    ['孩子', childName],
    ['见到的家长', `${draft.guardian}（${draft.relation}）`],
    ['走访目的', draft.purpose],
    ['家庭成员', draft.members],
    ['家庭和监护情况', draft.family],
    ['在校表现', draft.atSchool],
    ['在家表现', draft.atHome],
    ['问题分析', draft.analysis],
    ['家长意见', draft.opinion],
    ['措施', draft.measures],
    ['下次跟进', draft.nextDay],
  ];
  return (
    <>
      <main className="page">
        <section className="card">
          <h2>请核对后签名</h2>
          <dl className="lines">
            {lines
              .filter(([, value]) => value.trim() !== '')
              .map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
          <button type="button" onClick={onBack}>
            返回修改（改动后须重新签名）
          </button>
        </section>
        {(['teacher', 'guardian', 'pupil'] as const).map((party) => (
          <OneParty
            key={party}
            who={who}
            party={party}
            childId={childId}
            signing={draft.signing[party]}
            onChange={(signing) => {
              onChange({ ...draft, signing: { ...draft.signing, [party]: signing } });
            }}
          />
        ))}
        {fault === null ? null : (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
      </main>
      <footer className="action">
        <button type="button" className="main-button" disabled={saving} onClick={onKeep}>
          {keepWords}
        </button>
      </footer>
    </>
  );
}

function OneParty({
  who,
  party,
  childId,
  signing,
  onChange,
}: {
  who: Unlocked;
  party: Party;
  childId: string;
  signing: Signing;
  onChange: (signing: Signing) => void;
}) {
  const [fault, setFault] = useState<string | null>(null);
  const words = partyWords[party];
  const set = (part: Partial<Signing>) => {
    onChange({ ...signing, ...part });
  };
  const field = (key: 'reason' | 'name' | 'relation', label: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        value={signing[key]}
        maxLength={key === 'reason' ? 200 : key === 'relation' ? 20 : 40}
        onChange={(event) => {
          set({ [key]: event.target.value });
        }}
      />
    </label>
  );
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (!file) return;
    try {
      set({ paperId: await keepPhoto(who, childId, file, `${words}的指印或纸质签字`) });
      setFault(null);
    } catch {
      setFault('这张照片打不开，请重新拍一张。');
    }
  };
  const signer = signing.means === 'refused' ? '见证人' : signing.means === 'byOther' ? '代签人' : words;
  return (
    <section className="card" aria-label={`${words}签名`}>
      <h2>{words}</h2>
      {party === 'teacher' ? null : (
        <Choice
          label={`${words}怎样签`}
          values={means}
          words={signatureMeansWords}
          value={signing.means}
          onChange={(next) => set({ means: next, strokes: [] })}
        />
      )}
      {signing.means === 'refused' ? field('reason', '拒签原因') : null}
      {signing.means === 'refused' ? field('name', '见证人姓名') : null}
      {signing.means === 'byOther' ? field('name', '代签人姓名') : null}
      {signing.means === 'byOther' ? field('relation', `与${words}的关系`) : null}
      {signing.means === 'cannotSign' ? (
        <div className="field">
          <span>{signing.paperId === null ? '拍下指印或纸质签字' : '已拍照，存在本机'}</span>
          <input
            type="file"
            accept="image/*"
            capture="environment"
            aria-label={`拍下${words}的指印`}
            onChange={(event) => void take(event)}
          />
          {fault === null ? null : <p className="fault">{fault}</p>}
        </div>
      ) : null}
      {signing.means === 'drawn' || signing.means === 'refused' || signing.means === 'byOther' ? (
        <>
          <p className="quiet">请{signer}用手指在框内签名。</p>
          <SignBox signer={signer} strokes={signing.strokes} onChange={(strokes) => set({ strokes })} />
        </>
      ) : null}
    </section>
  );
}
