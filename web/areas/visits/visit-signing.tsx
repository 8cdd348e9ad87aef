import { Form, Input, Segmented, Select } from 'antd';
import type { Party } from '#domain/visits/record.ts';
import { partyWords, signatureMeansWords } from '#domain/visits/words.ts';
import { SignaturePad } from '#web/parts/signature-pad.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { PaperUpload } from './paper-upload.tsx';
import type { SigningDraft } from './visit-draft.ts';

const alternatives = ['drawn', 'refused', 'absent', 'cannotSign', 'byOther'] as const;
const meansWords: Record<SigningDraft['means'], string> = {
  ...signatureMeansWords,
  drawn: '本人签名',
  keep: '保留原签名',
};

/** How one party signs: drawn on the glass, or 拒签 with a witness, 不在场, 不会签字 with its paper, 代签 with name and relation. */
export function PartySigning({
  party,
  signing,
  onChange,
  childId,
  signer,
  mayKeep,
}: {
  party: Party;
  signing: SigningDraft;
  onChange: (signing: SigningDraft) => void;
  childId: string;
  /** The name of who signs, where it is known. */
  signer: string;
  /** Whether there is an earlier signature that may stay. */
  mayKeep: boolean;
}) {
  const phone = usePhone();
  const words = partyWords[party];
  const set = (part: Partial<SigningDraft>) => {
    onChange({ ...signing, ...part });
  };
  const means: SigningDraft['means'][] = [
    ...(mayKeep ? (['keep'] as const) : []),
    ...(party === 'teacher' ? (['drawn'] as const) : alternatives),
  ];
  const options = means.map((value) => ({ value, label: meansWords[value] }));
  const choose = (next: SigningDraft['means']) => {
    set({ means: next, strokes: [] });
  };
  const field = (key: 'reason' | 'name' | 'relation', label: string) => (
    <Form.Item label={label}>
      <Input
        aria-label={`${words}：${label}`}
        maxLength={key === 'reason' ? 200 : key === 'name' ? 40 : 20}
        value={signing[key]}
        onChange={(event) => {
          set({ [key]: event.target.value });
        }}
      />
    </Form.Item>
  );
  const hand = signing.means === 'refused' ? '见证人' : signing.means === 'byOther' ? '代签人' : signer;
  return (
    <section className="vis-party" aria-label={`${words}签名`}>
      <h3>
        {words}
        {signer === words ? null : <span className="quiet">　{signer}</span>}
      </h3>
      {options.length === 1 ? null : phone ? (
        <Select aria-label={`${words}怎样签`} value={signing.means} options={options} onChange={choose} size="large" />
      ) : (
        <Segmented aria-label={`${words}怎样签`} value={signing.means} options={options} onChange={choose} />
      )}
      <Form layout="vertical" component={false} requiredMark={false}>
        {signing.means === 'refused' ? field('reason', '拒签原因') : null}
        {signing.means === 'refused' ? field('name', '见证人姓名') : null}
        {signing.means === 'absent' ? field('reason', '说明（可不填）') : null}
        {signing.means === 'byOther' ? field('name', '代签人姓名') : null}
        {signing.means === 'byOther' ? field('relation', `与${words}的关系`) : null}
        {signing.means === 'cannotSign' ? (
          <PaperUpload
            papers={signing.paper === null ? [] : [signing.paper]}
            onChange={(papers) => {
              set({ paper: papers[0] ?? null });
            }}
            childId={childId}
            kind="signature"
            words="拍下指印或纸质签字"
            most={1}
          />
        ) : null}
      </Form>
      {signing.means === 'drawn' || signing.means === 'refused' || signing.means === 'byOther' ? (
        <SignaturePad
          signer={hand}
          strokes={signing.strokes}
          onChange={(strokes) => {
            set({ strokes });
          }}
        />
      ) : null}
    </section>
  );
}
