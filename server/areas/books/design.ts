import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as design from '#contract/books-design.ts';
import type * as contract from '#contract/books.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { bookIds, sheetIds } from '#domain/books/record.ts';
import { columnsToOrder, layoutFault } from '#domain/books/rules.ts';
import { bookWords, sheetWords, standardLayout } from '#domain/books/words.ts';
import type { Context } from '#server/http/context.ts';
import { sheetDefinitions } from './sheets/all.ts';
import { insertField, insertLayout, listFieldRows, listLayoutRows, setFieldActive } from './store-design.ts';

/** The books and sheets that one's posts open. */
export async function listBooks(context: Context): Promise<OutputOf<typeof contract.listBooks>> {
  const mayExport = context.reachFor('export.lists') !== null;
  const open = sheetIds.filter((id) => context.reachFor(sheetDefinitions[id].permission) !== null);
  const sheets = [];
  for (const id of open) {
    const [layout] = await listLayoutRows(context.client, context.district, id, null);
    const { period, numbers } = sheetDefinitions[id];
    sheets.push({ id, title: sheetWords[id], period, numbers, layout: layout?.name ?? standardLayout });
  }
  return {
    books: bookIds
      .filter((id) => mayExport && (id === 'schoolBook' || context.reach.all))
      .map((id) => ({ id, title: bookWords[id], needsSchool: id === 'schoolBook' })),
    sheets,
    mayExport,
    mayDesign: context.reachFor('books.design') !== null,
  };
}

/** What the designer of a sheet shows: its columns, own fields among them, and its layouts, the one in force first. */
export async function getDesign(
  context: Context,
  input: ParsedOf<typeof design.getDesign>,
): Promise<OutputOf<typeof design.getDesign>> {
  const definition = sheetDefinitions[input.sheet];
  const fields = (await listFieldRows(context.client, context.district)).filter(
    (field) => field.subject === definition.subject,
  );
  const shipped = new Set(definition.columns.map((one) => one.id));
  const layouts = await listLayoutRows(context.client, context.district, input.sheet, null);
  return {
    title: sheetWords[input.sheet],
    subject: definition.subject,
    columns: columnsToOrder(definition.columns, fields).map(({ id, words, group }) => ({
      id,
      words,
      group: group ?? null,
      own: !shipped.has(id),
    })),
    layouts: [
      ...layouts.map((row) => ({
        id: row.id,
        name: row.name,
        columns: row.columns,
        madeName: row.made_name,
        madeAt: row.made_at.toISOString(),
      })),
      { id: null, name: standardLayout, columns: null, madeName: null, madeAt: null },
    ],
  };
}

/** Keeps a layout under a name and puts it in force; without columns the standard is put back. Earlier ones stay. */
export async function saveLayout(context: Context, input: ParsedOf<typeof design.saveLayout>): Promise<{ id: string }> {
  const { client, district, actor } = context;
  const definition = sheetDefinitions[input.sheet];
  if (input.columns !== null) {
    const fields = (await listFieldRows(client, district)).filter((field) => field.subject === definition.subject);
    const words = layoutFault(definition.columns, fields, input.columns);
    if (words !== null) throw new Failure('input-wrong', words, { issues: [{ path: 'columns', words }] });
  }
  const id = context.newId();
  await insertLayout(client, district, {
    id,
    sheet: input.sheet,
    name: input.name,
    columns: input.columns,
    by: actor.id,
    byName: actor.name,
    at: context.now,
    knownAt: await context.knownAt(),
  });
  context.note({ subjectKind: 'sheetLayout', subjectId: input.sheet, detail: { layoutId: id, name: input.name } });
  return { id };
}

/** Every own field of the bureau. */
export async function listFields(context: Context): Promise<OutputOf<typeof design.listFields>> {
  return (await listFieldRows(context.client, context.district)).map(({ madeAt, choices, ...field }) => ({
    ...field,
    choices: [...choices],
    madeAt: madeAt.toISOString(),
  }));
}

/** Adds an own field; one of the same name for the same subject is refused. */
export async function addField(context: Context, input: ParsedOf<typeof design.addField>): Promise<{ id: string }> {
  const { actor, now } = context;
  const choices = input.kind === 'choice' ? [...new Set(input.choices)] : [];
  // What is said of a child is personal, whatever the box says.
  const personal = input.subject === 'child' || input.personal;
  const field = { ...input, choices, personal, by: actor.id, byName: actor.name, at: now };
  if (!(await insertField(context.client, context.district, field)))
    throw new Failure('already-exists', `已有名为“${input.name}”的字段，请换一个名称，或重新启用原字段。`);
  context.note({ subjectKind: 'ownField', subjectId: input.id, detail: { name: input.name, kind: input.kind } });
  return { id: input.id };
}

/** Puts an own field in or out of use; its values stay. */
export async function switchField(
  context: Context,
  input: ParsedOf<typeof design.switchField>,
): Promise<{ done: true }> {
  if (!(await setFieldActive(context.client, context.district, input.id, input.active)))
    throw notFound('自设字段', '个');
  context.note({ subjectKind: 'ownField', subjectId: input.id, detail: { active: input.active } });
  return { done: true };
}
