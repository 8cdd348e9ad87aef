import {
  AlignmentType,
  LineRuleType,
  Paragraph,
  TextRun,
  type IBordersOptions,
  type IFontAttributesProperties,
} from 'docx';

/** The faces that offices print with; a computer without one takes its nearest. */
export const wordFaces = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  heading: '黑体',
  script: '楷体_GB2312',
  folio: '宋体',
} as const;

/** How a line stands: sizes and distances in points. */
export interface LineStyle {
  face?: string;
  size: number;
  align?: 'left' | 'center' | 'right' | 'both';
  /** Indent of the first line. */
  first?: number;
  /** Distance from the right edge. */
  right?: number;
  before?: number;
  after?: number;
  /** Exact height of a line; left out, as the face wants it. */
  pitch?: number;
  /** Added between characters. */
  tracking?: number;
  color?: string;
  keepNext?: boolean;
  /** Begins a page. */
  newPage?: boolean;
  border?: IBordersOptions;
}

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  both: AlignmentType.BOTH,
} as const;

/** Points as the twentieths in which Word measures. */
export function twips(points: number): number {
  return Math.round(points * 20);
}

/** Millimetres in points. */
export function millimetres(length: number): number {
  return (length * 72) / 25.4;
}

/** Words without what no Word file may hold: control characters and halves of characters. */
export function printable(words: string): string {
  return words.toWellFormed().replaceAll(/[\p{Cc}\uFFFD-\uFFFF]/gu, '');
}

/** A face for every script, so that figures and Latin letters stand in it too. */
export function faceOf(name: string): IFontAttributesProperties {
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
}

/** A piece of a line. */
export function run(words: string, style: Pick<LineStyle, 'face' | 'size' | 'tracking' | 'color'>): TextRun {
  return new TextRun({
    text: printable(words),
    font: faceOf(style.face ?? wordFaces.body),
    size: style.size * 2,
    ...(style.tracking === undefined ? {} : { characterSpacing: twips(style.tracking) }),
    ...(style.color === undefined ? {} : { color: style.color }),
  });
}

/** A line, or a paragraph of several pieces. */
export function line(words: string | readonly TextRun[], style: LineStyle): Paragraph {
  return new Paragraph({
    children: typeof words === 'string' ? [run(words, style)] : [...words],
    alignment: alignments[style.align ?? 'both'],
    // No space is put between figures and characters: a day must fit its cell.
    autoSpaceEastAsianText: false,
    ...(style.keepNext === true ? { keepNext: true, keepLines: true } : {}),
    ...(style.newPage === true ? { pageBreakBefore: true } : {}),
    indent: { firstLine: twips(style.first ?? 0), right: twips(style.right ?? 0) },
    spacing: {
      before: twips(style.before ?? 0),
      after: twips(style.after ?? 0),
      ...(style.pitch === undefined ? {} : { line: twips(style.pitch), lineRule: LineRuleType.EXACT }),
    },
    ...(style.border === undefined ? {} : { border: style.border }),
  });
}

/** The lines of a text that hold something. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((one) => one.trim() !== '');
}
