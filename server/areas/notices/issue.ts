import type { Strokes } from '#domain/basics/strokes.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { dayWords, faultsOfFields, valuesFrom } from '#domain/notices/fill.ts';
import type { DocumentFacts, DocumentKind, IssuingUnit } from '#domain/notices/record.ts';
import { numberWords, openNumberWords, servedKinds, signedBySelf } from '#domain/notices/rules.ts';
import { documentKindWords } from '#domain/notices/words.ts';
import { getBrief, type ChildBrief } from '#server/areas/population/actions.ts';
import type { Paper, Picture } from '#server/documents/model.ts';
import { renderPdf, type Pdf } from '#server/documents/render.ts';
import { signaturePicture } from '#server/documents/signature.ts';
import type { Context } from '#server/http/context.ts';
import { factsOfChild, papersOf } from './compose.ts';
import { storePdf, type StoredPdf } from './keep-file.ts';
import { sealLaid } from './sealed.ts';
import { findDocument, insertDocument } from './store-documents.ts';
import { numbersFor } from './numbering.ts';
import { readScheme, readTemplate, type HeldTemplate } from './templates.ts';
import { chooseUnit, readNames, tokenOf } from './units.ts';

/** What is ordered: a document about a child, with what the one who issues filled in. */
export interface IssueOrder {
  /** Chosen by the caller; the same order sent twice gives the same document. */
  id?: string | undefined;
  kind: DocumentKind;
  childId: string;
  caseId: string | null;
  /** In whose name, where the actor stands in several units. */
  unit?: IssuingUnit | undefined;
  /** By the field's key; days as `YYYY-MM-DD`. */
  fields: Readonly<Record<string, string>>;
  /** The one who issues where nothing is given. */
  signerName?: string | undefined;
  signatures?: readonly { label: string; strokes: Strokes }[] | undefined;
  /** Other days than the template's. */
  deadlineDays?: number | undefined;
}

/** An issued document as the caller gets it. */
export interface Issued {
  id: string;
  numberWords: string | null;
  pages: number;
  /** SHA-256 of the file, hexadecimal. */
  fingerprint: string;
}

/** What is the same for every document of an order. */
export interface Prepared {
  kind: DocumentKind;
  unit: IssuingUnit;
  unitName: string;
  bureau: string;
  government: string;
  template: HeldTemplate;
  scheme: string | null;
  deadline: HeldTemplate['content']['deadline'];
  signerName: string;
  issuedBy: string;
  issuedName: string;
  jobId: string | null;
}

/** Checks who issues for whom and reads the words; the refusals are those of `chooseUnit`, and `not-allowed` for another's signature. */
export async function prepare(
  context: Context,
  order: Pick<IssueOrder, 'kind' | 'unit' | 'signerName' | 'deadlineDays'>,
  child: ChildBrief | null,
): Promise<Prepared> {
  const names = await readNames(context, order.unit ? [order.unit] : []);
  const unit = chooseUnit(order.kind, names, order.unit, child);
  const signerName = order.signerName === undefined || order.signerName === '' ? context.actor.name : order.signerName;
  if (signedBySelf.includes(order.kind) && signerName !== context.actor.name)
    throw new Failure('not-allowed', `${documentKindWords[order.kind]}只能由签发人本人办理，不能代签。`);
  const template = await readTemplate(context, order.kind);
  const { deadline } = template.content;
  return {
    kind: order.kind,
    unit,
    unitName: names.wordsOf(unit),
    bureau: names.bureau,
    government: names.government,
    template,
    scheme: await readScheme(context, order.kind, unit, template.content),
    deadline: deadline && { ...deadline, days: order.deadlineDays ?? deadline.days },
    signerName,
    issuedBy: context.actor.id,
    issuedName: context.actor.name,
    jobId: null,
  };
}

function isPrincipalOf(context: Context, unit: IssuingUnit): boolean {
  return context.actor.posts.some((post) => post.role === 'principal' && post.unitId === unit.id);
}

