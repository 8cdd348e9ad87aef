import { sexWord } from '#domain/basics/identity-check.ts';
import type { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/comparison.ts';
import { documentTypeWords, type DocumentType } from '#domain/basics/document-number.ts';
import { notFound } from '#domain/basics/failure.ts';
import { maskDocument, maskPhone } from '#domain/basics/masking.ts';
import { reaches } from '#domain/basics/reach.ts';
import { categoriesOf, findCategory } from '#domain/comparison/categories.ts';
import { allowedOn, ownedBy } from '#domain/comparison/rules.ts';
import { comparisonKindWords, effectWords, findingStateWords } from '#domain/comparison/words.ts';
import { normalizeText } from '#domain/basics/text.ts';
import { blindIndex, openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import {
  countFindings,
  findFamily,
  findFinding,
  listEvents,
  pageFindings,
  type FindingFilter,
  type FindingRow,
  type FullFinding,
} from './store-findings.ts';

/** The filters of a list of findings as the store takes them. */
export function filterOf(context: Context, input: z.output<typeof contract.findingFilters>): FindingFilter {
  const q = normalizeText(input.q ?? '').replaceAll(' ', '');
  const number = /^[0-9A-Za-z]{8,20}$/.test(q) && /\d{6}/.test(q);
  return {
    kind: input.kind,
    state: input.state,
    subdistrict: input.subdistrict,
    schoolId: input.schoolId,
    overdue: input.overdue === 'yes',
    today: context.today,
    owned: input.mine === 'yes' ? ownedBy(context.actor.posts) : undefined,
    ...(number
      ? { documentIndex: blindIndex(context.keys, 'document', q.toUpperCase()) }
      : q === ''
        ? {}
        : { words: /^[A-Za-z]+$/.test(q) ? q.toLowerCase() : q }),
  };
}

/** The full number of a finding's child; empty without one. */
export function numberOf(context: Context, row: { child_id: string; sealed: Buffer | null }): string {
  if (row.sealed === null) return '';
  const opened = openJson(
    context.keys,
    { table: 'child', column: 'sealed', district: context.district, id: row.child_id },
    row.sealed,
  );
  return typeof opened === 'object' &&
    opened !== null &&
    'documentNumber' in opened &&
    typeof opened.documentNumber === 'string'
    ? opened.documentNumber
    : '';
}

function ownerWords(row: FindingRow): string {
  const beside =
    row.kind === 'notEnrolled' && row.owner_kind !== 'school' && row.school_name !== null ? `、${row.school_name}` : '';
  return row.owner_kind === 'district' ? '区教育局' : `${row.owner_name ?? ''}${beside}`;
}

/** A finding as lists show it, its number masked. */
export function shownFinding(context: Context, row: FindingRow): z.input<typeof contract.FindingRow> {
  const live = row.state !== 'accepted' && row.state !== 'settled';
  return {
    id: row.id,
    kind: row.kind,
    kindWords: comparisonKindWords[row.kind],
    childId: row.child_id,
    name: row.name,
    sex: sexWord(row.sex),
    birthDate: row.birth_date,
    documentMask: maskDocument(numberOf(context, row), { besideBirth: true }),
    schoolName: row.school_name,
    subdistrictName: row.subdistrict_name,
    communityName: row.community_name,
    state: row.state,
    stateWords: findingStateWords[row.state],
    ownerWords: ownerWords(row),
    dueDate: row.due_date,
    overdue: live && row.due_date < context.today,
    category: row.category === null ? null : (findCategory(row.kind, row.category)?.label ?? row.category),
    detailWords: row.detail.words,
  };
}

/** A page of findings within reach, with the counts of every kind under the same filters. */
export async function listFindings(
  context: Context,
  input: ParsedOf<typeof contract.listFindings>,
): Promise<z.input<(typeof contract.listFindings)['output']>> {
  const asked = filterOf(context, input);
  const byKind = await countFindings(context.client, context.district, asked);
  const rows = await pageFindings(context.client, context.district, asked, input);
  const total = input.kind ? (byKind[input.kind] ?? 0) : Object.values(byKind).reduce((sum, count) => sum + count, 0);
  return { rows: rows.map((row) => shownFinding(context, row)), total, page: input.page, size: input.size, byKind };
}

/** What this actor may do with a finding. */
export function allowedFor(context: Context, row: FullFinding): ReturnType<typeof allowedOn> {
  const within = (permission: 'findings.handle' | 'findings.assign'): boolean => {
    const reach = context.reachFor(permission);
    return reach !== null && reaches(reach, row.reach);
  };
  return allowedOn({
    state: row.state,
    explainedBy: row.explained_by,
    actorId: context.actor.id,
    mayHandle: within('findings.handle'),
    mayAssign: within('findings.assign'),
  });
}

async function familyOf(
  context: Context,
  childId: string,
): Promise<{ guardian: string | null; phoneMask: string | null; address: string | null }> {
  const family = await findFamily(context.client, context.district, childId);
  if (!family) return { guardian: null, phoneMask: null, address: null };
  const opened =
    family.sealed === null
      ? null
      : openJson(
          context.keys,
          { table: family.source, column: 'sealed', district: context.district, id: family.id },
          family.sealed,
        );
  const phone =
    typeof opened === 'object' && opened !== null && 'phone' in opened && typeof opened.phone === 'string'
      ? opened.phone
      : '';
  return { guardian: family.guardian, phoneMask: phone === '' ? null : maskPhone(phone), address: family.address };
}

/** One finding with its facts, its history and what may be done. */
export async function getFinding(
  context: Context,
  input: { id: string },
): Promise<OutputOf<typeof contract.getFinding>> {
  const row = await findFinding(context.client, context.district, input.id, false);
  if (!row) throw notFound('发现');
  const events = (await listEvents(context.client, context.district, row.id)).map((event) => ({
    at: event.known_at.toISOString(),
    actor: event.actor_name,
    words: event.words,
  }));
  const opened = {
    at: row.opened_at.toISOString(),
    actor: '数据比对',
    words: `列为“${comparisonKindWords[row.kind]}”：${row.detail.words}`,
  };
  const settled =
    row.state === 'settled' && row.closed_at
      ? [{ at: row.closed_at.toISOString(), actor: '数据比对', words: '名单中已不再出现，自动消除' }]
      : [];
  // as: written from the closed list of document types
  const documentType = documentTypeWords[row.document_type as DocumentType];
  context.note({ subjectKind: 'finding', subjectId: row.id, detail: { childId: row.child_id } });
  return {
    ...shownFinding(context, row),
    ...(await familyOf(context, row.child_id)),
    evidence: row.evidence,
    explainedName: row.explained_name,
    explainedAt: row.explained_at?.toISOString() ?? null,
    checkedName: row.checked_name,
    checkedAt: row.checked_at?.toISOString() ?? null,
    facts: [
      { label: '证件种类', value: documentType },
      ...row.detail.facts,
      ...(row.detail.placeName === undefined ? [] : [{ label: '说明所写学校或去向', value: row.detail.placeName }]),
    ],
    events: [opened, ...events, ...settled],
    categories: categoriesOf(row.kind).map(({ code, label, mustShow, effect }) => ({
      code,
      label,
      mustShow,
      effect: effectWords(effect),
    })),
    allowed: allowedFor(context, row),
  };
}

/** A finding about a child that a report may start from: 应入学未入学 or 在籍不在校, still open; another kind or child is refused. */
export async function findLiveFinding(
  context: Context,
  id: string,
  childId: string,
): Promise<{ id: string; kind: FindingRow['kind'] }> {
  const row = await findFinding(context.client, context.district, id, false);
  if (row?.child_id !== childId || (row.kind !== 'notEnrolled' && row.kind !== 'onRollAbsent')) throw notFound('发现');
  return { id: row.id, kind: row.kind };
}
