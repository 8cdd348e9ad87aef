import type { z } from 'zod';
import type { CaseAfter } from '#contract/dropout.ts';
import type * as contract from '#contract/dropout-views.ts';
import type { ParsedOf } from '#contract/endpoint.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { normalizeText } from '#domain/basics/text.ts';
import {
  caseKindWords,
  caseStateWords,
  closingCategoryWords,
  ownerRoleWords,
  reasonGroupWords,
  whereaboutsWords,
} from '#domain/dropout/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { categoryOf } from './next.ts';
import type { CaseRecord } from './store-cases.ts';
import { countCases, findView, isLiving, pageCases, type CaseFilter, type CaseView } from './store-views.ts';

/** A case's owner in words: the unit and the role. */
export function ownerWordsOf(view: CaseView): string {
  const role = ownerRoleWords[view.ownerRole];
  switch (view.ownerUnitKind) {
    case 'class':
      return `${view.schoolName ?? ''}${view.className ?? ''}${role}`;
    case 'school':
      return `${view.schoolName ?? ''}${role}`;
    case 'subdistrict':
      return `${view.subdistrictName ?? ''}${role}`;
    case 'district':
      return role;
  }
}

/** The full number of a case's child; empty without one. */
export function numberOfChild(context: Context, row: { childId: string; sealed: Buffer | null }): string {
  if (row.sealed === null) return '';
  const place = { table: 'child', column: 'sealed', district: context.district, id: row.childId };
  const opened = openJson(context.keys, place, row.sealed);
  return typeof opened === 'object' &&
    opened !== null &&
    'documentNumber' in opened &&
    typeof opened.documentNumber === 'string'
    ? opened.documentNumber
    : '';
}

/** A case as lists show it, its number masked; overdue by a day, which is today where no past is asked for. */
export function shownCase(
  context: Context,
  view: CaseView,
  day: string = context.today,
): z.output<typeof contract.CaseRow> {
  const number = numberOfChild(context, view);
  const owes = view.nextAction !== null;
  const category = categoryOf(view.category);
  return {
    id: view.id,
    childId: view.childId,
    name: view.name,
    sex: sexWord(view.sex),
    birthDate: view.birthDate,
    documentMask: number === '' ? '' : maskDocument(number, { besideBirth: true }),
    kind: view.kind,
    kindWords: caseKindWords[view.kind],
    state: view.state,
    stateWords: view.kind === 'outOfSchool' && view.state === 'suspected' ? '疑似失学' : caseStateWords[view.state],
    round: view.round,
    schoolId: view.schoolId,
    schoolName: view.schoolName,
    className: view.className,
    subdistrictName: view.subdistrictName,
    reasonWords: view.reasonGroup === null ? null : reasonGroupWords[view.reasonGroup],
    whereaboutsWords: view.whereabouts === null ? null : whereaboutsWords[view.whereabouts],
    persuasions: view.persuasions,
    clockStart: view.clockStart,
    since: view.stateSince,
    nextWords: view.nextWords,
    ownerWords: view.nextAction === null ? null : ownerWordsOf(view),
    dueDate: view.dueDate,
    overdue: owes && view.dueDate !== null && view.dueDate < day,
    urgent: view.emergency,
    waitingElsewhere: view.waitingElsewhere,
    categoryWords: category === null ? null : closingCategoryWords[category],
  };
}

/** What every step answers about a case as it was just written. */
export async function afterOf(context: Context, record: CaseRecord): Promise<z.output<typeof CaseAfter>> {
  const view = await findView(context.client, context.district, record.id);
  return {
    caseId: record.id,
    state: record.state,
    stateWords: caseStateWords[record.state],
    round: record.round,
    nextWords: record.nextWords,
    ownerWords: view && record.nextAction !== null ? ownerWordsOf(view) : null,
    dueDate: record.dueDate,
  };
}

/** What the filters of a list ask of the store. */
export function filterOf(context: Context, input: z.output<typeof contract.caseFilters>): CaseFilter {
  const q = normalizeText(input.q ?? '').replaceAll(' ', '');
  const then = askedThen(context, input);
  return {
    state: input.state,
    kind: input.kind,
    schoolId: input.schoolId,
    subdistrict: input.subdistrict,
    childId: input.childId,
    overdue: input.overdue === 'yes',
    today: then?.day ?? context.today,
    then,
    ...(input.mine === 'yes' ? { owned: context.actor.posts } : {}),
    ...(q === '' ? {} : { words: /^[A-Za-z]+$/.test(q) ? q.toLowerCase() : q }),
  };
}

/** A page of cases within reach, as they stand or stood then, with the counts of every state under the same filters. */
export async function listCases(
  context: Context,
  input: ParsedOf<typeof contract.listCases>,
): Promise<z.input<(typeof contract.listCases)['output']>> {
  const { client, district } = context;
  const asked = filterOf(context, input);
  const byState = await countCases(client, district, asked);
  const rows = await pageCases(client, district, asked, input);
  const counted = Object.entries(byState).filter(
    ([state]) => input.state === 'all' || (input.state === 'open' ? isLiving(state) : state === input.state),
  );
  return {
    rows: rows.map((view) => shownCase(context, view, asked.today)),
    total: counted.reduce((sum, [, count]) => sum + count, 0),
    page: input.page,
    size: input.size,
    byState,
  };
}