/** The papers of a document for a child; `not-allowed` for a principal's signature drawn by another. */
export function draftFor(
  context: Context,
  prepared: Prepared,
  child: ChildBrief,
  order: Pick<IssueOrder, 'fields' | 'signatures'>,
  number: string | null,
  watermark?: string,
): { papers: Paper[]; pictures: Picture[]; facts: DocumentFacts } {
  if (order.signatures?.some((one) => one.label === '校长') && !isPrincipalOf(context, prepared.unit))
    throw new Failure('not-allowed', '校长签名只能由本校校长本人办理。请把这一处留空，打印后由校长手签。');
  const facts: DocumentFacts = {
    ...factsOfChild(child),
    issuer: prepared.unitName,
    bureau: prepared.bureau,
    government: prepared.government,
    day: dayWords(context.today),
    number,
    days: prepared.deadline === null ? null : String(prepared.deadline.days),
    signer: prepared.signerName,
  };
  const signatures = (order.signatures ?? []).map(({ label, strokes }, at) => ({
    label,
    picture: signaturePicture(`signature-${String(at)}`, strokes),
  }));
  const papers = papersOf({
    kind: prepared.kind,
    content: prepared.template.content,
    unit: prepared.unit,
    facts,
    fields: order.fields,
    signed: new Map(signatures.map(({ label, picture }) => [label, picture.name])),
    watermark,
  });
  return { papers, pictures: signatures.map(({ picture }) => picture), facts };
}

/** Refuses a draft whose needed fields are empty, told at each field. */
export function checkFields(prepared: Prepared, fields: Readonly<Record<string, string>>): void {
  const issues = faultsOfFields(prepared.template.content, fields);
  if (issues.length > 0) throw new Failure('input-wrong', issues.map((issue) => issue.words).join(''), { issues });
}

/** Keeps a document whose file lies in the store, tells the areas above, and answers it. */
export async function keepDocument(
  context: Context,
  prepared: Prepared,
  child: ChildBrief,
  order: { id: string; caseId: string | null; fields: Readonly<Record<string, string>> },
  made: {
    papers: Paper[];
    pictures: Picture[];
    facts: DocumentFacts;
    file: StoredPdf;
    number: number | null;
    /** The year of its number, where that is not this one. */
    year?: number | undefined;
  },
): Promise<Issued> {
  const { content } = prepared.template;
  const { storedName, fingerprint, bytes, pages } = made.file;
  const values = valuesFrom(content, made.facts, order.fields);
  const token = tokenOf(prepared.unit);
  const units = token === null ? [] : [token];
  const year = made.year ?? Number(context.today.slice(0, 4));
  await insertDocument(context.client, context.district, {
    id: order.id,
    kind: prepared.kind,
    childId: child.id,
    childName: child.name,
    caseId: order.caseId,
    unit: prepared.unit,
    unitName: prepared.unitName,
    scheme: made.number === null ? null : prepared.scheme,
    year,
    number: made.number,
    numberWords: made.facts.number,
    templateVersion: prepared.template.version,
    deadline: prepared.deadline,
    needsService: servedKinds.includes(prepared.kind),
    sealed: sealLaid(context, order.id, {
      papers: made.papers,
      pictures: made.pictures.map(({ name, content: picture }) => ({
        name,
        base64: Buffer.from(picture).toString('base64'),
      })),
      fields: content.fields.map(({ key, label }) => ({ key, label, value: values.get(key) ?? '' })),
    }),
    storedName,
    fingerprint,
    bytes,
    pages,
    issuedBy: prepared.issuedBy,
    issuedName: prepared.issuedName,
    signerName: prepared.signerName,
    issuedDay: context.today,
    knownAt: await context.knownAt(),
    jobId: prepared.jobId,
    units,
    reach: [...new Set([...child.reach, ...units])].sort(),
  });
  await context.announce({
    kind: 'notices.issued',
    documentId: order.id,
    documentKind: prepared.kind,
    childId: child.id,
    caseId: order.caseId,
    schoolId: child.schoolId,
    at: context.now.toISOString(),
    dueDate: null,
    number: made.facts.number,
    to: order.fields['toBureau'] ?? '',
  });
  return {
    id: order.id,
    numberWords: made.facts.number,
    pages,
    fingerprint: fingerprint.toString('hex'),
  };
}

