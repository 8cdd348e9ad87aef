/** A place to sign: what stands before it, who signs, and the signature where it was given on a screen. */
export interface Signer {
  label: string;
  name: string;
  /** Name of a picture handed in beside the papers. */
  image?: string | undefined;
}

/** A cell of a form: a label and what is written beside it; spans count columns of the form. */
export interface FormCell {
  label: string;
  text: string;
  span: number;
  labelSpan?: number | undefined;
  centred?: boolean | undefined;
  image?: string | undefined;
  /** Words at the bottom right, for a signature and date. */
  foot?: string | undefined;
}

/** A long table: columns stand in groups where `group` says so; widths are shares of the page, `size` is of the letters in points. */
export interface SheetTable {
  as: 'sheet';
  size?: number | undefined;
  columns: readonly {
    words: string;
    group?: string | undefined;
    width: number;
    align: 'left' | 'center' | 'right';
  }[];
  rows: readonly (readonly string[])[];
}

/** A piece of a paper, from top to bottom. */
export type Block =
  /** Paragraphs, one a line, indented two characters. */
  | { as: 'text'; text: string }
  /** Paragraphs without indent. */
  | { as: 'plain'; text: string }
  /** 一、… (level 1, 黑体) or （一）… (level 2, 楷体). */
  | { as: 'heading'; level: 1 | 2; text: string }
  /** A form of `columns` equal columns; `tall` is the least height of a row in millimetres. */
  | { as: 'grid'; columns: number; rows: readonly { cells: readonly FormCell[]; tall?: number | undefined }[] }
  | {
      as: 'table';
      widths: readonly number[];
      head: readonly string[];
      rows: readonly (readonly string[])[];
      /** The group of each column, in whose merged head its own stands; empty for none. */
      groups?: readonly string[] | undefined;
      /** Size of the letters in points; 11 when left out. */
      size?: number | undefined;
      /** Columns from this one on are centred. */
      centredFrom?: number | undefined;
    }
  | SheetTable
  /** Pictures two in a row; `whole`: each as large as a page holds. */
  | { as: 'pictures'; whole?: boolean | undefined; pictures: readonly { file: string; caption: string }[] }
  | { as: 'signatures'; signers: readonly Signer[] }
  /** Small print. */
  | { as: 'note'; text: string };

interface Head {
  title: string;
  /** Words across the page, for previews and copies. */
  watermark?: string | undefined;
  /** Unit and day at the end, with places to sign above and a hint for the seal below. */
  close: { unit: string; day: string; seal: string; signers: readonly Signer[] } | null;
  /** Whom it addresses (letters), or the line above a form. */
  to: string | null;
}

/** A letter or official paper laid out to GB/T 9704-2012; `mark` is the red issuer mark of official papers. */
export interface Letter extends Head {
  layout: 'letter';
  mark: string | null;
  number: string | null;
  /** 签发人, printed on papers to a higher office. */
  approver?: string | undefined;
  blocks: readonly Block[];
}

/** A form of one or more pages. */
export interface Form extends Head {
  layout: 'form';
  /** Laid on its side, for wide tables. */
  landscape?: boolean | undefined;
  number: string | null;
  blocks: readonly Block[];
}

/** A book with cover, contents and numbered pages. */
export interface Book extends Head {
  layout: 'book';
  cover: readonly { label: string; value: string }[];
  /** Who made it, at the head of every page. */
  imprint?: string | undefined;
  /** A wide section stands on pages lying on their side. */
  sections: readonly {
    title: string;
    blocks: readonly Block[];
    ownPage?: boolean | undefined;
    wide?: boolean | undefined;
  }[];
}

/** A sheet as offices print it, on pages lying on their side; the heads stand on each page. */
export interface Sheet extends Pick<Head, 'title' | 'to' | 'close'> {
  layout: 'sheet';
  paper: 'a4' | 'a3';
  /** Unit, unit of counting and day over the table: three words, left to right. */
  above: readonly [string, string, string];
  table: SheetTable;
  notes: readonly string[];
  signers: readonly string[];
  /** Who made it, at the head of every page. */
  imprint: string;
  /** What proves it, at the end. */
  proof: string;
}

/** One paper of a PDF; page numbers begin anew with each. */
export type Paper = Letter | Form | Book | Sheet;

/** A picture that papers name: PNG, JPEG or SVG, told by the ending of its name. */
export interface Picture {
  name: string;
  content: Uint8Array;
}
