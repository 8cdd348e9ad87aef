import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import type { getChild } from '#contract/population.ts';
import type { recordVisit } from '#contract/visits.ts';
import { chinaMinute, contentLines, contentText, contentVersion, type WrittenVisit } from '#domain/visits/content.ts';
import {
  parties,
  type NotMetReason,
  type Party,
  type Signature,
  type VisitContent,
  type VisitMode,
} from '#domain/visits/record.ts';
import { contentIssues } from '#domain/visits/rules.ts';
import { partiesNeeded, signatureIssues, signatureOf, signingFault, type Signing } from '#domain/visits/signatures.ts';
import type { Visit } from './visits-words.ts';

/** How one party signs, as it is being filled in; `keep` leaves what a corrected visit has. */
export interface SigningDraft extends Omit<Signing, 'means' | 'paperId'> {
  means: Signing['means'] | 'keep';
  paper: PaperDraft | null;
}
/** A paper that has been uploaded and is not yet attached. */
export interface PaperDraft {
  id: string;
  name: string;
}
/** The free texts of a visit. */
export type TextKey = 'purpose' | 'members' | 'family' | 'atSchool' | 'atHome' | 'analysis' | 'opinion' | 'measures';

/** A visit as it is being filled in; `day` and `time` are of China. */
export interface VisitDraft {
  id: string;
  mode: VisitMode;
  day: string;
  time: string;
  shown: NonNullable<VisitContent['shown']>;
  visitors: VisitContent['visitors'];
  companions: string;
  met: boolean;
  notMetReason: NotMetReason;
  notMetWords: string;
  guardian: string;
  relation: string;
  texts: Record<TextKey, string>;
  nextDay: string | null;
  location: VisitContent['location'];
  paperForm: boolean;
  papers: PaperDraft[];
  signing: Record<Party, SigningDraft>;
}
type Child = OutputOf<typeof getChild>;
/** The call that records a visit. */
export type VisitInput = InputOf<typeof recordVisit>;

const unsigned: SigningDraft = { means: 'drawn', strokes: [], reason: '', name: '', relation: '', paper: null };
const kept: SigningDraft = { ...unsigned, means: 'keep' };

/** A visit before anything is filled in: the child as the form shows him, who visits, and what it is for. */
export function emptyDraft(
  id: string,
  child: Pick<Child, 'name' | 'sex' | 'guardian' | 'enrolment' | 'household'>,
  start: { visitor: string; day: string; purpose: string; mode: VisitMode },
): VisitDraft {
  return {
    id,
    mode: start.mode,
    day: start.day,
    time: '',
    shown: {
      name: child.name,
      className: [child.enrolment?.schoolName, child.enrolment?.className].filter(Boolean).join(' '),
      address: child.household?.address ?? '',
      sex: child.sex ?? '',
      phone: child.guardian.phoneMask ?? '',
    },
    visitors: [{ staffId: null, name: start.visitor }],
    companions: '',
    met: true,
    notMetReason: 'notHome',
    notMetWords: '',
    guardian: child.guardian.name ?? '',
    relation: child.guardian.relation ?? '',
    texts: {
      purpose: start.purpose,
      members: '',
      family: '',
      atSchool: '',
      atHome: '',
      analysis: '',
      opinion: '',
      measures: '',
    },
    nextDay: null,
    location: null,
    paperForm: false,
    papers: [],
    signing: { teacher: unsigned, guardian: unsigned, pupil: unsigned },
  };
}

/** A recorded visit as the draft of its correction; a signature that is there stays unless it is given anew. */
export function draftOf(
  id: string,
  visit: Pick<Visit, 'mode' | 'at' | 'content' | 'paperForm'> & { signatures: readonly { party: Party }[] },
): VisitDraft {
  const of = (party: Party) => (visit.signatures.some((one) => one.party === party) ? kept : unsigned);
  const { content } = visit;
  const { day, time } = chinaMinute(visit.at);
  const { purpose, members, family, atSchool, atHome, analysis, opinion, measures } = content;
  return {
    id,
    mode: visit.mode,
    day,
    time,
    shown: content.shown ?? { name: '', className: '', address: '' },
    visitors: content.visitors,
    companions: content.companions,
    met: content.notMet === null,
    notMetReason: content.notMet?.reason ?? 'notHome',
    notMetWords: content.notMet?.words ?? '',
    guardian: content.guardian?.name ?? '',
    relation: content.guardian?.relation ?? '',
    texts: { purpose, members, family, atSchool, atHome, analysis, opinion, measures },
    nextDay: content.nextDay,
    location: content.location,
    paperForm: visit.paperForm,
    papers: [],
    signing: { teacher: of('teacher'), guardian: of('guardian'), pupil: of('pupil') },
  };
}

