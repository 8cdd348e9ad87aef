import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books-design.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import type { FieldSubject, OwnField } from '#domain/books/record.ts';
import { valueFault } from '#domain/books/rules.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { closeValues, insertValue, listFieldRows, readChildReach, readValues, type ValueRow } from './store-design.ts';

const place = (context: Context, id: string) => ({ table: 'own_value', column: 'sealed', district: context.district, id }); // prettier-ignore

function openValue(context: Context, row: ValueRow): string {
  if (row.sealed === null) return row.value ?? '';
  // as: sealed by writeValues
  return (openJson(context.keys, place(context, row.id), row.sealed) as { value: string }).value;
}

/** The values of some own fields by subject and field, as known at a moment, within reach. */
export async function valuesOf(
  context: Context,
  fields: readonly OwnField[],
  knownAt: string | null,
): Promise<Map<string, Map<string, string>>> {
  const rows = await readValues(context.client, context.district, {
    fields: fields.map((field) => field.id),
    subjects: null,
    knownAt,
  });
  const values = new Map<string, Map<string, string>>();
  for (const row of rows) {
    const mine = values.get(row.subject_id) ?? new Map<string, string>();
    mine.set(row.field_id, openValue(context, row));
    values.set(row.subject_id, mine);
  }
  return values;
}

/** The reach of a child or school; out of reach is not found. */
async function subjectReach(context: Context, subject: FieldSubject, id: string): Promise<string[]> {
  if (subject === 'child') {
    const reach = (await readChildReach(context.client, context.district, [id])).get(id);
    if (!reach) throw notFound('学生档案', '份');
    return reach;
  }
  const own = [reachToken('school', id)];
  const known = (await schoolsOf(context)).some((school) => school.id === id);
  if (!known || !reaches(context.reach, own)) throw notFound('学校', '所');
  return own;
}

/** The own fields of a child or school with their values. */
export async function getValues(
  context: Context,
  input: ParsedOf<typeof contract.getValues>,
): Promise<OutputOf<typeof contract.getValues>> {
  const own = await subjectReach(context, input.subject, input.id);
  const fill = context.reachFor('books.fill');
  const fields = (await listFieldRows(context.client, context.district)).filter(
    (field) => field.active && field.subject === input.subject,
  );
  const rows = await readValues(context.client, context.district, {
    fields: fields.map((field) => field.id),
    subjects: [input.id],
    knownAt: null,
  });
  context.note({ subjectKind: input.subject, subjectId: input.id, detail: { fields: fields.length } });
  return {
    fields: fields.map(({ active: _active, madeName: _name, madeAt: _at, choices, ...field }) => {
      const row = rows.find((one) => one.field_id === field.id);
      return {
        ...field,
        choices: [...choices],
        value: row ? openValue(context, row) : '',
        byName: row?.by_name ?? null,
        since: row?.since.toISOString() ?? null,
      };
    }),
    mayFill: fill !== null && reaches(fill, own),
  };
}

/** Values to be kept of one child or school. */
export interface Filled {
  subject: FieldSubject;
  id: string;
  reach: readonly string[];
  values: readonly { field: OwnField; value: string }[];
}

/** Keeps what differs from what is known; answers how many values changed. */
export async function writeValues(context: Context, filled: readonly Filled[]): Promise<number> {
  const { client, district, actor } = context;
  const fields = [...new Set(filled.flatMap((one) => one.values.map(({ field }) => field.id)))];
  const rows = await readValues(client, district, { fields, subjects: filled.map((one) => one.id), knownAt: null });
  const before = new Map(rows.map((row) => [`${row.subject_id} ${row.field_id}`, row]));
  const changed = filled.flatMap((one) =>
    one.values
      .map(({ field, value }) => ({ one, field, value, row: before.get(`${one.id} ${field.id}`) }))
      .filter(({ row, value }) => (row ? openValue(context, row) : '') !== value),
  );
  if (changed.length === 0) return 0;
  const knownAt = await context.knownAt();
  await closeValues(client, district, changed.flatMap(({ row }) => (row ? [row.id] : [])), knownAt); // prettier-ignore
  for (const { one, field, value } of changed) {
    if (value === '') continue;
    const id = context.newId();
    await insertValue(client, district, {
      id,
      fieldId: field.id,
      childId: one.subject === 'child' ? one.id : null,
      schoolId: one.subject === 'school' ? one.id : null,
      value: field.personal ? null : value,
      sealed: field.personal ? sealJson(context.keys, place(context, id), { value }) : null,
      by: actor.id,
      byName: actor.name,
      knownAt,
      reach: one.reach,
    });
  }
  return changed.length;
}

/** Fills own fields of a child or school. */
export async function saveValues(
  context: Context,
  input: ParsedOf<typeof contract.saveValues>,
): Promise<{ changed: number }> {
  const reach = await subjectReach(context, input.subject, input.id);
  const fields = new Map((await listFieldRows(context.client, context.district)).map((field) => [field.id, field]));
  const values = input.values.map(({ fieldId, value }, index) => {
    const field = fields.get(fieldId);
    if (!field?.active || field.subject !== input.subject) throw notFound('自设字段', '个');
    const words = valueFault(field, value);
    if (words !== null)
      throw new Failure('input-wrong', words, { issues: [{ path: `values.${String(index)}.value`, words }] });
    return { field, value };
  });
  const changed = await writeValues(context, [{ subject: input.subject, id: input.id, reach, values }]);
  context.note({ subjectKind: input.subject, subjectId: input.id, detail: { changed } });
  return { changed };
}
