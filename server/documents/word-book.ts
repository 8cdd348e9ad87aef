import {
  Bookmark,
  InternalHyperlink,
  LeaderType,
  Paragraph,
  SimpleField,
  Tab,
  Table,
  TabStopType,
  TextRun,
  type ISectionOptions,
} from 'docx';
import type { Book } from './model.ts';
import { coverTable } from './word-tables.ts';
import { blockPieces, closingPieces, sectionOf, type Pages, type Piece, type Text } from './word-pieces.ts';
import { faceOf, line, millimetres, run, twips, wordFaces } from './word-text.ts';

const upright: Text = { style: { size: 14, pitch: 24 }, width: millimetres(158), indent: 28 };
const lying: Text = { ...upright, width: millimetres(261) };

/** A mark in the file for a section's place, to which the contents lead. */
const placeOf = (at: number): string => `section_${String(at + 1)}`;

function coverPieces(book: Book): Piece[] {
  return [
    line(book.title, { face: wordFaces.title, size: 36, align: 'center', before: millimetres(45), tracking: 6 }),
    ...(book.to === null ? [] : [line(book.to, { size: 18, align: 'center', before: millimetres(8) })]),
    line('', { size: 14, after: millimetres(50) }),
    coverTable(book.cover, upright.width),
  ];
}

/** A line of the contents: the section's title and the page on which it stands. */
function contentsLine(title: string, at: number): Paragraph {
  return new Paragraph({
    style: contentsStyle.id,
    tabStops: [{ type: TabStopType.RIGHT, position: twips(upright.width), leader: LeaderType.DOT }],
    children: [
      new InternalHyperlink({ anchor: placeOf(at), children: [run(title, upright.style)] }),
      new TextRun({ children: [new Tab()], size: 28 }),
      new SimpleField(`PAGEREF ${placeOf(at)} \\h`),
    ],
  });
}

function contentsPieces(book: Book): Piece[] {
  const title = { face: wordFaces.heading, size: 20, align: 'center', tracking: 10, after: 17, newPage: true } as const;
  return [line('目录', title), ...book.sections.map((section, at) => contentsLine(section.title, at))];
}

/** The head of a section, to which the contents lead; it stands in the outline of the file. */
function sectionHead(title: string, at: number, newPage: boolean): Paragraph {
  return new Paragraph({
    outlineLevel: 0,
    keepNext: true,
    pageBreakBefore: newPage,
    spacing: { before: twips(12), after: twips(14) },
    children: [new Bookmark({ id: placeOf(at), children: [run(title, { face: wordFaces.heading, size: 16 })] })],
  });
}

/** Tables that follow each other kept apart: Word would make one of them. */
function apart(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece, at) =>
    piece instanceof Table && pieces[at - 1] instanceof Table ? [line('', { size: 6, pitch: 8 }), piece] : [piece],
  );
}

/** The look of the contents, which the number of a page takes from its paragraph. */
export const contentsStyle = {
  id: 'contents',
  name: '目录行',
  run: { font: faceOf(wordFaces.body), size: 28 },
  paragraph: { spacing: { before: twips(11) }, autoSpaceEastAsianText: false },
};

/**
 * A book as sections of a Word file: cover and contents without page numbers, then its sections, numbered from one; a wide section stands on
 * pages lying on their side. The program that opens the file fills in the pages of the contents, Word after asking.
 */
export function bookSections(book: Book, mark: string): ISectionOptions[] {
  const pages: Pages = { mark, imprint: book.imprint, margin: [30, 24, 28, 28] };
  const made = [sectionOf({ ...pages, start: 1 }, [...coverPieces(book), ...contentsPieces(book)])];
  // Sections that follow each other upright share the pages of one.
  const runs: { wide: boolean; pieces: Piece[] }[] = [];
  for (const [at, section] of book.sections.entries()) {
    const wide = section.wide === true;
    const last = runs.at(-1);
    const follows = last?.wide === false && !wide;
    const pieces = [
      sectionHead(section.title, at, follows && section.ownPage === true),
      ...apart(section.blocks.flatMap((block) => blockPieces(block, wide ? lying : upright, false))),
    ];
    if (follows) last.pieces.push(...pieces);
    else runs.push({ wide, pieces });
  }
  runs.at(-1)?.pieces.push(...closingPieces(book.close, runs.at(-1)?.wide === true ? lying : upright));
  for (const [at, { wide, pieces }] of runs.entries())
    made.push(
      sectionOf(
        {
          ...pages,
          folio: 16,
          ...(at === 0 ? { start: 1 } : {}),
          ...(wide ? { landscape: true, margin: [22, 18, 20, 18] } : {}),
        },
        pieces,
      ),
    );
  return made;
}
