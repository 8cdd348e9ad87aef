import { z } from 'zod';
import { Failure } from '#domain/basics/failure.ts';
import type { Paper, Picture } from '#server/documents/model.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';

/** What is kept sealed beside a document's file: enough to lay it out again. */
export interface Laid {
  papers: Paper[];
  pictures: { name: string; base64: string }[];
  fields: { key: string; label: string; value: string }[];
}

const place = (context: Context, table: string, id: string) => ({
  table,
  column: 'sealed',
  district: context.district,
  id,
});

/** Seals what was laid out. */
export function sealLaid(context: Context, id: string, laid: Laid): Buffer {
  return sealJson(context.keys, place(context, 'issued_document', id), laid);
}

/** Opens what was laid out. */
export function openLaid(context: Context, id: string, sealed: Buffer): Laid {
  // as: sealed by sealLaid
  return openJson(context.keys, place(context, 'issued_document', id), sealed) as Laid;
}

/** The pictures of a document as the typesetter takes them. */
export function picturesOf(laid: Laid): Picture[] {
  return laid.pictures.map(({ name, base64 }) => ({ name, content: Buffer.from(base64, 'base64') }));
}

/** What is kept sealed of a record of service. */
const Served = z.object({
  place: z.string(),
  recipient: z.string(),
  relation: z.string(),
  servers: z.array(z.string()),
  signature: z.unknown().optional(),
  refusal: z.string(),
  witnesses: z.array(z.object({ name: z.string(), unit: z.string() })),
  reference: z.string(),
  consent: z.string(),
  note: z.string(),
});
/** What is kept sealed of a record of service. */
export type Served = z.infer<typeof Served>;

/** Seals a record of service. */
export function sealServed(context: Context, id: string, served: Served): Buffer {
  return sealJson(context.keys, place(context, 'service_receipt', id), served);
}

/** Opens a record of service. */
export function openServed(context: Context, id: string, sealed: Buffer): Served {
  const opened = Served.safeParse(openJson(context.keys, place(context, 'service_receipt', id), sealed));
  if (!opened.success) throw new Failure('internal', '送达记录无法打开，请联系系统管理员。');
  return opened.data;
}
