/** The inline text that stood last in a column: its bytes and what was read from them. */
interface TextAbove {
  bytes: Buffer;
  start: number;
  length: number;
  preserved: boolean;
  text: string;
}

/** Reads the inline text of a column that stands between two offsets of `bytes`. */
export type ReadText = (column: number, bytes: Buffer, start: number, end: number, preserved: boolean) => string;

function sameBytes(above: TextAbove, bytes: Buffer, start: number, end: number): boolean {
  if (end - start !== above.length) return false;
  const shift = above.start - start;
  // From the end: numbers of one school differ there.
  for (let at = end - 1; at >= start; at--) if (bytes[at] !== above.bytes[at + shift]) return false;
  return true;
}

/** Half of the cells of a list say what the cell above says: such a text is taken from there instead of being read again. `columns` are remembered at most. */
export function rememberAbove(read: (text: string, preserved: boolean) => string, columns: number): ReadText {
  const last: TextAbove[] = [];
  return (column, bytes, start, end, preserved) => {
    const above = last[column];
    if (above?.preserved === preserved && sameBytes(above, bytes, start, end)) {
      above.bytes = bytes;
      above.start = start;
      return above.text;
    }
    const text = read(bytes.toString('utf8', start, end), preserved);
    if (column < columns) last[column] = { bytes, start, length: end - start, preserved, text };
    return text;
  };
}
