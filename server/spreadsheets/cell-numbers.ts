import { isoFromEpochDay } from '#domain/basics/dates.ts';

const dayInSeconds = 86_400;
const unixEpochSerial = 25_569;

/** How a number format shows its number: as a day, as a time of day, or as a number. */
export type NumberLook = 'number' | 'date' | 'time';

/** A numeric cell in words: its text, and whether digits behind the fifteenth were lost because a number was typed as one. */
export interface NumberText {
  text: string;
  lost: boolean;
}

/** The look of a format code such as `yyyy"年"m"月"`, `[h]:mm` or `0.00`; only its first section counts. */
export function lookOfFormat(code: string): NumberLook {
  const bare =
    code
      .replace(/"[^"]*"?/gu, '')
      .replace(/\\./gu, '')
      .replace(/[_*]./gu, '')
      .split(';', 1)[0] ?? '';
  const elapsed = /\[(?:h+|m+|s+)\]/iu.test(bare);
  const letters = bare
    .replace(/\[[^\]]*\]/gu, '')
    .replace(/AM\/PM|A\/P|上午\/下午/giu, '')
    .toLowerCase();
  if (letters.includes('general') || letters.includes('standard')) return 'number';
  if (/[yd]|年|日/u.test(letters) || (letters.includes('m') && !/[hs]/u.test(letters) && !elapsed))
    return /[0#?]/u.test(letters.replace(/s\.0+/u, '')) ? 'number' : 'date';
  return elapsed || /[hs]/u.test(letters) ? 'time' : 'number';
}

/** The look of a built-in format number (ECMA-376 18.8.30 with the East Asian ones 27 to 36 and 50 to 58). */
export function lookOfBuiltIn(id: number): NumberLook {
  if (
    (id >= 14 && id <= 17) ||
    id === 22 ||
    (id >= 27 && id <= 31) ||
    id === 36 ||
    (id >= 50 && id <= 54) ||
    id === 57 ||
    id === 58
  )
    return 'date';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56)
    return 'time';
  return 'number';
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * A serial number with a date or time format as 'YYYY-MM-DD', 'YYYY-MM-DD HH:MM:SS' or 'HH:MM:SS'; null when it is
 * outside 1900 to 2100. Excel counts a 29 February 1900 that never was: serials before it are moved by one day.
 */
export function serialToText(serial: number, look: NumberLook, since1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0) return null;
  let days = Math.floor(serial);
  let seconds = Math.round((serial - days) * dayInSeconds);
  if (seconds === dayInSeconds) {
    days++;
    seconds = 0;
  }
  if (look === 'time' && days === 0) return clock(seconds);
  if (since1904) days += 1462;
  if (days === 0) return null;
  if (days < 60) days++;
  else if (days === 60) return null;
  const iso = isoFromEpochDay(days - unixEpochSerial);
  if (iso === null) return null;
  return seconds === 0 ? iso : `${iso} ${clock(seconds)}`;
}

/** Sixteen or more digits survive a number cell only if the program wrote more than a double can hold. */
function digitsLost(digits: string): boolean {
  const value = Number(digits);
  return /^\d{15}0+$/u.test(digits) || String(value) === digits || BigInt(value).toString() === digits;
}

/**
 * The text of a number as the file stores it. Up to fifteen digits it is what the official sees, never in scientific
 * form; a longer whole number (a document number typed as a number) stays as stored and is marked `lost` when its end is gone.
 */
export function numberToText(stored: string): NumberText {
  if (/^-?\d{1,15}$/u.test(stored)) return { text: stored, lost: false };
  if (/^\d{16,}$/u.test(stored)) return { text: stored, lost: digitsLost(stored) };
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return { text: stored.trim(), lost: false };
  if (Math.abs(value) >= 1e15) return { text: stored.toUpperCase(), lost: true };
  return { text: plainDecimal(Number(value.toPrecision(15))), lost: false };
}

/** A decimal without an exponent. */
function plainDecimal(value: number): string {
  const short = String(value);
  if (!short.includes('e')) return short;
  return value.toFixed(20).replace(/\.?0+$/u, '');
}
