import { z } from 'zod';

/** The kinds of document that are issued, in the order of the screens. */
export const documentKinds = [
  'dropoutReport',
  'persuasionNotice',
  'writtenReport',
  'deadlineNotice',
  'correctionOrder',
  'returnCertificate',
  'visitRecord',
  'dropoutRegister',
  'assistLetter',
] as const;
export const DocumentKind = z.enum(documentKinds);
/** A kind of document. */
export type DocumentKind = z.infer<typeof DocumentKind>;

/** Units that issue documents. */
export const issuingUnits = ['school', 'subdistrict', 'district'] as const;
/** A unit that issues documents. */
export interface IssuingUnit {
  kind: (typeof issuingUnits)[number];
  id: string;
}

/** A field that the one who issues fills in; `day` is `YYYY-MM-DD` and printed in words. */
export const TemplateField = z.object({
  key: z.string().regex(/^[a-z][A-Za-z]{1,30}$/),
  label: z.string().trim().min(1).max(30),
  kind: z.enum(['line', 'text', 'day']),
  needed: z.boolean(),
  /** Proposed words, which may hold places. */
  proposed: z.string().max(500).default(''),
});
/** A field of a template. */
export type TemplateField = z.infer<typeof TemplateField>;

const Words = z.string().trim().max(2000);
/** A cell of a form: label, words with {places}, width in columns (labels take two of twelve). */
export const TemplateCell = z.object({
  label: z.string().max(40),
  text: Words,
  span: z.number().int().min(1).max(12),
  foot: z.string().max(60).default(''),
  centred: z.boolean().default(false),
  /** Label of the signer whose signature is put here. */
  signer: z.string().max(30).default(''),
});
/** By when a served document wants something done. */
export const TemplateDeadline = z.object({
  days: z.number().int().min(1).max(90),
  unit: z.enum(['calendar', 'working', 'school']),
});

/** The words of a kind of document; {places} are filled from the records, from the fields, or left as a line to write on. */
export const TemplateContent = z.object({
  title: Words.min(2).max(60),
  /** Words before 字〔2026〕第3号; empty: the document bears no number. */
  scheme: z.string().trim().max(20),
  /** Whom it addresses. */
  to: z.string().trim().max(80),
  /** Paragraphs; one that begins with 一、 is a heading. */
  body: z.array(Words).max(40),
  /** Rows of a form, in place of or after the paragraphs; `tall` in millimetres. */
  rows: z
    .array(z.object({ cells: z.array(TemplateCell).min(1).max(6), tall: z.number().min(6).max(160).optional() }))
    .max(40),
  fields: z.array(TemplateField).max(30),
  signers: z.array(z.string().trim().min(1).max(20)).max(8),
  /** Small print at the end. */
  note: z.string().trim().max(500),
  deadline: TemplateDeadline.nullable(),
});
/** The words of a kind of document. */
export type TemplateContent = z.infer<typeof TemplateContent>;

/** How a document is served, in the order of preference; public notice is the last. */
export const serviceModes = ['inPerson', 'left', 'post', 'electronic', 'public'] as const;
/** A way of serving. */
export type ServiceMode = (typeof serviceModes)[number];

/** Where a document stands. */
export const documentStates = ['issued', 'served', 'voided'] as const;
/** A state of a document. */
export type DocumentState = (typeof documentStates)[number];

/** Facts that fill the places of a template; null where the records do not say. */
export type DocumentFacts = Readonly<Record<PlaceName, string | null>>;

/** The places that are filled from the records. */
export const placeNames = [
  'childName',
  'sex',
  'birthDay',
  'documentMask',
  'guardian',
  'relation',
  'phoneMask',
  'address',
  'community',
  'subdistrict',
  'schoolName',
  'className',
  'issuer',
  'bureau',
  'government',
  'day',
  'number',
  'days',
  'signer',
] as const;
/** A place that is filled from the records. */
export type PlaceName = (typeof placeNames)[number];
