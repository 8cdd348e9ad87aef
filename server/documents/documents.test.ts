import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackFonts } from './fonts.ts';
import type { Letter, Paper } from './model.ts';
import { renderPdf, startRenderer } from './render.ts';
import { signaturePicture } from './signature.ts';

/** Characters of names that most fonts lack. */
const rare = '㛃䶮堃喆犇𬭎𠅤𬱖';
const letter: Letter = {
  layout: 'letter',
  mark: null,
  number: '义劝通字〔2026〕第3号',
  title: `劝学通知书${rare}`,
  to: '王大海：',
  blocks: [
    { as: 'heading', level: 1, text: `一、黑体${rare}` },
    { as: 'heading', level: 2, text: `（一）楷体${rare}` },
    { as: 'text', text: `正文${rare} #pagebreak() \\u{41} *不是* $源码$ @name` },
  ],
  close: { unit: '滨江小学', day: '2026年11月20日', seal: '（盖章）', signers: [] },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-documents-'));
  await renderPdf(folder, [letter]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function saved(papers: readonly Paper[]): Promise<{ file: string; pages: number; content: Buffer }> {
  const { content, pages } = await renderPdf(folder, papers);
  const file = path.join(folder, 'paper.pdf');
  await writeFile(file, content);
  return { file, pages, content };
}

describe('papers', () => {
  it('NOT-03 every rare character prints in a face that has it, in title, headings and text', async () => {
    const { file } = await saved([letter]);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text.split(rare).length - 1).toBe(4);
    const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' });
    expect(fonts).toContain('NotoSerifSC');
    for (const line of fonts.split('\n').slice(2).filter(Boolean)) expect(line).toMatch(/\syes yes yes\s/);
  });

  it('NOT-01 what is read is data: marks of the typesetter print as they stand', async () => {
    const { file, pages } = await saved([letter]);
    expect(pages).toBe(1);
    expect(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '')).toContain(
      '#pagebreak()\\u{41}*不是*$源码$@name',
    );
  });

  it('NOT-01 the same papers give the same bytes, also on another thread and beside other work', async () => {
    const own = startRenderer(folder, 2);
    const some = await Promise.all([
      own.render([letter]),
      own.render([{ ...letter, title: '别的' }]),
      own.render([letter]),
      renderPdf(folder, [letter]),
    ]);
    await own.stop();
    const prints = some.map(({ content }) => createHash('sha256').update(content).digest('hex'));
    expect([prints[0] === prints[2], prints[0] === prints[3], prints[0] === prints[1]]).toEqual([true, true, false]);
  });

  it('BOK-07 a notice does not wait for a long sheet that is being laid out', async () => {
    const row = Array.from({ length: 12 }, (_, at) => `第${String(at)}格`);
    const ended: string[] = [];
    const sheet = renderPdf(folder, [
      {
        layout: 'sheet',
        title: '花名册',
        to: null,
        close: null,
        paper: 'a4',
        above: ['', '', ''],
        table: {
          as: 'sheet',
          columns: row.map((words) => ({ words, width: 8, align: 'left' })),
          rows: Array.from({ length: 600 }, () => row),
        },
        notes: [],
        signers: [],
        imprint: '',
        proof: '',
      },
    ]).then(({ pages }) => {
      ended.push('sheet');
      expect(pages).toBeGreaterThan(10);
    });
    await renderPdf(folder, [letter]);
    ended.push('letter');
    await sheet;
    expect(ended).toEqual(['letter', 'sheet']);
  });

  it('NOT-04 the page is A4 with 22 lines of 28 characters, odd numbers right and even left', async () => {
    const text = `${'国'.repeat(28)}\n`;
    const { file, pages } = await saved([
      { ...letter, title: '一', number: null, to: null, close: null, blocks: [{ as: 'plain', text: text.repeat(30) }] },
    ]);
    expect(pages).toBe(2);
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toContain('595.276 x 841.89 pts (A4)');
    const boxes = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
    const words = [...boxes.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)</g)].map(
      ([, left, top, right, word]) => ({ left: Number(left), top: Number(top), right: Number(right), word }),
    );
    const full = words.filter(({ word }) => word === '国'.repeat(28));
    expect(full).toHaveLength(30);
    const pitch = (full[1]?.top ?? 0) - (full[0]?.top ?? 0);
    expect(pitch).toBeCloseTo(28.95, 1);
    expect(full[0]?.left).toBeCloseTo((28 / 25.4) * 72, 0);
    const numbers = words.filter(({ word }) => word === '1' || word === '2');
    expect(numbers[0]?.left).toBeGreaterThan(450);
    expect(numbers[1]?.left).toBeLessThan(120);
  });

  it('NOT-04 page numbers begin anew with each paper, and a signature is drawn', async () => {
    const signed: Paper = {
      ...letter,
      close: {
        unit: '滨江小学',
        day: '2026年11月20日',
        seal: '',
        signers: [{ label: '校长', name: '', image: 'one.svg' }],
      },
    };
    const strokes = [
      [
        { x: 0.1, y: 0.5 },
        { x: 0.9, y: 0.4 },
      ],
      [{ x: 0.5, y: 0.9 }],
    ];
    const { pages, content } = await renderPdf(folder, [letter, signed, letter], [signaturePicture('one', strokes)]);
    expect(pages).toBe(3);
    const file = path.join(folder, 'three.pdf');
    await writeFile(file, content);
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
    expect(text.match(/—\s*1\s*—/g)).toHaveLength(3);
    await expect(renderPdf(folder, [signed])).rejects.toThrow('typst');
  });

  it('NOT-03 fonts are unpacked once and checked; a broken one is unpacked again', async () => {
    const fonts = await unpackFonts(folder);
    const file = path.join(fonts, 'NotoSansHans-Medium.otf');
    const before = (await stat(file)).mtimeMs;
    await unpackFonts(folder);
    expect((await stat(file)).mtimeMs).toBe(before);
    const content = await readFile(file);
    await writeFile(file, 'half');
    await unpackFonts(folder);
    expect((await readFile(file)).equals(content)).toBe(true);
  });
});
