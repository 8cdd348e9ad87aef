/** Characters that show nothing but break equality: zero-width, direction and soft-hyphen marks. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** True only of text that no normaliser would change: plain ASCII and common Han without any space. */
const alreadyPlain = /^[\x21-\x7e\u4e00-\u9fff]*$/u;
const middleDots = /[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u30fb\uff65\uff0e\ufe52.]/u;
const dotWithSpaces = /(?<=\p{L})\s*[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u30fb\uff65\ufe52]\s*(?=\p{L})/gu;
const pointBetweenLetters = /(?<=\p{L})\.(?=\p{L})/gu;
const pointBesideHan = /(?<=\p{Script=Han})\s*\.\s*(?=\p{L})|(?<=\p{L})\s*\.\s*(?=\p{Script=Han})/gu;
const spaceBesideHan =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}.,'’-]) | (?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}(])/gu;

/** Full-width forms of ASCII (U+FF01 to U+FF5E) and every kind of space become their ASCII selves. */
function foldWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/gu, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(invisible, '');
}

/** Composed form for everything but the CJK compatibility ideographs, which Unicode would swap for another character. */
function composeExceptHan(text: string): string {
  return text.replace(/[^\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/gu, (part) => part.normalize('NFC'));
}

/**
 * Text as it is compared and stored: full-width letters, digits and punctuation in half width, invisible characters
 * removed, spaces of every kind trimmed at both ends and collapsed to one inside. Han characters are never replaced.
 */
export function normalizeText(text: string): string {
  if (alreadyPlain.test(text)) return text;
  return foldWidth(text).replace(/\s+/gu, ' ').trim();
}

/**
 * A person's name: no spaces (a single one stays between words in Latin letters), every middle-dot variant between
 * letters as ·, Latin letters in half width. Rare and compatibility characters stay exactly as written.
 */
export function normalizeName(text: string): string {
  if (alreadyPlain.test(text) && !middleDots.test(text)) return text;
  return composeExceptHan(normalizeText(text))
    .replace(dotWithSpaces, '·')
    .replace(pointBesideHan, '·')
    .replace(pointBetweenLetters, '·')
    .replace(spaceBesideHan, '');
}

/**
 * A document, registry or telephone number: half width, upper case, without spaces, hyphens, quotes or apostrophes,
 * and without the `="…"` wrapping some programs write to keep a number as text.
 */
export function normalizeNumber(text: string): string {
  return foldWidth(text)
    .replace(/[\s'"`´‘’“”′\u2010-\u2015\u2212-]+/gu, '')
    .replace(/^=/u, '')
    .toUpperCase();
}
