import { documentTypeWords } from '#domain/basics/document-number.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { owingBirths } from '#domain/basics/school-year.ts';
import type { Base } from '#domain/comparison/cells.ts';
import { studyStatusWords, childTagWords } from '#domain/population/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Then } from '#server/database/past.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { countIds, idsOfPage, rememberFor } from '#server/http/list-cache.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { codeOf } from './codes.ts';
import { readSearch } from './search-words.ts';
import {
  countChildren,
  countChildrenThen,
  findFirstChildren,
  readOrderedIds,
  readPageByPinyin,
  readPageThen,
  type ChildFilter,
} from './store-lists.ts';
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
  base?: Exclude<Base, 'all'> | undefined;
  sort: 'name' | 'birth';
  day?: string | undefined;
  knownAt?: string | undefined;
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

/** The births that owe on a day. */
async function owingOn(context: Context, day: string): Promise<{ first: string; last: string }> {
  return owingBirths(day, (await readSettings(context, day)).ages);
}

/** The records of children in the order of their ids, as they stand, or stood then. */
export async function recordsOf(
  context: Context,
  ids: readonly string[],
  then: Then | null = null,
): Promise<ChildRecord[]> {
  const { client, district, today } = context;
  const owing = await owingOn(context, then?.day ?? today);
  const records = await readChildRecords(client, district, today, owing, ids, then);
  const found = new Map(records.map((record) => [record.id, record]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** The ids of the children of a filter in their order, remembered (`idsOfPage`). */
export async function orderedIds(context: Context, asked: ListAsked): Promise<Buffer> {
  const then = askedThen(context, asked);
  const words = asked.q === undefined || asked.q.trim() === '' ? undefined : readSearch(context.keys, asked.q);
  if (words === null) return Buffer.alloc(0);
  const filter: ChildFilter = {
    today: context.today,
    owing: await owingOn(context, then?.day ?? context.today),
    then,
    sort: asked.sort,
    words,
    subdistrict: asked.subdistrict,
    community: asked.community,
    schoolId: asked.schoolId,
    classId: asked.classId,
    grade: asked.grade,
    tag: asked.tag === undefined ? undefined : codeOf(childTagWords, asked.tag),
    standing: asked.standing,
    base: asked.base,
  };
  return rememberFor(
    context,
    context.reach,
    { key: JSON.stringify(asked), dependsOn: 'facts', bytes: (value) => value.length },
    () => readOrderedIds(context.client, context.district, filter),
  );
}

/** Parts of what is asked that narrow nothing: the order and the pair. */
const narrowsNothing: readonly string[] = ['sort', 'day', 'knownAt'];

/** A page of everybody in the district by name, read along the index instead of whole. */
async function plainPage(context: Context, then: Then | null, { page, size }: { page: number; size: number }) {
  const { client, district, reach } = context;
  const offset = (page - 1) * size;
  const at = then === null ? '' : ` ${then.day} ${then.knownAt ?? ''}`;
  const total = await rememberFor(
    context,
    reach,
    { key: `count${at}`, dependsOn: then === null ? 'persons' : 'facts', bytes: () => 8 },
    () => (then === null ? countChildren(client, district) : countChildrenThen(client, district, then)),
  );
  const ids = await rememberFor(
    context,
    reach,
    { key: `page ${String(page)} of ${String(size)}${at}`, dependsOn: 'facts', bytes: (value) => value.length * 40 },
    () =>
      then === null
        ? readPageByPinyin(client, district, size, offset)
        : readPageThen(client, district, then, { size, offset }),
  );
  return { total, ids };
}

/** A page of children under the actor's reach, as they stand, or stood on a day as known at a moment. */
export async function listChildrenPage(context: Context, input: ListAsked & { page: number; size: number }) {
  const { page, size, ...asked } = input;
  const then = askedThen(context, asked);
  const plain =
    asked.sort === 'name' &&
    Object.entries(asked).every(
      ([key, value]: [string, unknown]) => narrowsNothing.includes(key) || value === undefined || value === '',
    );
  const found = async () => {
    if (plain && context.reach.all) return plainPage(context, then, { page, size });
    const all = await orderedIds(context, asked);
    return { total: countIds(all), ids: idsOfPage(all, { page, size }) };
  };
  const { total, ids } = await found();
  return { rows: (await recordsOf(context, ids, then)).map((record) => childRow(context, record)), total, page, size };
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
