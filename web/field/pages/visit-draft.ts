import type { recordVisit } from '#contract/visits.ts';
import type { InputOf } from '#contract/endpoint.ts';
import type { NotMetReason, Party, VisitMode } from '#domain/visits/record.ts';
import { signatureOf, signingFault, type Signing } from '#domain/visits/signatures.ts';

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
  members: string;
  family: string;
  atSchool: string;
  atHome: string;
  analysis: string;
  opinion: string;
  measures: string;
  nextDay: string;
  location: { latitude: number; longitude: number; accuracy: number } | null;
  photos: { id: string; name: string }[];
  signing: Record<Party, Signing>;
}

const unsigned: Signing = { means: 'drawn', strokes: [], reason: '', name: '', relation: '', paperId: null };

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
    members: '',
    family: '',
    atSchool: '',
    atHome: '',
    analysis: '',
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

/** The call that records the visit; `at` is when it was made (ISO, UTC). */
export function visitInput(
  draft: VisitDraft,
  who: { name: string },
  child: Record<'id' | 'name' | 'className' | 'address' | 'sex' | 'phone', string> & { caseId: string | null },
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
      shown: {
        name: child.name,
        className: child.className,
        address: child.address,
        sex: child.sex,
        phone: child.phone,
      },
      visitors: [{ staffId: null, name: who.name }],
      companions: draft.companions,
      guardian: draft.met ? { name: draft.guardian, relation: draft.relation } : null,
      notMet: draft.met ? null : { reason: draft.notMetReason, words: draft.notMetWords },
      purpose: draft.purpose,
      members: draft.members,
      family: draft.family,
      atSchool: draft.atSchool,
      atHome: draft.atHome,
      analysis: draft.analysis,
      opinion: draft.opinion,
      measures: draft.measures,
      nextDay: draft.nextDay === '' ? null : draft.nextDay,
      location: draft.location,
    },
    signatures:
      draft.met && draft.mode === 'door'
        ? parties.flatMap((party) => signatureOf(party, draft.signing[party]) ?? [])
        : [],
    papers: draft.photos.map((photo) => photo.id),
  };
}