/**
 * Issues a document about a child: checks the actor's posts, allots the number, lays it out, keeps the file sealed. Fails with
 * `not-allowed`, `not-found` (child out of reach), or `input-wrong` at the fields.
 */
export async function issueFor(context: Context, order: IssueOrder): Promise<Issued> {
  const { client, district } = context;
  const id = order.id ?? context.newId();
  const before = order.id === undefined ? null : await findDocument(client, district, id);
  if (before?.child_id === order.childId && before.kind === order.kind)
    return {
      id,
      numberWords: before.number_words,
      pages: before.pages,
      fingerprint: before.fingerprint.toString('hex'),
    };
  if (before) throw new Failure('already-exists', '这个编号的文书已经签发，请刷新页面后再试。');
  const child = await getBrief(context, order.childId);
  const prepared = await prepare(context, order, child);
  requireWithin(order.kind, prepared.unit, child);
  checkFields(prepared, order.fields);
  // The chain lock before the counter's row, as in every other write: two that issue at once wait for each other and never crosswise.
  await context.knownAt();
  const [numbered = null] = await numbersFor(context, prepared, [order]);
  const words = numbered && numberWords(numbered.scheme, numbered.year, numbered.number);
  const draft = draftFor(context, prepared, child, order, words);
  const file = await storePdf(
    context,
    await renderPdf(context.platform.config.dataDirectory, draft.papers, draft.pictures),
  );
  const issued = await keepDocument(
    context,
    { ...prepared, scheme: numbered?.scheme ?? null },
    child,
    { ...order, id },
    { ...draft, file, number: numbered?.number ?? null, year: numbered?.year },
  );
  context.note({
    subjectKind: 'document',
    subjectId: id,
    detail: {
      kind: order.kind,
      childId: order.childId,
      caseId: order.caseId,
      number: words,
      fingerprint: issued.fingerprint,
    },
  });
  return issued;
}

/** A school or street writes about its own children only, and the bureau leaves the persuasion notice to the school where there is one. */
export function requireWithin(kind: DocumentKind, unit: IssuingUnit, child: ChildBrief): void {
  const token = tokenOf(unit);
  if (token !== null && !child.reach.includes(token)) throw notFound('儿童少年档案');
  if (kind === 'persuasionNotice' && token === null && child.schoolId !== null)
    throw new Failure('not-allowed', `${child.name}有就读学校，劝学通知书由学校签发。`);
}

/** The papers of a document before it is issued: without number, marked as a preview. */
export async function openDraft(
  context: Context,
  order: Omit<IssueOrder, 'id'>,
): Promise<{ name: string; child: ChildBrief; papers: Paper[]; pictures: Picture[] }> {
  const child = await getBrief(context, order.childId);
  const prepared = await prepare(context, order, child);
  requireWithin(order.kind, prepared.unit, child);
  const open = prepared.scheme === null ? null : openNumberWords(prepared.scheme, Number(context.today.slice(0, 4)));
  const { papers, pictures } = draftFor(context, prepared, child, order, open, '预览');
  return { name: documentKindWords[order.kind], child, papers, pictures };
}

/** The draft of a document as it would be issued. */
export async function previewFor(context: Context, order: Omit<IssueOrder, 'id'>): Promise<{ name: string; pdf: Pdf }> {
  const { name, papers, pictures } = await openDraft(context, order);
  return { name, pdf: await renderPdf(context.platform.config.dataDirectory, papers, pictures) };
}