/** The visit as it is printed and signed. */
export function writtenOf(draft: VisitDraft): WrittenVisit {
  const { met } = draft;
  return {
    mode: draft.mode,
    at:
      draft.time === '' ? `${draft.day}T04:00:00.000Z` : new Date(`${draft.day}T${draft.time}:00+08:00`).toISOString(),
    content: {
      shown: draft.shown,
      visitors: draft.visitors,
      companions: draft.companions.trim(),
      guardian:
        met && draft.guardian.trim() !== '' ? { name: draft.guardian.trim(), relation: draft.relation.trim() } : null,
      notMet: met ? null : { reason: draft.notMetReason, words: draft.notMetWords.trim() },
      purpose: draft.texts.purpose.trim(),
      members: draft.texts.members.trim(),
      family: draft.texts.family.trim(),
      atSchool: draft.texts.atSchool.trim(),
      atHome: draft.texts.atHome.trim(),
      analysis: draft.texts.analysis.trim(),
      opinion: draft.texts.opinion.trim(),
      measures: draft.texts.measures.trim(),
      nextDay: draft.nextDay,
      location: draft.location,
    },
  };
}

/** The printed lines of the draft. */
export function linesOf(draft: VisitDraft): { label: string; value: string }[] {
  return contentLines(contentVersion, writtenOf(draft));
}
/** The text that is signed. */
export function textOf(draft: VisitDraft): string {
  return contentText(contentVersion, writtenOf(draft));
}

/** Who signs on this page: nobody where the paper form is signed, or where none is asked. */
export function signersOf(draft: VisitDraft): readonly Party[] {
  return draft.paperForm ? [] : partiesNeeded(draft.mode, draft.met);
}
/** Whether somebody has signed already, so that the text must not change under the hand. */
export function hasStrokes(draft: VisitDraft): boolean {
  return signersOf(draft).some((party) => draft.signing[party].strokes.length > 0);
}
/** The draft with every stroke taken back, so that its text may be changed. */
export function withoutStrokes(draft: VisitDraft): VisitDraft {
  const { teacher, guardian, pupil } = draft.signing;
  return {
    ...draft,
    signing: {
      teacher: { ...teacher, strokes: [] },
      guardian: { ...guardian, strokes: [] },
      pupil: { ...pupil, strokes: [] },
    },
  };
}

/** The first thing that is missing in what is written, signatures left aside; null when it may be signed. */
export function writingFault(draft: VisitDraft): string | null {
  if (draft.time === '') return '请填写走访时间。';
  if (draft.visitors.length === 0) return '请填写走访教师。';
  if (draft.met && draft.guardian.trim() !== '' && draft.relation.trim() === '') return '请填写受访家长与孩子的关系。';
  if (!draft.met && draft.mode === 'door' && draft.notMetReason === 'noAnswer') return '上门未遇不能选“无人接听”。';
  return contentIssues(writtenOf(draft).content, draft.day)[0]?.words ?? null;
}
/** The first thing that is missing before the visit can be sent; null when nothing is. */
export function draftFault(draft: VisitDraft): string | null {
  const fault = writingFault(draft);
  if (fault !== null) return fault;
  const missing = signersOf(draft).flatMap((party) => {
    const given = givenBy(draft, party);
    return (given && signingFault(party, given)) ?? [];
  });
  if (missing[0] !== undefined) return missing[0];
  const state = { mode: draft.mode, met: draft.met, paperForm: true, guardianName: draft.guardian.trim() };
  return signatureIssues(state, signaturesOf(draft))[0]?.words ?? null;
}

/** What this party gives anew; null for a signature that stays. */
function givenBy(draft: VisitDraft, party: Party): Signing | null {
  const { means, paper, ...rest } = draft.signing[party];
  return means === 'keep' ? null : { ...rest, means, paperId: paper?.id ?? null };
}

function signaturesOf(draft: VisitDraft): Signature[] {
  return signersOf(draft).flatMap((party) => {
    const given = givenBy(draft, party);
    return (given && signatureOf(party, given)) ?? [];
  });
}

/** What is sent of the draft, for a new visit as for a correction. */
export function entryOf(draft: VisitDraft): Omit<VisitInput, 'childId' | 'caseId'> {
  const written = writtenOf(draft);
  return {
    id: draft.id,
    mode: written.mode,
    at: written.at,
    content: written.content,
    paperForm: draft.paperForm && partiesNeeded(draft.mode, draft.met).length > 0,
    signatures: signaturesOf(draft),
    papers: draft.papers.map((paper) => paper.id),
  };
}

/** The parties in the order in which they sign. */
export const signingOrder: readonly Party[] = parties;
