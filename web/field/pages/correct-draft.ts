import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import type { correctVisit, getVisit } from '#contract/visits.ts';
import { chinaMinute } from '#domain/visits/content.ts';
import { VisitContent, type VisitMode } from '#domain/visits/record.ts';
import { contentOf, emptyVisit, signaturesFault, signaturesOf, writingFault, type VisitDraft } from './visit-draft.ts';

/** A visit as it lies on the phone. */
export type KeptVisit = OutputOf<typeof getVisit>;
/** The call that corrects a visit. */
export type Correction = InputOf<typeof correctVisit>;

/** A correction as it is being filled in; day and time are of China. */
export interface CorrectDraft extends VisitDraft {
  day: string;
  time: string;
  /** Names, 、 between them. */
  visitors: string;
  reason: string;
  /** What becomes of the signatures: those that are there stay with the text they were given for, or everybody signs again. */
  sign: 'keep' | 'again';
}

/** A visit as the draft of its correction, under an id of its own. */
export function correctionOf(id: string, of: { mode: VisitMode; at: string; content: VisitContent }): CorrectDraft {
  const { content } = of;
  const { day, time } = chinaMinute(of.at);
  const { companions, purpose, members, family, atSchool, atHome, analysis, opinion, measures, location } = content;
  return {
    ...emptyVisit(id, {
      guardian: content.guardian?.name ?? '',
      relation: content.guardian?.relation ?? '',
      purpose,
    }),
    ...{ companions, members, family, atSchool, atHome, analysis, opinion, measures, location },
    mode: of.mode,
    met: content.notMet === null,
    notMetReason: content.notMet?.reason ?? 'notHome',
    notMetWords: content.notMet?.words ?? '',
    nextDay: content.nextDay ?? '',
    day,
    time,
    visitors: content.visitors.map(({ name }) => name).join('、'),
    reason: '',
    sign: 'keep',
  };
}

/** A correction that the platform did not take, as it was written. */
export function refusedOf(sent: Correction): CorrectDraft {
  const { mode, at, reason, papers = [] } = sent;
  return {
    ...correctionOf(sent.id, { mode, at, content: VisitContent.parse(sent.content) }),
    reason,
    photos: papers.map((id, index) => ({ id, name: `走访照片 ${String(index + 1)}` })),
  };
}

/** What a correction that was not taken had changed of its version, carried into the newest one: what others changed meanwhile stays. */
export function takenOver(newest: CorrectDraft, before: CorrectDraft | null, refused: CorrectDraft): CorrectDraft {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const changed = Object.entries(refused).filter(
    // as: both have the same keys
    ([key, value]) => before === null || !same(value, before[key as keyof CorrectDraft]),
  );
  // as: the entries are those of a draft
  const own = Object.fromEntries(changed) as Partial<CorrectDraft>;
  return { ...newest, ...own, visitId: newest.visitId, signing: newest.signing };
}

/** Whether signatures are asked of a visit like this one at all. */
export function isSigned(draft: Pick<CorrectDraft, 'mode' | 'met'>): boolean {
  return draft.mode === 'door' && draft.met;
}

function visitorsOf(draft: CorrectDraft, visit: Pick<KeptVisit, 'content'>): VisitContent['visitors'] {
  const names = draft.visitors.split(/[、，,；;\s]+/u).filter((name) => name !== '');
  return names.map((name) => visit.content.visitors.find((one) => one.name === name) ?? { staffId: null, name });
}

/** What is missing before a correction can be signed or kept, signatures left aside; null when nothing is. */
export function correctionFault(draft: CorrectDraft, visit: KeptVisit, today: string): string | null {
  if (draft.day === '' || draft.time === '' || draft.day > today) return '请填写走访的日期和时间，不能晚于今天。';
  const names = visitorsOf(draft, visit);
  if (names.length === 0 || names.length > 6) return '请填写走访教师，最多 6 人。';
  const fault = writingFault(draft, draft.day);
  if (fault !== null) return fault;
  return draft.reason.trim().length < 2 ? '请写明更正原因。' : null;
}

/** The first signature that is missing where everybody signs again; null otherwise. */
export function againFault(draft: CorrectDraft): string | null {
  return draft.sign === 'again' && isSigned(draft) ? signaturesFault(draft) : null;
}

/** The call that corrects the visit: what was on the form stays there, the minute where it was not changed. */
export function correctionInput(draft: CorrectDraft, visit: KeptVisit): Correction {
  const made = chinaMinute(visit.at);
  const same = made.day === draft.day && made.time === draft.time;
  const again = draft.sign === 'again' && isSigned(draft);
  return {
    id: draft.visitId,
    visitId: visit.id,
    reason: draft.reason.trim(),
    mode: draft.mode,
    at: same ? visit.at : new Date(`${draft.day}T${draft.time}:00+08:00`).toISOString(),
    content: contentOf(draft, { shown: visit.content.shown, visitors: visitorsOf(draft, visit) }),
    // Nobody has signed and nobody signs now: the paper form stands for it, and its picture may follow.
    paperForm: !again && isSigned(draft) && (visit.paperForm || visit.signatures.length === 0),
    signatures: again ? signaturesOf(draft) : [],
    papers: draft.photos.map(({ id }) => id),
  };
}
