const size = 1024 * 1024;
const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const secondsOfDay = 86_400;
/** Days from 1970-01-01 to 2000-01-01, from which PostgreSQL counts. */
const epoch = 10_957;
const textType = 25;

/**
 * Rows in the binary form of COPY (PostgreSQL documentation, COPY, "Binary Format"), built field by field in the order of the columns;
 * `null` is NULL. Numbers and sealed bytes go as they are: the text form writes them out in hex, twice as long.
 */
export interface CopyRows {
  /** Begins a row of so many fields. */
  begin(fields: number): void;
  text(value: string | null): void;
  /** A uuid in its usual writing. */
  id(value: string | null): void;
  bytes(value: Buffer | null): void;
  /** A whole number of 32 bits. */
  int(value: number | null): void;
  flag(value: boolean): void;
  /** A day YYYY-MM-DD that stands in the calendar. */
  day(value: string | null): void;
  texts(value: readonly string[] | null): void;
  json(value: unknown): void;
  /** Takes out what has been built since. */
  take(): Buffer;
  /** Ends the rows and takes out the rest. */
  end(): Buffer;
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87;
}

/** Begins the rows of one COPY ... WITH (FORMAT binary). */
export function createCopyRows(): CopyRows {
  let buffer = Buffer.allocUnsafe(size);
  let at = header.copy(buffer);

  function room(bytes: number): void {
    if (at + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  }
  function length(bytes: number): void {
    at = buffer.writeInt32BE(bytes, at);
  }
  function nothing(): void {
    room(4);
    length(-1);
  }
  function text(value: string | null): void {
    if (value === null) {
      nothing();
      return;
    }
    room(4 + value.length * 3);
    const written = buffer.write(value, at + 4);
    length(written);
    at += written;
  }
  function take(): Buffer {
    const taken = buffer.subarray(0, at);
    buffer = Buffer.allocUnsafe(size);
    at = 0;
    return taken;
  }
  return {
    begin(fields) {
      room(2);
      at = buffer.writeInt16BE(fields, at);
    },
    text,
    id(value) {
      if (value === null) {
        nothing();
        return;
      }
      room(20);
      length(16);
      for (let from = 0; from < 36; from += 2) {
        if (value.charCodeAt(from) === 45) from += 1;
        buffer[at] = (nibble(value.charCodeAt(from)) << 4) | nibble(value.charCodeAt(from + 1));
        at += 1;
      }
    },
    bytes(value) {
      if (value === null) {
        nothing();
        return;
      }
      room(4 + value.length);
      length(value.length);
      at += value.copy(buffer, at);
    },
    int(value) {
      room(8);
      length(value === null ? -1 : 4);
      if (value !== null) at = buffer.writeInt32BE(value, at);
    },
    flag(value) {
      room(5);
      length(1);
      at = buffer.writeUInt8(value ? 1 : 0, at);
    },
    day(value) {
      room(8);
      length(value === null ? -1 : 4);
      if (value !== null) at = buffer.writeInt32BE(Date.parse(value) / (secondsOfDay * 1000) - epoch, at);
    },
    texts(value) {
      if (value === null) {
        nothing();
        return;
      }
      room(24);
      const start = at;
      at += 4;
      for (const part of value.length === 0 ? [0, 0, textType] : [1, 0, textType, value.length, 1])
        at = buffer.writeInt32BE(part, at);
      for (const each of value) text(each);
      buffer.writeInt32BE(at - start - 4, start);
    },
    json(value) {
      if (value === null) {
        nothing();
        return;
      }
      const written = JSON.stringify(value);
      room(5 + written.length * 3);
      const bytes = buffer.write(written, at + 5);
      length(bytes + 1);
      buffer[at] = 1;
      at += 1 + bytes;
    },
    take,
    end() {
      room(2);
      at = buffer.writeInt16BE(-1, at);
      return take();
    },
  };
}
