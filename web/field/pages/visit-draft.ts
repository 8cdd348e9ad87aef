import type { recordVisit } from '#contract/visits.ts';
import type { InputOf } from '#contract/endpoint.ts';
import {
  parties,
  type NotMetReason,
  type Party,
  type Signature,
  type VisitContent,
  type VisitMode,
} from '#domain/visits/record.ts';
import { contentIssues } from '#domain/visits/rules.ts';
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

/** What is written of a visit as it is sent; `shown` is the child as the form shows him. */
export function contentOf(
  draft: VisitDraft,
  of: Pick<VisitContent, 'visitors'> & { shown?: VisitContent['shown'] },
): VisitContent {
  return {
    ...(of.shown === undefined ? {} : { shown: of.shown }),
    visitors: of.visitors,
    companions: draft.companions.trim(),
    guardian:
      draft.met && draft.guardian.trim() !== ''
        ? { name: draft.guardian.trim(), relation: draft.relation.trim() }
        : null,
    notMet: draft.met ? null : { reason: draft.notMetReason, words: draft.notMetWords.trim() },
    purpose: draft.purpose.trim(),
    members: draft.members.trim(),
    family: draft.family.trim(),
    atSchool: draft.atSchool.trim(),
    atHome: draft.atHome.trim(),
    analysis: draft.analysis.trim(),
    opinion: draft.opinion.trim(),
    measures: draft.measures.trim(),
    nextDay: draft.nextDay === '' ? null : draft.nextDay,
    location: draft.location,
  };
}

/** The first thing that is missing in what is written of a visit on a day, signatures left aside; what the platform would refuse is said before anybody signs. */
export function writingFault(draft: VisitDraft, day: string): string | null {
  if (draft.met && draft.guardian.trim() !== '' && draft.relation.trim() === '')
    return '请填写见到的家长与孩子的关系。';
  if (!draft.met && draft.mode === 'door' && draft.notMetReason === 'noAnswer') return '上门未遇不能选“无人接听”。';
  return contentIssues(contentOf(draft, { visitors: [] }), day)[0]?.words ?? null;
}

/** The first thing that is missing at the signatures of a visit, in words; null when each is given or stands for itself. */
export function signaturesFault(draft: VisitDraft): string | null {
  for (const party of parties) {
    const fault = signingFault(party, draft.signing[party]);
    if (fault !== null) return fault;
  }
  return null;
}

/** The signatures as they are sent. */
export function signaturesOf(draft: VisitDraft): Signature[] {
  return parties.flatMap((party) => signatureOf(party, draft.signing[party]) ?? []);
}

/** The first thing that is missing on the visit of a day, in words; null when it can be kept. */
export function visitFault(draft: VisitDraft, day: string): string | null {
  const fault = writingFault(draft, day);
  if (fault !== null || !draft.met || draft.mode !== 'door') return fault;
  return signaturesFault(draft);
}

type Sent = InputOf<typeof recordVisit>;

/** The call that records the visit; `at` is when it was made (ISO, UTC). */
export function visitInput(
  draft: VisitDraft,
  who: { name: string },
  child: Record<'id' | 'name' | 'className' | 'address' | 'sex' | 'phone', string> & { caseId: string | null },
  at: string,
): Sent {
  const { id, caseId, ...shown } = child;
  return {
    id: draft.visitId,
    childId: id,
    ...(caseId === null ? {} : { caseId }),
    mode: draft.mode,
    at,
    content: contentOf(draft, { shown, visitors: [{ staffId: null, name: who.name }] }),
    signatures: draft.met && draft.mode === 'door' ? signaturesOf(draft) : [],
    papers: draft.photos.map((photo) => photo.id),
  };
}
