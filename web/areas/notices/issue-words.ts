import type { z } from 'zod';
import type { InputOf } from '#contract/endpoint.ts';
import type { issueDocument } from '#contract/notices.ts';
import type { Template as TemplateShape } from '#contract/notices-work.ts';
import type { Strokes } from '#domain/basics/strokes.ts';
import { fillPlaces } from '#domain/notices/fill.ts';
import type { TemplateContent } from '#domain/notices/record.ts';

/** A kind of document with its words and the units for which the signed-in person may issue it. */
export type Template = z.output<typeof TemplateShape>;
/** A unit in whose name a document is issued. */
export type IssuingUnit = Template['units'][number];

/** What stands in the form of an issue; fields by their key. */
export interface IssueTyped {
  unit?: string;
  signerName?: string;
  deadlineDays?: number;
  fields?: Record<string, string | undefined>;
  signatures?: Record<string, Strokes | undefined>;
  inCase?: boolean;
}

const placeIn = /\{[a-z][A-Za-z]*\}/u;
const unitDays = { calendar: '日', working: '个工作日', school: '个上课日' } as const;

/** A deadline in words: `送达后 7 日`. */
export function deadlineWords(deadline: TemplateContent['deadline']): string {
  return deadline === null ? '没有期限' : `送达后 ${String(deadline.days)} ${unitDays[deadline.unit]}`;
}

/** The question for a deadline's days. */
export function deadlineAsked(deadline: NonNullable<TemplateContent['deadline']>): string {
  return `期限（送达后多少${unitDays[deadline.unit].replace('个', '')}）`;
}

/** A unit as one word, for a choice. */
export function unitKey(unit: Pick<IssuingUnit, 'kind' | 'id'>): string {
  return `${unit.kind}:${unit.id}`;
}

/** The kinds that the signed-in person may issue, in the order of the screens. */
export function issuable(templates: readonly Template[]): Template[] {
  return templates.filter((template) => template.units.length > 0);
}

/** The unit of a choice; undefined when it is none of the template's. */
export function unitOf(template: Template, key: string | undefined): Pick<IssuingUnit, 'kind' | 'id'> | undefined {
  const found = template.units.find((unit) => unitKey(unit) === key) ?? template.units[0];
  return found && { kind: found.kind, id: found.id };
}

/** The words proposed for each field, as far as what is known fills their places; the others the platform fills when it issues. */
export function proposedFields(
  content: TemplateContent,
  known: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const values = new Map(Object.entries(known).flatMap(([key, value]) => (value ? [[key, value]] : [])));
  return Object.fromEntries(
    content.fields.flatMap((field) => {
      const words = field.proposed.replace(
        /\{([a-z][A-Za-z]*)\}/gu,
        (whole: string, key: string) => values.get(key) ?? whole,
      );
      return words === '' || placeIn.test(words) ? [] : [[field.key, words]];
    }),
  );
}

/** What the platform writes where a field is left empty although something is proposed; null where nothing is. */
export function proposedWords(proposed: string, labels: ReadonlyMap<string, string>): string | null {
  if (proposed === '') return null;
  return fillPlaces(proposed, new Map([...labels].map(([key, label]) => [key, `〔${label}〕`])));
}

/** The fields as they are sent: what was left empty and has proposed words is left to the platform. */
export function sentFields(
  content: TemplateContent,
  typed: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    content.fields.flatMap((field) => {
      const words = (typed[field.key] ?? '').trim();
      return words === '' && field.proposed !== '' ? [] : [[field.key, words]];
    }),
  );
}

/** The order of a document as the preview and the issue take it. */
export function orderOf(
  template: Template,
  childId: string,
  caseId: string | null,
  typed: IssueTyped,
): Omit<InputOf<typeof issueDocument>, 'id'> {
  const unit = unitOf(template, typed.unit);
  return {
    kind: template.kind,
    childId,
    caseId: typed.inCase === false ? null : caseId,
    ...(unit === undefined ? {} : { unit }),
    fields: sentFields(template.content, typed.fields ?? {}),
    signerName: typed.signerName?.trim() ?? '',
    signatures: Object.entries(typed.signatures ?? {}).flatMap(([label, strokes]) =>
      strokes === undefined || strokes.length === 0 ? [] : [{ label, strokes }],
    ),
    ...(template.content.deadline === null || typed.deadlineDays === undefined
      ? {}
      : { deadlineDays: typed.deadlineDays }),
  };
}
