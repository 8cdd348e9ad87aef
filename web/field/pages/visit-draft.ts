import type { recordVisit } from '#contract/visits.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { isSigned, type Strokes } from '#domain/basics/strokes.ts';
import type { NotMetReason, Party, SignatureMeans, VisitMode } from '#domain/visits/record.ts';
import { partyWords } from '#domain/visits/words.ts';

/** How one party signs, as it is being filled in. */
export interface SigningDraft {
  means: Exclude<SignatureMeans, 'scan'>;
  strokes: Strokes;
  /** Reason of a refusal or of not being there. */
  reason: string;
  /** Witness of a refusal, or who signs for another. */
  name: string;
  relation: string;
  /** The picture of the fingerprint or the paper. */
  paperId: string | null;
}

/** A visit as it is being filled in on the phone. */
export interface VisitDraft {
  visitId: string;
  mode: VisitMode;
  met: boolean;
  notMetReason: NotMetReason;
  notMetWords: string;
  guardian: string;
  relation: string;
  companions: string;
  purpose: string;
  family: string;
  atHome: string;
  opinion: string;
  measures: string;
  nextDay: string;
  location: { latitude: number; longitude: number; accuracy: number } | null;
  photos: { id: string; name: string }[];
  signing: Record<Party, SigningDraft>;
}

const unsigned: SigningDraft = { means: 'drawn', strokes: [], reason: '', name: '', relation: '', paperId: null };

/** A visit before anything is filled in. */
export function emptyVisit(
  visitId: string,
  start: { guardian: string; relation: string; purpose: string },
): VisitDraft {
  return {
    visitId,
    mode: 'door',
    met: true,
    notMetReason: 'notHome',
    notMetWords: '',
    guardian: start.guardian,
    relation: start.relation,
    companions: '',
    purpose: start.purpose,
    family: '',
    atHome: '',
    opinion: '',
    measures: '',
    nextDay: '',
    location: null,
    photos: [],
    signing: { teacher: unsigned, guardian: unsigned, pupil: { ...unsigned, means: 'absent' } },
  };
}

/** The text that the signatures stand for; a change of it asks for new signatures. */
export function signedText(draft: VisitDraft): string {
  const { signing: _signing, photos: _photos, location: _location, ...text } = draft;
  return JSON.stringify(text);
}

/** What is missing at one party's signature, in words; null when it is complete. */
export function signingFault(party: Party, signing: SigningDraft): string | null {
  const who = partyWords[party];
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
      return signing.paperId === null ? `请拍下${who}的指印或纸质签字。` : null;
    case 'absent':
      return party === 'teacher' ? '走访教师须签名。' : null;
  }
}

/** The first thing that is missing on the visit, in words; null when it can be kept. */
export function visitFault(draft: VisitDraft): string | null {
  if (!draft.met)
    return draft.notMetReason === 'other' && draft.notMetWords.trim() === '' ? '请写明没有见到的情况。' : null;
  if (draft.guardian.trim() === '' || draft.relation.trim() === '') return '请填写见到的家长和关系。';
  if (draft.purpose.trim() === '') return '请填写走访目的。';
  if (draft.mode !== 'door') return null;
  for (const party of ['teacher', 'guardian', 'pupil'] as const) {
    const fault = signingFault(party, draft.signing[party]);
    if (fault !== null) return fault;
  }
  return null;
}

type Sent = InputOf<typeof recordVisit>;

function signatureOf(party: Party, signing: SigningDraft): NonNullable<Sent['signatures']>[number] {
  switch (signing.means) {
    case 'drawn':
      return { party, means: 'drawn', strokes: signing.strokes };
    case 'refused':
      return {
        party,
        means: 'refused',
        reason: signing.reason,
        witness: { name: signing.name, strokes: signing.strokes },
      };
    case 'byOther':
      return { party, means: 'byOther', name: signing.name, relation: signing.relation, strokes: signing.strokes };
    case 'cannotSign':
      return { party, means: 'cannotSign', instead: 'fingerprint', paperId: signing.paperId ?? '' };
    case 'absent':
      return { party, means: 'absent', reason: signing.reason };
  }
}

/** The call that records the visit; `at` is when it was made (ISO, UTC). */
export function visitInput(
  draft: VisitDraft,
  who: { name: string },
  child: { id: string; name: string; className: string; address: string; caseId: string | null },
  at: string,
): Sent {
  const parties = ['teacher', 'guardian', 'pupil'] as const;
  return {
    id: draft.visitId,
    childId: child.id,
    ...(child.caseId === null ? {} : { caseId: child.caseId }),
    mode: draft.mode,
    at,
    content: {
      shown: { name: child.name, className: child.className, address: child.address },
      visitors: [{ staffId: null, name: who.name }],
      companions: draft.companions,
      guardian: draft.met ? { name: draft.guardian, relation: draft.relation } : null,
      notMet: draft.met ? null : { reason: draft.notMetReason, words: draft.notMetWords },
      purpose: draft.purpose,
      family: draft.family,
      atHome: draft.atHome,
      opinion: draft.opinion,
      measures: draft.measures,
      nextDay: draft.nextDay === '' ? null : draft.nextDay,
      location: draft.location,
    },
    signatures:
      draft.met && draft.mode === 'door' ? parties.map((party) => signatureOf(party, draft.signing[party])) : [],
    papers: draft.photos.map((photo) => photo.id),
  };
}
