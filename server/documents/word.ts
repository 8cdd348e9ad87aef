import { BorderStyle, Document, Packer, type ISectionOptions } from 'docx';
import type { Form, Letter, Paper } from './model.ts';
import { bookSections, contentsStyle } from './word-book.ts';
import { blockPieces, closingPieces, sectionOf, titlePieces, type Piece, type Text } from './word-pieces.ts';
import { faceOf, line, millimetres, printable, run, wordFaces } from './word-text.ts';

const red = 'D7000F';
/** A character of 28 in a line of 156 mm. */
const character = 15.78;
const letterText: Text = {
  // Word spaces in twentieths: a quarter point less lets 28 characters into a line.
  style: { size: 16, pitch: 28.95, tracking: -0.25 },
  width: millimetres(156),
  indent: 2 * character,
};
const formText = (landscape: boolean): Text => ({
  style: { size: 14, pitch: 24 },
  width: millimetres(landscape ? 267 : 163),
  indent: 28,
});

/** The red mark of an office with number and rule, as on page one of its papers. */
function markPieces(paper: Letter, mark: string): Piece[] {
  const { style } = letterText;
  const size = Math.min(46, Math.floor(430 / [...mark].length));
  const below = { bottom: { style: BorderStyle.SINGLE, size: 10, color: red, space: 11 } };
  const placed = { ...style, before: 2 * 28.95 - 16, border: below };
  const number = paper.number ?? '';
  const approver = paper.approver ?? '';
  return [
    line(mark, {
      face: wordFaces.title,
      size,
      align: 'center',
      color: red,
      before: Math.max(0, millimetres(35) - size * 1.3),
    }),
    line(
      approver === ''
        ? number
        : [run(`${number}　　　　签发人：`, style), run(approver, { ...style, face: wordFaces.script })],
      { ...placed, align: 'center' },
    ),
  ];
}

function letterPieces(paper: Letter): Piece[] {
  const { style } = letterText;
  const number = paper.number ?? '';
  const approver = paper.approver ?? '';
  const head: Piece[] =
    paper.mark === null
      ? [
          ...titlePieces(paper.title, 0, number === '' ? 17 : 4),
          ...(number === ''
            ? []
            : [
                line(approver === '' ? number : `${number}　　　　签发人：${approver}`, {
                  ...style,
                  align: 'center',
                  after: 12,
                }),
              ]),
        ]
      : [...markPieces(paper, paper.mark), ...titlePieces(paper.title, 41, 17)];
  return [
    ...head,
    ...(paper.to === null ? [] : [line(paper.to, { ...style, align: 'left' })]),
    ...paper.blocks.flatMap((block, at) => blockPieces(block, letterText, at === paper.blocks.length - 1)),
    ...closingPieces(paper.close, letterText),
  ];
}

function formPieces(paper: Form, text: Text): Piece[] {
  return [
    ...titlePieces(paper.title, 0, 6),
    ...(paper.number === null ? [] : [line(paper.number, { size: 13, align: 'center' })]),
    ...(paper.to === null ? [] : [line(paper.to, { size: 12, align: 'left', after: 6 })]),
    ...paper.blocks.flatMap((block) => blockPieces(block, text, false)),
    ...closingPieces(paper.close, text),
  ];
}

function sectionsOf(paper: Paper, mark: string): ISectionOptions[] {
  switch (paper.layout) {
    case 'letter':
      return [sectionOf({ mark, margin: [37, 26, 35, 28], folio: 22, start: 1 }, letterPieces(paper))];
    case 'form': {
      const landscape = paper.landscape === true;
      const margin = landscape ? ([20, 15, 18, 15] as const) : ([25, 22, 22, 25] as const);
      return [sectionOf({ mark, landscape, margin, start: 1 }, formPieces(paper, formText(landscape)))];
    }
    case 'book':
      return bookSections(paper, mark);
    case 'sheet':
      throw new Error('no Word layout for sheet');
  }
}

/**
 * Papers as a Word file that people edit, laid out as the PDF is; `mark` stands at the head of each page. Drawn signatures and pictures are
 * not in it. Throws for sheets, which have a workbook of their own.
 */
export async function wordFileOf(papers: readonly Paper[], mark: string): Promise<Buffer> {
  const by = '保学平台';
  return Packer.toBuffer(
    new Document({
      title: printable(papers[0]?.title ?? ''),
      creator: by,
      lastModifiedBy: by,
      description: printable(mark),
      evenAndOddHeaderAndFooters: true,
      // The pages of a book's contents are filled in where the file is opened.
      features: { updateFields: papers.some(({ layout }) => layout === 'book') },
      styles: {
        default: { document: { run: { font: faceOf(wordFaces.body), size: 32 } } },
        paragraphStyles: [contentsStyle],
      },
      sections: papers.flatMap((paper) => sectionsOf(paper, mark)),
    }),
  );
}
