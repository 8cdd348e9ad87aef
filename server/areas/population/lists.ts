import { documentTypeWords } from '#domain/basics/document-number.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { owingBirths } from '#domain/basics/school-year.ts';
import { studyStatusWords, childTagWords } from '#domain/population/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { countIds, idsOfPage, rememberFor } from '#server/http/list-cache.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { codeOf } from './codes.ts';
import { readSearch } from './search-words.ts';
import { countChildren, findFirstChildren, readOrderedIds, readPageByPinyin, type ChildFilter } from './store-lists.ts';
import { readChildRecords, type ChildRecord } from './store-rows.ts';

/** What a list of children is asked for, as it stands in the address. */
export interface ListAsked {
  q?: string | undefined;
  subdistrict?: string | undefined;
  community?: string | undefined;
  schoolId?: string | undefined;
  classId?: string | undefined;
  grade?: number | undefined;
  tag?: string | undefined;
  standing?: string | undefined;
  sort: 'name' | 'birth';
}

/** The word of a code in a table of words; an unknown code shows itself. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}

/** The full document number of a child; empty without one. */
export function documentOf(context: Context, child: { id: string; sealed: Buffer | null }): string {
  if (!child.sealed) return '';
  // as: sealed with this field
  return (
    openJson(
      context.keys,
      { table: 'child', column: 'sealed', district: context.district, id: child.id },
      child.sealed,
    ) as { documentNumber: string }
  ).documentNumber;
}

/** A child as a list shows it. */
export function childRow(context: Context, record: ChildRecord) {
  const number = documentOf(context, record);
  const tags = [...new Set([...(record.register_tags ?? []), ...(record.roster_tags ?? []), ...(record.lists ?? [])])];
  return {
    id: record.id,
    name: record.name,
    sex: sexWord(record.sex),
    birthDate: record.birth_date,
    documentType: documentTypeWords[record.document_type],
    documentMask: number === '' ? '' : maskDocument(number, { besideBirth: true }),
    schoolName: record.school_name,
    className: record.class_name,
    subdistrictName: record.subdistrict_name,
    communityName: record.community_name,
    studyStatus: record.study_status === null ? null : wordOf(studyStatusWords, record.study_status),
    standing: record.standing,
    tags: tags.map((tag) => wordOf(childTagWords, tag)),
    openFindings: record.open_findings,
  };
}

/** The records of children in the order of their ids. */
export async function recordsOf(context: Context, ids: readonly string[]): Promise<ChildRecord[]> {
  const owing = owingBirths(context.today, (await readSettings(context, context.today)).ages);
  const found = new Map(
    (await readChildRecords(context.client, context.district, context.today, owing, ids)).map((record) => [
      record.id,
      record,
    ]),
  );
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** The ids of the children of a filter in their order, remembered (`idsOfPage`). */
export async function orderedIds(context: Context, asked: ListAsked): Promise<Buffer> {
  const settings = await readSettings(context, context.today);
  const words = asked.q === undefined || asked.q.trim() === '' ? undefined : readSearch(context.keys, asked.q);
  if (words === null) return Buffer.alloc(0);
  const filter: ChildFilter = {
    today: context.today,
    owing: owingBirths(context.today, settings.ages),
    sort: asked.sort,
    words,
    subdistrict: asked.subdistrict,
    community: asked.community,
    schoolId: asked.schoolId,
    classId: asked.classId,
    grade: asked.grade,
    tag: asked.tag === undefined ? undefined : codeOf(childTagWords, asked.tag),
    standing: asked.standing,
  };
  return rememberFor(
    context,
    context.reach,
    { key: JSON.stringify(asked), dependsOn: 'facts', bytes: (value) => value.length },
    () => readOrderedIds(context.client, context.district, filter),
  );
}

/** A page of children under the actor's reach. */
export async function listChildrenPage(context: Context, input: ListAsked & { page: number; size: number }) {
  const { page, size, ...asked } = input;
  const plain =
    asked.sort === 'name' &&
    Object.entries(asked).every(
      ([key, value]: [string, unknown]) => key === 'sort' || value === undefined || value === '',
    );
  if (plain && context.reach.all) {
    const total = await rememberFor(
      context,
      context.reach,
      { key: 'count', dependsOn: 'persons', bytes: () => 8 },
      () => countChildren(context.client, context.district),
    );
    const ids = await rememberFor(
      context,
      context.reach,
      { key: `page ${String(page)} of ${String(size)}`, dependsOn: 'facts', bytes: (value) => value.length * 40 },
      () => readPageByPinyin(context.client, context.district, size, (page - 1) * size),
    );
    return { rows: (await recordsOf(context, ids)).map((record) => childRow(context, record)), total, page, size };
  }
  const all = await orderedIds(context, asked);
  const total = countIds(all);
  const ids = idsOfPage(all, { page, size });
  return { rows: (await recordsOf(context, ids)).map((record) => childRow(context, record)), total, page, size };
}

/** The first few children that a search box means. */
export async function searchChildren(context: Context, typed: string, most: number) {
  const words = readSearch(context.keys, typed);
  if (!words) return [];
  const ids = await findFirstChildren(context.client, context.district, words, most);
  return (await recordsOf(context, ids.slice(0, most))).map((record) => {
    const row = childRow(context, record);
    return {
      id: row.id,
      name: row.name,
      birthDate: row.birthDate,
      documentMask: row.documentMask,
      where: [row.schoolName, row.className, row.communityName].filter(Boolean).slice(0, 2).join(' '),
    };
  });
}
