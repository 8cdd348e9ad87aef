import {
  BorderStyle,
  Footer,
  Header,
  PageNumber,
  PageOrientation,
  TextRun,
  type ISectionOptions,
  type Paragraph,
  type Table,
} from 'docx';
import type { Block, Letter } from './model.ts';
import { faceOf, line, linesOf, millimetres, twips, wordFaces, type LineStyle } from './word-text.ts';
import { gridTable, listTable, signerTable } from './word-tables.ts';

/** What a section of a Word file is made of. */
export type Piece = Paragraph | Table;

/** How the text of a layout stands, as layout.typ lays it out: GB/T 9704-2012 for letters. */
export interface Text {
  style: LineStyle;
  /** Width between the margins, in points. */
  width: number;
  /** Two characters. */
  indent: number;
}

/** A block of a paper; the `last` stays with what closes the paper. */
export function blockPieces(block: Block, text: Text, last: boolean): Piece[] {
  const { style, width, indent } = text;
  switch (block.as) {
    case 'text':
      // A masked number cannot be broken; the line before it is not stretched.
      return linesOf(block.text).map((one) =>
        line(one, { ...style, first: indent, align: one.includes('****') ? 'left' : 'both', keepNext: last }),
      );
    case 'plain':
      return linesOf(block.text).map((one) => line(one, style));
    case 'heading': {
      const face = block.level === 1 ? wordFaces.heading : wordFaces.script;
      return [line(block.text, { ...style, face, first: indent, keepNext: true })];
    }
    case 'grid':
      return [gridTable(block, width)];
    case 'table':
      return [listTable({ ...block, size: block.size ?? 11 }, width)];
    case 'sheet': {
      const { columns, rows, size = 9 } = block;
      const head = columns.map((column) => column.words);
      return [listTable({ widths: columns.map((column) => column.width), head, rows, size }, width)];
    }
    case 'pictures':
      return block.pictures.map((one) => line(`（照片见原件）${one.caption}`, { size: 10.5 }));
    case 'signatures':
      return [signerTable(block.signers, width)];
    case 'note':
      return linesOf(block.text).map((one, at) => line(one, { size: 10.5, pitch: 15.5, before: at === 0 ? 4 : 0 }));
  }
}

/** How wide words are in characters; figures and Latin letters take half of one. */
function widthOf(words: string): number {
  return [...words].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1), 0);
}

/** Unit above the day, both centred on each other, the wider one four characters from the right (GB/T 9704, 7.3.5). */
export function closingPieces(close: Letter['close'], text: Text): Piece[] {
  if (close === null) return [];
  const { style, width } = text;
  const size = style.size;
  const lines = [close.unit, close.day].filter((words) => words !== '');
  const widest = Math.max(0, ...lines.map(widthOf));
  return [
    ...(close.signers.length > 0 ? [signerTable(close.signers, width)] : []),
    ...lines.map((words, at) =>
      line(words, {
        ...style,
        align: 'right',
        right: (4 + (widest - widthOf(words)) / 2) * size,
        before: at === 0 ? (style.pitch ?? size) : 0,
        keepNext: at < lines.length - 1,
      }),
    ),
    ...(close.seal === '' ? [] : [line(close.seal, { size: 12, align: 'right', right: 5 * size })]),
  ];
}

/** The title of a paper, with the distances above and below it in points. */
export function titlePieces(title: string, before: number, after: number): Piece[] {
  const size = [...title].length > 40 ? 18 : 22;
  const words = linesOf(title);
  return words.map((one, at) =>
    line(one, {
      face: wordFaces.title,
      size,
      pitch: size + 8,
      align: 'center',
      before: at === 0 ? before : 0,
      after: at === words.length - 1 ? after : 0,
      keepNext: true,
    }),
  );
}

/** What every page says at its head, so that no copy passes for the paper that was issued; below it who made the paper, where it says so. */
function headerOf(mark: string, imprint: string): Header {
  const border = { bottom: { style: BorderStyle.SINGLE, size: 4, color: '999999', space: 2 } };
  const words = line(mark, { face: wordFaces.heading, size: 10.5, align: 'center', color: 'B42318', border });
  const made = { face: wordFaces.folio, size: 8, align: 'right', color: '5A5A5A', before: 2 } as const;
  return new Header({ children: imprint === '' ? [words] : [words, line(imprint, made)] });
}

/** The number of the page in 宋体 of 14 points, outside: odd right, even left. */
function folio(side: 'left' | 'right'): Footer {
  const number = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: faceOf(wordFaces.folio),
    size: 28,
  });
  return new Footer({ children: [line([number], { size: 14, align: side, right: side === 'right' ? 14 : 0 })] });
}

/** How the pages of a section are: margins in millimetres from the top clockwise, and the distance of the number from the page's foot. */
export interface Pages {
  mark: string;
  imprint?: string | undefined;
  landscape?: boolean;
  margin: readonly [number, number, number, number];
  /** Left out, the pages carry no number. */
  folio?: number;
  /** The number of its first page; left out, it goes on from the section before. */
  start?: number;
}

/** A section on A4 with the mark at the head of each page. */
export function sectionOf(pages: Pages, children: Piece[]): ISectionOptions {
  const [top, right, bottom, left] = pages.margin.map((one) => twips(millimetres(one)));
  const blank = () => new Footer({ children: [line('', { size: 9 })] });
  const header = () => headerOf(pages.mark, pages.imprint ?? '');
  const numbered = pages.folio !== undefined;
  return {
    properties: {
      page: {
        size: {
          width: twips(millimetres(210)),
          height: twips(millimetres(297)),
          orientation: pages.landscape === true ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: top ?? 0,
          right: right ?? 0,
          bottom: bottom ?? 0,
          left: left ?? 0,
          header: twips(millimetres(12)),
          footer: twips(millimetres(pages.folio ?? 10)),
        },
        ...(pages.start === undefined ? {} : { pageNumbers: { start: pages.start } }),
      },
    },
    headers: { default: header(), even: header() },
    footers: numbered ? { default: folio('right'), even: folio('left') } : { default: blank(), even: blank() },
    children,
  };
}
