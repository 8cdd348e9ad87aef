import type { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/notices-work.ts';
import { Failure } from '#domain/basics/failure.ts';
import { dayWords, faultsOfTemplate } from '#domain/notices/fill.ts';
import {
  documentKinds,
  placeNames,
  TemplateContent,
  type DocumentKind,
  type IssuingUnit,
} from '#domain/notices/record.ts';
import {
  issuingRules,
  openNumberWords,
  schemeUnitsFor,
  servedKinds,
  signedBySelf,
  unitsFor,
} from '#domain/notices/rules.ts';
import { isForm, shippedTemplates } from '#domain/notices/templates.ts';
import { documentKindWords, placeWords } from '#domain/notices/words.ts';
import { renderPdf } from '#server/documents/render.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { papersOf } from './compose.ts';
import { addScheme, addTemplate, schemesOf, templateRows, type TemplateRow } from './store-templates.ts';
import { readNames } from './units.ts';

/** The words of a kind of document that hold now, with their version; 0 as shipped. */
export interface HeldTemplate {
  version: number;
  content: TemplateContent;
}

function heldFrom(kind: DocumentKind, row: TemplateRow | undefined): HeldTemplate {
  const kept = row ? TemplateContent.safeParse(row.content) : null;
  return row && kept?.success
    ? { version: row.version, content: kept.data }
    : { version: 0, content: shippedTemplates[kind] };
}

/** The template of a kind that holds now. */
export async function readTemplate(context: Context, kind: DocumentKind): Promise<HeldTemplate> {
  const [newest] = await templateRows(context.client, context.district, kind);
  return heldFrom(kind, newest);
}

/** The words before the number of a unit's documents: its own where it set them, else the template's; null for documents without number. */
export async function readScheme(
  context: Context,
  kind: DocumentKind,
  unit: IssuingUnit,
  content: TemplateContent,
): Promise<string | null> {
  if (content.scheme === '') return null;
  const own = await schemesOf(context.client, context.district, [unit]);
  return own.get(`${unit.kind}:${unit.id}:${kind}`) ?? content.scheme;
}

/** Every kind with its words, and for which units the actor may issue it. */
export async function listTemplates(context: Context): Promise<z.input<(typeof contract.listTemplates)['output']>> {
  const names = await readNames(context);
  const rows = await templateRows(context.client, context.district, null);
  const maySet = context.reachFor('notices.schemes') !== null;
  const settable = (kind: DocumentKind) => (maySet ? schemeUnitsFor(kind, names.posts) : []);
  const all = documentKinds.flatMap((kind) => [...unitsFor(kind, names.posts), ...settable(kind)]);
  const schemes = await schemesOf(context.client, context.district, all);
  return {
    templates: documentKinds.map((kind) => {
      const row = rows.find((one) => one.kind === kind);
      const { version, content } = heldFrom(kind, row);
      const kept = version === 0 ? undefined : row;
      const shown = (unit: IssuingUnit) => ({
        ...unit,
        words: names.wordsOf(unit),
        scheme: content.scheme === '' ? '' : (schemes.get(`${unit.kind}:${unit.id}:${kind}`) ?? content.scheme),
      });
      return {
        kind,
        kindWords: documentKindWords[kind],
        version,
        content,
        isForm: isForm(kind),
        needsService: servedKinds.includes(kind),
        setName: kept?.set_name ?? null,
        setAt: kept?.known_at.toISOString() ?? null,
        reason: kept?.reason ?? null,
        units: unitsFor(kind, names.posts).map(shown),
        schemes: content.scheme === '' ? [] : settable(kind).map(shown),
        signedBySelf: signedBySelf.includes(kind),
      };
    }),
    places: placeNames.map((key) => ({ key, label: placeWords[key] })),
    mayAdjust: context.reachFor('notices.templates') !== null,
  };
}

/** Every version of a kind's words, newest first; the shipped ones are version 0. */
export async function listTemplateVersions(
  context: Context,
  input: { kind: DocumentKind },
): Promise<OutputOf<typeof contract.listTemplateVersions>> {
  const rows = await templateRows(context.client, context.district, input.kind);
  return [
    ...rows.map((row) => ({
      version: row.version,
      content: heldFrom(input.kind, row).content,
      setName: row.set_name,
      setAt: row.known_at.toISOString(),
      reason: row.reason,
    })),
    { version: 0, content: shippedTemplates[input.kind], setName: '随平台提供', setAt: '', reason: '' },
  ];
}

function checkContent(content: TemplateContent): void {
  const faults = faultsOfTemplate(content);
  if (faults.length > 0)
    throw new Failure('input-wrong', faults.join(''), { issues: faults.map((words) => ({ path: 'content', words })) });
}

/** Keeps adjusted words as a new version; documents issued before keep theirs. */
export async function saveTemplate(
  context: Context,
  input: ParsedOf<typeof contract.saveTemplate>,
): Promise<{ version: number }> {
  checkContent(input.content);
  const [newest] = await templateRows(context.client, context.district, input.kind);
  const version = (newest?.version ?? 0) + 1;
  await addTemplate(context.client, context.district, {
    kind: input.kind,
    version,
    content: input.content,
    reason: input.reason,
    setBy: context.actor.id,
    setName: context.actor.name,
    knownAt: await context.knownAt(),
  });
  context.note({ subjectKind: 'template', subjectId: input.kind, reason: input.reason, detail: { version } });
  return { version };
}

/** Adjusted words laid out with an invented pupil, before they are kept. */
export async function previewTemplate(
  context: Context,
  input: ParsedOf<typeof contract.previewTemplate>,
): Promise<FileAnswer> {
  checkContent(input.content);
  const names = await readNames(context);
  const unitKind = issuingRules[input.kind][0]?.unit ?? 'school';
  const unit: IssuingUnit = { kind: unitKind, id: '' };
  const issuer = { school: '示例学校', subdistrict: `${names.government}示例街道办事处`, district: names.bureau }[
    unitKind
  ];
  const fields = Object.fromEntries(
    input.content.fields.map((field) => [
      field.key,
      field.kind === 'day' ? context.today : field.proposed === '' ? `（${field.label}）` : field.proposed,
    ]),
  );
  const papers = papersOf({
    kind: input.kind,
    content: input.content,
    unit,
    fields,
    signed: new Map(),
    watermark: '预览',
    facts: {
      childName: '张小明',
      sex: '男',
      birthDay: '2013年5月6日',
      documentMask: '4201************1X',
      guardian: '张大明',
      relation: '父亲',
      phoneMask: '138****0000',
      address: '示例街道示例社区1号',
      community: '示例社区',
      subdistrict: '示例街道',
      schoolName: '示例学校',
      className: '七年级（1）班',
      issuer,
      bureau: names.bureau,
      government: names.government,
      day: dayWords(context.today),
      number:
        input.content.scheme === '' ? null : openNumberWords(input.content.scheme, Number(context.today.slice(0, 4))),
      days: String(input.content.deadline?.days ?? ''),
      signer: '',
    },
  });
  const { content } = await renderPdf(context.platform.config.dataDirectory, papers);
  return { fileName: `${documentKindWords[input.kind]}_预览.pdf`, contentType: 'application/pdf', body: content };
}

/** Sets the words before the number of one's own unit (机关代字); numbers given before stay. */
export async function saveScheme(
  context: Context,
  input: ParsedOf<typeof contract.saveScheme>,
): Promise<{ done: true }> {
  const names = await readNames(context);
  const own = schemeUnitsFor(input.kind, names.posts);
  if (!own.some((unit) => unit.kind === input.unit.kind && unit.id === input.unit.id))
    throw new Failure('not-allowed', '只能设定本单位签发的文书的发文字号；学校的由校长、学籍管理员设定。');
  await addScheme(context.client, context.district, {
    id: context.newId(),
    kind: input.kind,
    unit: input.unit,
    scheme: input.scheme,
    setBy: context.actor.id,
    setName: context.actor.name,
    knownAt: await context.knownAt(),
  });
  context.note({
    subjectKind: 'template',
    subjectId: input.kind,
    detail: { scheme: input.scheme, unitKind: input.unit.kind, unitId: input.unit.id },
  });
  return { done: true };
}
