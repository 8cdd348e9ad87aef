import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';

function placeOf(context: Context, id: string) {
  return { table: 'risk_sign', column: 'sealed_words', district: context.district, id };
}

/** The reason of a sign with what only the own school and class may see; null where it has none. */
export function openReason(context: Context, row: { id: string; sealed_words: Buffer | null }): string | null {
  // as: sealed by sealReason as a text
  return row.sealed_words === null ? null : (openJson(context.keys, placeOf(context, row.id), row.sealed_words) as string); // prettier-ignore
}

/** Seals the reason of a sign; null where there is none to seal. */
export function sealReason(context: Context, id: string, reason: string | undefined): Buffer | null {
  return reason === undefined ? null : sealJson(context.keys, placeOf(context, id), reason);
}
