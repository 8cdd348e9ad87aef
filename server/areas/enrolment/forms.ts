import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-papers.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { maskDocument, maskPhone, maskRegistryNo } from '#domain/basics/masking.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { openChangeStates, type ChangeState } from '#domain/enrolment/changes-record.ts';
import { changeFormTitles } from '#domain/enrolment/form-words.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Form } from '#server/documents/model.ts';
import { renderPdf } from '#server/documents/render.ts';
import { readStoredFile, storeFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { openChange, openEventText } from './change-work.ts';
import { classWords, emptyFacts, endWords, formOf, placeKindWords, type FormFacts } from './form-paper.ts';
import { findChange, findChangeView, listChangeEvents, type ChangeEvent, type ChangeView } from './store-changes.ts';
import { bureauName, findForm, insertForm, type FormRow } from './store-forms.ts';
import { readChildFacts, readLastRoll } from './store-roll.ts';

const print = (content: Buffer): Buffer => createHash('sha256').update(content).digest();
const pdf = (fileName: string, body: Buffer): FileAnswer => ({ fileName, contentType: 'application/pdf', body });

async function childOf(context: Context, view: ChangeView): Promise<FormFacts['child']> {
  const { client, district, keys } = context;
  const facts = await readChildFacts(client, district, view.childId);
  const roll = await readLastRoll(client, district, view.childId);
  const sealedOf = (table: string, id: string, sealed: Buffer | null) =>
    // as: sealed by the import or the door survey with these fields
    sealed === null
      ? {}
      : (openJson(keys, { table, column: 'sealed', district, id }, sealed) as Partial<
          Record<'documentNumber' | 'registryNo' | 'guardianPhone' | 'phone', string>
        >);
  const entry = roll ? sealedOf('enrolment', roll.id, roll.sealed) : {};
  const own = facts ? sealedOf('child', view.childId, facts.sealed) : {};
  const document = entry.documentNumber || own.documentNumber || '';
  const phone = entry.guardianPhone || entry.phone || '';
  return {
    name: view.name,
    sex: sexWord(facts?.sex ?? null) ?? '',
    birthDate: facts?.birthDate ?? '',
    documentMask: document === '' ? '' : maskDocument(document, { besideBirth: true }),
    registryMask: entry.registryNo ? maskRegistryNo(entry.registryNo, { besideBirth: true }) : '',
    guardian: roll?.guardian ?? '',
    phoneMask: phone === '' ? '' : maskPhone(phone),
    address: roll?.address ?? '',
  };
}

/** What was said in each state: the step that led out of it. */
function saidOf(context: Context, events: readonly ChangeEvent[]): FormFacts['said'] {
  const said = new Map<ChangeState, { words: string; by: string; role: string; day: string }>();
  let stood: ChangeState | null = null;
  for (const event of events) {
    const text = openEventText(context, event) ?? '';
    const at = stood === 'late' ? 'arrival' : stood;
    const words =
      event.what === 'refuse'
        ? `不同意。${text}`
        : event.what === 'arrive'
          ? `该生已于${event.day}到校。${text}`
          : text.startsWith('同意')
            ? text
            : `同意。${text}`;
    if (at !== null && ['approve', 'refuse', 'arrive'].includes(event.what))
      said.set(at, { words, by: event.actorName, role: event.actorRole, day: event.day });
    stood = event.state;
  }
  return said;
}

async function factsOf(context: Context, view: ChangeView): Promise<FormFacts> {
  const { client, district } = context;
  const seal = openChange(context, view);
  const first = view.firstId === null ? null : await findChange(client, district, view.firstId, false);
  return {
    kind: view.kind,
    bureau: `${await bureauName(client, district)}教育局`,
    child: await childOf(context, view),
    schoolName: view.schoolName ?? '',
    classWords: classWords(view.className, view.grade),
    toSchoolName: view.toSchoolName ?? '',
    toClassWords: classWords(view.toClassName, view.toGrade),
    fromDay: view.fromDay,
    endsOn: view.endsOn ?? '',
    firstFrom: first?.fromDay ?? '',
    reason: seal.reason,
    elsewhere: seal.elsewhere,
    place: seal.place,
    placeKind: placeKindWords(seal.placeKind),
    quota: seal.quota === null ? '' : String(seal.quota),
    askedName: view.askedName,
    askedOn: view.askedOn,
    askedLate: view.askedLate,
    pieces: seal.pieces.map((piece) => piece.code),
    delegated: seal.pieces.some((piece) => piece.code === 'street'),
    said: saidOf(context, await listChangeEvents(client, district, view.id)),
    end: endWords(view.state, view.doneOn),
  };
}

const sealPlace = (context: Context, id: string) =>
  ({ table: 'change_form', column: 'sealed', district: context.district, id }) as const;

/** The very bytes that were first printed; lost from the store they are laid out again and given only where they are the same. */
async function keptBytes(context: Context, row: FormRow): Promise<Buffer> {
  const { keys, config } = context.platform;
  const kept = await readStoredFile(keys, config.dataDirectory, row.storedName).catch(() => null);
  if (kept && print(kept).equals(row.fingerprint)) return kept;
  // as: sealed by printChange with this field
  const { form } = openJson(context.keys, sealPlace(context, row.id), row.sealed) as { form: Form };
  const { content } = await renderPdf(config.dataDirectory, [form]);
  if (!print(content).equals(row.fingerprint))
    throw new Failure('file-unreadable', '这份表格的原件已丢失或被改动，请联系系统管理员从备份恢复文件目录。');
  await storeFile(keys, config.dataDirectory, row.storedName, Readable.from([content]));
  return content;
}

/** Whether the actor reaches the child itself, not only the change: a school that he never came to does not. */
async function reachesChild(context: Context, view: ChangeView): Promise<boolean> {
  return (await readChildFacts(context.client, context.district, view.childId)) !== null;
}

/** Whether the kept form is for the actor: who reaches the child, and the school of the roll where the change did not lead away from it. */
function mayHaveKept(context: Context, view: ChangeView, reached: boolean): boolean {
  if (reached) return true;
  const stayed = view.toSchoolId === null && view.schoolId !== null;
  return stayed && reaches(context.reach, [reachToken('school', view.schoolId ?? '')]);
}

/**
 * The printed form of a change: marked 办理中 while it is under way; once it is over the bytes of the first printing are kept. Who does not
 * reach the child has a form of what he sees, and it is not kept for others.
 */
export async function printChange(context: Context, input: ParsedOf<typeof contract.printChange>): Promise<FileAnswer> {
  const { client, district, actor, now } = context;
  const { keys, config } = context.platform;
  const view = await findChangeView(client, district, input.id);
  if (!view) throw notFound('学籍异动', '项');
  context.note({ subjectKind: 'registryChange', subjectId: view.id, detail: { childId: view.childId } });
  const fileName = `${changeFormTitles[view.kind]}_${view.name}_${view.askedOn}.pdf`;
  const open = openChangeStates.includes(view.state);
  const reached = await reachesChild(context, view);
  const before =
    open || !mayHaveKept(context, view, reached) ? null : await findForm(client, district, view.id, view.state);
  if (before) return pdf(fileName, await keptBytes(context, before));
  const form = formOf(await factsOf(context, view), open ? '办理中' : undefined);
  const made = await renderPdf(config.dataDirectory, [form]);
  if (open || !reached) return pdf(fileName, made.content);
  const { storedName } = await storeFile(keys, config.dataDirectory, context.newId(), Readable.from([made.content]));
  const id = context.newId();
  await insertForm(client, district, {
    id,
    changeId: view.id,
    childId: view.childId,
    state: view.state,
    storedName,
    fingerprint: print(made.content),
    bytes: made.content.length,
    pages: made.pages,
    sealed: sealJson(context.keys, sealPlace(context, id), { form }),
    at: now,
    byId: actor.id,
    byName: actor.name,
    reach: view.reach,
  });
  const kept = await findForm(client, district, view.id, view.state);
  return pdf(fileName, kept ? await keptBytes(context, kept) : made.content);
}

/** The empty form of a kind, to be filled in by hand. */
export async function printEmptyForm(
  context: Context,
  input: ParsedOf<typeof contract.printEmptyForm>,
): Promise<FileAnswer> {
  const { client, district } = context;
  const settings = await readSettings(context, context.today);
  const bureau = `${await bureauName(client, district)}教育局`;
  const form = formOf(emptyFacts(input.kind, bureau, settings['enrolment.deferralDelegated']));
  const { content } = await renderPdf(context.platform.config.dataDirectory, [form]);
  return pdf(`${changeFormTitles[input.kind]}（空白）.pdf`, content);
}
