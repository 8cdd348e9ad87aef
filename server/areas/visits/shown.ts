import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { ShownSignature, VisitRow } from '#contract/visits.ts';
import { contentText, type WrittenVisit } from '#domain/visits/content.ts';
import { VisitContent, type Party, type SignedState } from '#domain/visits/record.ts';
import { signedState } from '#domain/visits/signatures.ts';
import {
  notMetWords,
  partyWords,
  signatureMeansWords,
  signedStateWords,
  visitModeWords,
} from '#domain/visits/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Then } from '#server/database/past.ts';
import type { Context } from '#server/http/context.ts';
import { signatureMarksOf, type SignatureMark, type SignatureRow } from './store-signatures.ts';
import type { ListedVisit, VisitRecord } from './store.ts';

/** The fingerprint of a visit's content: SHA-256 of the text that its version prints. */
export function printOf(version: number, visit: WrittenVisit): Buffer {
  return createHash('sha256').update(contentText(version, visit), 'utf8').digest();
}

/** The sealed content of a version. */
export function contentOf(context: Context, row: Pick<VisitRecord, 'id' | 'sealed'>): VisitContent {
  return VisitContent.parse(
    openJson(context.keys, { table: 'visit', column: 'sealed', district: context.district, id: row.id }, row.sealed),
  );
}

/** A version as its text needs it. */
export function writtenOf(row: VisitRecord, content: VisitContent): WrittenVisit {
  return { mode: row.mode, at: row.at.toISOString(), content };
}

/** The latest signature of each party up to a version. */
function latestOf<Mark extends SignatureMark>(
  row: Pick<VisitRecord, 'first_id' | 'version'>,
  signatures: readonly Mark[],
): Map<Party, Mark> {
  return new Map(
    signatures
      .filter((one) => one.first_id === row.first_id && one.version <= row.version)
      .map((one) => [one.party, one] as const),
  );
}

/** What the signatures of a version amount to. */
export function stateOf(row: ListedVisit, signatures: readonly SignatureMark[]): SignedState {
  const prints = new Map(
    [...latestOf(row, signatures)].map(([party, one]) => [party, one.content_print.toString('hex')] as const),
  );
  return signedState(
    { mode: row.mode, met: row.met, paperForm: row.paper_form, print: row.content_print.toString('hex') },
    prints,
  );
}

/** A visit as lists show it. */
export function shownVisit(
  context: Context,
  row: ListedVisit,
  signatures: readonly SignatureMark[],
): z.input<typeof VisitRow> {
  const content = contentOf(context, row);
  const state = stateOf(row, signatures);
  return {
    id: row.id,
    firstId: row.first_id,
    version: row.version,
    childId: row.child_id,
    childName: row.child_name,
    schoolName: row.school_name,
    className: row.class_name,
    caseId: row.case_id,
    day: row.day,
    at: row.at.toISOString(),
    mode: row.mode,
    modeWords: visitModeWords[row.mode],
    met: row.met,
    notMetWords:
      content.notMet === null
        ? null
        : [notMetWords[content.notMet.reason], content.notMet.words].filter((words) => words !== '').join('：'),
    visitors: content.visitors.map((one) => one.name).join('、'),
    guardian: content.guardian === null ? null : `${content.guardian.name}（${content.guardian.relation}）`,
    purpose: content.purpose,
    measures: content.measures,
    nextDay: row.next_day,
    byName: row.by_name,
    signedState: state,
    signedWords: signedStateWords[state],
  };
}

/** Visits as lists show them, with the signatures of now or of then. */
export async function shownVisits(
  context: Context,
  rows: readonly ListedVisit[],
  then: Then | null = null,
): Promise<z.input<typeof VisitRow>[]> {
  const signatures = await signatureMarksOf(
    context.client,
    context.district,
    rows.map((row) => row.first_id),
    then,
  );
  const ofVisit = Map.groupBy(signatures, (one) => one.first_id);
  return rows.map((row) => shownVisit(context, row, ofVisit.get(row.first_id) ?? []));
}

/** What is sealed of a signature. */
export interface SealedSignature {
  strokes?: { x: number; y: number }[][];
  reason?: string;
  name?: string;
  relation?: string;
  instead?: 'fingerprint' | 'paper';
}

function wordsOf(row: SignatureRow, sealed: SealedSignature): string {
  const words = signatureMeansWords[row.means];
  switch (row.means) {
    case 'refused':
      return `${words}：${sealed.reason ?? ''}；见证人 ${sealed.name ?? ''}`;
    case 'absent':
      return sealed.reason ? `${words}：${sealed.reason}` : words;
    case 'cannotSign':
      return `${words}，${sealed.instead === 'fingerprint' ? '按指印' : '另附纸质材料'}`;
    case 'byOther':
      return `${words}：${sealed.name ?? ''}（${sealed.relation ?? ''}）`;
    case 'drawn':
    case 'scan':
      return words;
  }
}

/** The signatures that hold for a version, in the order teacher, guardian, pupil. */
export function shownSignatures(
  context: Context,
  row: VisitRecord,
  signatures: readonly SignatureRow[],
): z.input<typeof ShownSignature>[] {
  const latest = latestOf(row, signatures);
  return (['teacher', 'guardian', 'pupil'] as const).flatMap((party) => {
    const one = latest.get(party);
    if (!one) return [];
    // as: sealed by this area with these fields
    const sealed = openJson(
      context.keys,
      { table: 'visit_signature', column: 'sealed', district: context.district, id: one.id },
      one.sealed,
    ) as SealedSignature;
    return [
      {
        party,
        partyWords: partyWords[party],
        means: one.means,
        words: wordsOf(one, sealed),
        strokes: sealed.strokes ?? null,
        paperIds: one.paper_ids,
        onVersion: one.version,
        at: one.known_at.toISOString(),
        byName: one.by_name,
        state: one.content_print.equals(row.content_print) ? ('valid' as const) : ('changed' as const),
      },
    ];
  });
}
