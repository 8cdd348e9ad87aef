import type { FieldIssue } from '../basics/failure.ts';
import { isSigned, type Strokes } from '../basics/strokes.ts';
import type { Party, Signature, SignatureMeans, SignedState, VisitMode } from './record.ts';
import { partyWords } from './words.ts';

/** Who must sign, or say what stands instead: at the door where somebody was met all three, else nobody. */
export function partiesNeeded(mode: VisitMode, met: boolean): readonly Party[] {
  return mode === 'door' && met ? ['teacher', 'guardian', 'pupil'] : [];
}

/** How one party signs, as it is being filled in. */
export interface Signing {
  means: Exclude<SignatureMeans, 'scan'>;
  strokes: Strokes;
  /** Reason of a refusal or of not being there. */
  reason: string;
  /** Witness of a refusal, or who signs for another. */
  name: string;
  relation: string;
  /** The picture of the fingerprint or of the signed paper. */
  paperId: string | null;
}

/** What is missing at one party's signature, in words; null when it is complete. A teacher signs himself. */
export function signingFault(party: Party, signing: Signing): string | null {
  const who = partyWords[party];
  if (party === 'teacher' && signing.means !== 'drawn') return '教师须本人签名。';
  switch (signing.means) {
    case 'drawn':
      return isSigned(signing.strokes) ? null : `请${who}签名。`;
    case 'refused':
      if (signing.reason.trim().length < 2) return `请写明${who}拒签的原因。`;
      if (signing.name.trim() === '') return `请填写${who}拒签时的见证人。`;
      return isSigned(signing.strokes) ? null : '请见证人签名。';
    case 'byOther':
      if (signing.name.trim() === '' || signing.relation.trim() === '') return `请填写代${who}签字的人和关系。`;
      return isSigned(signing.strokes) ? null : '请代签人签名。';
    case 'cannotSign':
      return signing.paperId === null ? `请附上${who}的指印或纸质签字。` : null;
    case 'absent':
      return null;
  }
}

/** The signature that is sent for a party; null where its paper is still missing. */
export function signatureOf(party: Party, signing: Signing): Signature | null {
  const { means, strokes } = signing;
  const [reason, name, relation] = [signing.reason.trim(), signing.name.trim(), signing.relation.trim()];
  switch (means) {
    case 'drawn':
      return { party, means, strokes };
    case 'refused':
      return { party, means, reason, witness: { name, strokes } };
    case 'byOther':
      return { party, means, name, relation, strokes };
    case 'cannotSign':
      return signing.paperId === null ? null : { party, means, instead: 'fingerprint', paperId: signing.paperId };
    case 'absent':
      return { party, means, reason };
  }
}

function strokesOf(signature: Signature): { path: string; strokes: Strokes; who: string } | null {
  const who = partyWords[signature.party];
  switch (signature.means) {
    case 'drawn':
      return { path: 'strokes', strokes: signature.strokes, who };
    case 'byOther':
      return { path: 'strokes', strokes: signature.strokes, who: '代签人' };
    case 'refused':
      return { path: 'witness.strokes', strokes: signature.witness.strokes, who: '见证人' };
    case 'absent':
    case 'cannotSign':
      return null;
  }
}

/**
 * What is wrong with the signatures of a visit: an empty stroke, a party twice, a teacher who does not sign himself, one hand for two
 * parties without the mark of 代签, or a party missing that is not on a paper form.
 */
export function signatureIssues(
  visit: { mode: VisitMode; met: boolean; paperForm: boolean; guardianName: string | null },
  signatures: readonly Signature[],
): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const hands = new Map<string, Party>();
  const seen = new Set<Party>();
  signatures.forEach((signature, index) => {
    const at = `signatures.${String(index)}`;
    const say = (path: string, words: string) => issues.push({ path: `${at}.${path}`, words });
    if (seen.has(signature.party)) say('party', `${partyWords[signature.party]}签了两次，请只保留一次。`);
    seen.add(signature.party);
    if (signature.party === 'teacher' && signature.means !== 'drawn') say('means', '教师须本人签名。');
    if (signature.means === 'byOther' && signature.party === 'guardian' && signature.name === visit.guardianName)
      say('name', '代签人就是受访家长本人，请改为本人签名。');
    const drawn = strokesOf(signature);
    if (!drawn) return;
    if (!isSigned(drawn.strokes)) say(drawn.path, `${drawn.who}的签名是空的，请重新签名。`);
    const hand = JSON.stringify(drawn.strokes);
    if (hands.has(hand)) say(drawn.path, '同一笔迹不能用于两个人；代签请选择“代签”并写明姓名和关系。');
    hands.set(hand, signature.party);
  });
  if (!visit.paperForm)
    for (const party of partiesNeeded(visit.mode, visit.met))
      if (!seen.has(party))
        issues.push({
          path: 'signatures',
          words: `缺${partyWords[party]}的签名，或写明拒签、不在场、不会签字、代签。`,
        });
  return issues;
}

/** What the signatures of a visit amount to; `prints` says of which content each party's latest signature is. */
export function signedState(
  visit: { mode: VisitMode; met: boolean; paperForm: boolean; print: string },
  prints: ReadonlyMap<Party, string>,
): SignedState {
  if ([...prints.values()].some((print) => print !== visit.print)) return 'changed';
  const needed = partiesNeeded(visit.mode, visit.met);
  if (needed.length === 0 && prints.size === 0) return 'notNeeded';
  if (needed.every((party) => prints.has(party))) return 'signed';
  return visit.paperForm ? 'awaitingScan' : 'incomplete';
}
