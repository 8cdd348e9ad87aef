import { normalizeName, normalizeNumber } from '#domain/basics/text.ts';
import { blindIndex } from '#server/crypto/seal.ts';
import type { Keys } from '#server/crypto/keys.ts';
import { prefixEnd, type Filters } from '#server/database/filters.ts';

/** What somebody typed to find a child: a whole number (as blind indexes), letters of the pinyin or its initials, or a part of the name. */
export type SearchWords =
  | { kind: 'number'; number: string; document: Buffer; registry: Buffer }
  | { kind: 'letters'; from: string; to: string }
  | { kind: 'name'; from: string; to: string };

/** Reads what was typed; null when nothing is left to look for. */
export function readSearch(keys: Keys, typed: string): SearchWords | null {
  const number = normalizeNumber(typed);
  if (/^[0-9A-Z]{6,30}$/.test(number) && number.replaceAll(/\D/g, '').length >= 4) {
    return {
      kind: 'number',
      number,
      document: blindIndex(keys, 'document', number),
      registry: blindIndex(keys, 'registry', number),
    };
  }
  const letters = typed
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replaceAll(/['’·\s]/g, '');
  if (/^[a-z]+$/.test(letters)) return { kind: 'letters', from: letters, to: prefixEnd(letters) };
  const name = normalizeName(typed);
  return name === '' ? null : { kind: 'name', from: name, to: prefixEnd(name) };
}

/** The condition on `c` (child) under which it is meant: the number itself, or the start of the name, of the given name, of pinyin or initials. */
export function searchCondition(where: Filters, words: SearchWords): string {
  if (words.kind === 'number')
    return `c.document_index = ${where.value(words.document)} OR c.registry_index = ${where.value(words.registry)}`;
  const from = where.value(words.from);
  const to = where.value(words.to);
  const columns =
    words.kind === 'name'
      ? ['c.name', 'c.name_tail']
      : words.from.length === 1
        ? ['c.pinyin']
        : ['c.pinyin', 'c.initials'];
  return columns.map((column) => `(${column} >= ${from} AND ${column} < ${to})`).join(' OR ');
}
