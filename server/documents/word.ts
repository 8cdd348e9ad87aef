import {
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  PageOrientation,
  TextRun,
  type ISectionOptions,
  type Paragraph,
  type Table,
} from 'docx';
import type { Block, Form, Letter, Paper } from './model.ts';
import { faceOf, line, linesOf, millimetres, printable, run, twips, wordFaces, type LineStyle } from './word-text.ts';
import { gridTable, listTable, signerTable } from './word-tables.ts';

type Piece = Paragraph | Table;

/** How the text of a layout stands, as layout.typ lays it out: GB/T 9704-2012 for letters. */
interface Text {
  style: LineStyle;
  /** Width between the margins, in points. */
  width: number;
  /** Two characters. */
  indent: number;
}

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

function blockPieces(block: Block, text: Text, last: boolean): Piece[] {
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
function closingPieces(paper: Letter | Form, text: Text): Piece[] {
  const { close } = paper;
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

function titlePieces(title: string, before: number, after: number): Piece[] {
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
    ...closingPieces(paper, letterText),
  ];
}

function formPieces(paper: Form, text: Text): Piece[] {
  return [
    ...titlePieces(paper.title, 0, 6),
    ...(paper.number === null ? [] : [line(paper.number, { size: 13, align: 'center' })]),
    ...(paper.to === null ? [] : [line(paper.to, { size: 12, align: 'left', after: 6 })]),
    ...paper.blocks.flatMap((block) => blockPieces(block, text, false)),
    ...closingPieces(paper, text),
  ];
}

/** What every page says at its head, so that no copy passes for the paper that was issued. */
function headerOf(mark: string): Header {
  const border = { bottom: { style: BorderStyle.SINGLE, size: 4, color: '999999', space: 2 } };
  return new Header({
    children: [line(mark, { face: wordFaces.heading, size: 10.5, align: 'center', color: 'B42318', border })],
  });
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

function sectionOf(paper: Letter | Form, mark: string): ISectionOptions {
  const landscape = paper.layout === 'form' && paper.landscape === true;
  const letter = paper.layout === 'letter';
  const margin = letter ? [37, 26, 35, 28] : landscape ? [20, 15, 18, 15] : [25, 22, 22, 25];
  const [top = 0, right = 0, bottom = 0, left = 0] = margin.map((one) => twips(millimetres(one)));
  const blank = () => new Footer({ children: [line('', { size: 9 })] });
  return {
    properties: {
      page: {
        size: {
          width: twips(millimetres(210)),
          height: twips(millimetres(297)),
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top,
          right,
          bottom,
          left,
          header: twips(millimetres(12)),
          footer: twips(millimetres(letter ? 22 : 10)),
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: { default: headerOf(mark), even: headerOf(mark) },
    footers: letter ? { default: folio('right'), even: folio('left') } : { default: blank(), even: blank() },
    children: letter ? letterPieces(paper) : formPieces(paper, formText(landscape)),
  };
}

/**
 * Papers as a Word file that people edit, laid out as the PDF is; `mark` stands at the head of each page. Drawn signatures and pictures are
 * not in it. Throws for books and sheets, which have forms of their own.
 */
export async function wordFileOf(papers: readonly Paper[], mark: string): Promise<Buffer> {
  const sections = papers.map((paper) => {
    if (paper.layout === 'letter' || paper.layout === 'form') return sectionOf(paper, mark);
    throw new Error(`no Word layout for ${paper.layout}`);
  });
  const by = '保学平台';
  return Packer.toBuffer(
    new Document({
      title: printable(papers[0]?.title ?? ''),
      creator: by,
      lastModifiedBy: by,
      description: printable(mark),
      evenAndOddHeaderAndFooters: true,
      styles: { default: { document: { run: { font: faceOf(wordFaces.body), size: 32 } } } },
      sections,
    }),
  );
}
