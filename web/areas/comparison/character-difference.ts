/** A stretch of text that the other side has too, or has not. */
export interface TextPiece {
  text: string;
  same: boolean;
}

/**
 * Two texts compared character by character (surrogate pairs are one character): what both carry in the same order, and
 * what only one has. Texts over 300 characters are compared as a whole.
 */
export function differCharacters(left: string, right: string): { left: TextPiece[]; right: TextPiece[] } {
  const first = Array.from(left);
  const second = Array.from(right);
  if (left === right || first.length > 300 || second.length > 300) {
    const same = left === right;
    return { left: whole(left, same), right: whole(right, same) };
  }
  if (first.length === second.length && Math.max(first.length, 1) <= 30) return byPlace(first, second);
  const longest = commonLengths(first, second);
  const leftMarks: boolean[] = first.map(() => false);
  const rightMarks: boolean[] = second.map(() => false);
  let i = 0;
  let j = 0;
  while (i < first.length && j < second.length) {
    if (first[i] === second[j]) {
      leftMarks[i++] = true;
      rightMarks[j++] = true;
    } else if ((longest[i + 1]?.[j] ?? 0) >= (longest[i]?.[j + 1] ?? 0)) i++;
    else j++;
  }
  return { left: gather(first, leftMarks), right: gather(second, rightMarks) };
}

function byPlace(first: readonly string[], second: readonly string[]): { left: TextPiece[]; right: TextPiece[] } {
  const marks = first.map((character, i) => character === second[i]);
  return { left: gather(first, marks), right: gather(second, marks) };
}

function commonLengths(first: readonly string[], second: readonly string[]): number[][] {
  const table: number[][] = Array.from({ length: first.length + 1 }, () =>
    new Array<number>(second.length + 1).fill(0),
  );
  for (let i = first.length - 1; i >= 0; i--) {
    const row = table[i];
    const below = table[i + 1];
    if (row === undefined || below === undefined) continue;
    for (let j = second.length - 1; j >= 0; j--)
      row[j] = first[i] === second[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}

function whole(text: string, same: boolean): TextPiece[] {
  return text === '' ? [] : [{ text, same }];
}

function gather(characters: readonly string[], marks: readonly boolean[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  characters.forEach((character, i) => {
    const same = marks[i] ?? false;
    const last = pieces.at(-1);
    if (last?.same === same) last.text += character;
    else pieces.push({ text: character, same });
  });
  return pieces;
}
