import { checkResidentNumber, residentCheckCharacter } from '#domain/basics/document-number.ts';

/** How two different numbers of citizens differ: one digit, two adjacent digits swapped, one digit too many or too few. */
export type NumberDistance = 'one-digit' | 'swapped' | 'one-missing' | 'far';

/** The typing error that lies between two different numbers, if one alone explains the difference. */
export function numberDistance(a: string, b: string): NumberDistance {
  if (a.length === b.length) {
    let first = -1;
    let count = 0;
    let last = -1;
    for (let i = 0; i < a.length; i++) {
      if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
      if (first < 0) first = i;
      last = i;
      if (++count > 2) return 'far';
    }
    if (count === 1) return 'one-digit';
    return last === first + 1 && a[first] === b[last] && a[last] === b[first] ? 'swapped' : 'far';
  }
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  if (long.length !== short.length + 1) return 'far';
  let i = 0;
  while (i < short.length && long[i] === short[i]) i++;
  return long.slice(i + 1) === short.slice(i) ? 'one-missing' : 'far';
}

/** Every valid citizen's number from which one typing error leads to this failing one (at most a few dozen). */
export function validNeighbours(failing: string): string[] {
  const found: string[] = [];
  const keep = (candidate: string): void => {
    if (checkResidentNumber(candidate).ok) found.push(candidate);
  };
  if (failing.length === 18) {
    for (let i = 0; i < 17; i++) {
      const swapped = failing.charAt(i + 1) + failing.charAt(i);
      if (swapped[0] !== swapped[1]) keep(failing.slice(0, i) + swapped + failing.slice(i + 2));
      for (let digit = 0; digit < 10; digit++) {
        if (digit !== failing.charCodeAt(i) - 48 && fits(failing, i, digit))
          keep(failing.slice(0, i) + String(digit) + failing.slice(i + 1));
      }
    }
    if (/^\d{17}/.test(failing)) keep(failing.slice(0, 17) + residentCheckCharacter(failing));
  } else if (failing.length === 17) {
    for (let i = 0; i <= 17; i++)
      for (const digit of '0123456789X') keep(failing.slice(0, i) + digit + failing.slice(i));
  } else if (failing.length === 19) {
    for (let i = 0; i < 19; i++) keep(failing.slice(0, i) + failing.slice(i + 1));
  }
  return [...new Set(found)];
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const remainderOfCheck: Record<string, number> = {
  '1': 0,
  '0': 1,
  X: 2,
  '9': 3,
  '8': 4,
  '7': 5,
  '6': 6,
  '5': 7,
  '4': 8,
  '3': 9,
  '2': 10,
};

function fits(number: string, at: number, digit: number): boolean {
  const wanted = remainderOfCheck[number.charAt(17)];
  if (wanted === undefined) return false;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (i === at ? digit : number.charCodeAt(i) - 48) * (weights[i] ?? 0);
  return sum % 11 === wanted;
}
