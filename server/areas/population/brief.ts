import { notFound } from '#domain/basics/failure.ts';
import { maskDocument, maskPhone } from '#domain/basics/masking.ts';
import { relationWords } from '#domain/basics/relation.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { documentOf } from './lists.ts';
import { readBriefs, readPhones, type BriefRow, type PhoneRow } from './store-brief.ts';

/** A child as cases, visits and documents name him: masked, with the guardian of the register or, failing that, of the roster. */
export type ChildBrief = Omit<BriefRow, Exclude<keyof PhoneRow, 'id'> | 'sealed' | 'relation'> & {
  relation: string | null;
  documentMask: string;
  phoneMask: string | null;
};

function phoneOf(context: Context, row: PhoneRow): string {
  for (const [table, id, sealed] of [
    ['register_entry', row.entryId, row.entrySealed],
    ['enrolment', row.enrolmentId, row.enrolmentSealed],
  ] as const) {
    if (id === null || sealed === null) continue;
    // as: both are sealed by imports and door surveys with these fields
    const opened = openJson(context.keys, { table, column: 'sealed', district: context.district, id }, sealed) as {
      phone?: string;
      guardianPhone?: string;
    };
    const phone = opened.phone || opened.guardianPhone;
    if (phone) return phone;
  }
  return '';
}

function briefFrom(context: Context, row: BriefRow): ChildBrief {
  const number = documentOf(context, row);
  const { sealed: _s, entryId: _e, entrySealed: _es, enrolmentId: _r, enrolmentSealed: _rs, relation, ...shown } = row;
  return {
    ...shown,
    relation: relation === null ? null : relationWords[relation],
    documentMask: number === '' ? '' : maskDocument(number, { besideBirth: true }),
    phoneMask: phoneMaskOf(context, row),
  };
}

/** Children by id as far as the request reaches; those out of reach are missing. */
export async function briefsOf(context: Context, ids: readonly string[]): Promise<Map<string, ChildBrief>> {
  const rows = await readBriefs(context.client, context.district, context.today, ids);
  return new Map(rows.map((row) => [row.id, briefFrom(context, row)]));
}

/** The masked phone of a guardian from the lists that stood for a child; null where they hold none. */
export function phoneMaskOf(context: Context, row: PhoneRow): string | null {
  const phone = phoneOf(context, row);
  return phone === '' ? null : maskPhone(phone);
}

/** The masked phone of the guardian of children by id; who has none is missing. */
export async function phoneMasksOf(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await readPhones(context.client, context.district, context.today, ids);
  const phones = rows.map((row) => [row.id, phoneOf(context, row)] as const);
  return new Map(phones.filter(([, phone]) => phone !== '').map(([id, phone]) => [id, maskPhone(phone)]));
}

/** A child as cases and visits name him; null when out of reach. */
export async function findBrief(context: Context, id: string): Promise<ChildBrief | null> {
  return (await briefsOf(context, [id])).get(id) ?? null;
}

/** A child as cases and visits name him; out of reach is not found. */
export async function getBrief(context: Context, id: string): Promise<ChildBrief> {
  const found = await findBrief(context, id);
  if (!found) throw notFound('儿童少年档案');
  return found;
}
