/** What a file may ask of us before and while it is read; sizes in bytes. */
export interface Limits {
  /** The file as uploaded. */
  fileBytes: number;
  /** A .xls file, which is read whole into memory. */
  xlsBytes: number;
  /** Parts inside an .xlsx. */
  entries: number;
  /** All parts of an .xlsx unpacked. */
  unpackedBytes: number;
  /** Unpacked over packed size of one part, looked at once the part is over `ratioFromBytes`. */
  ratio: number;
  ratioFromBytes: number;
  /** Distinct texts of an .xlsx and their UTF-8 size. */
  sharedStrings: number;
  sharedStringBytes: number;
  /** Rows with content, the widest column with content, and cells with content of one sheet. */
  rows: number;
  columns: number;
  cells: number;
  /** Characters in one cell; Excel's own limit. */
  cellCharacters: number;
}

/** The limits every upload is held to; a whole district (300,000 children) fits, a file made to exhaust memory does not. */
export const defaultLimits: Limits = {
  fileBytes: 200 * 1024 * 1024,
  xlsBytes: 60 * 1024 * 1024,
  entries: 2_000,
  unpackedBytes: 1.5 * 1024 * 1024 * 1024,
  ratio: 200,
  ratioFromBytes: 10 * 1024 * 1024,
  sharedStrings: 5_000_000,
  sharedStringBytes: 256 * 1024 * 1024,
  rows: 300_000,
  columns: 300,
  cells: 30_000_000,
  cellCharacters: 32_767,
};
