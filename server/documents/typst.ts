import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import type { Paper, Picture } from './model.ts';

const layout = ['sheets.typ', 'layout.typ', 'papers.typ']
  .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'))
  .join('\n');

/** A laid out PDF. */
export interface Rendered {
  pdf: Uint8Array;
  pages: number;
}

/** Makes a function that lays papers out with the fonts of a folder and of the host; same papers, same bytes. It blocks while it works. */
export function typesetter(fontFolder: string): (papers: readonly Paper[], pictures: readonly Picture[]) => Rendered {
  const compiler = NodeCompiler.create({ workspace: fontFolder, fontArgs: [{ fontPaths: [fontFolder] }] });
  const compile = (papers: readonly Paper[], single: 'yes' | 'no'): NodeTypstDocument => {
    const result = compiler.compile({ mainFileContent: layout, inputs: { papers: JSON.stringify(papers), single } });
    if (result.result) return result.result;
    const fault = result.takeError();
    throw new Error(`typst: ${JSON.stringify(fault ? compiler.fetchDiagnostics(fault) : []).slice(0, 600)}`);
  };
  return (papers, pictures) => {
    for (const { name, content } of pictures)
      compiler.mapShadow(path.join(fontFolder, path.basename(name)), Buffer.from(content));
    try {
      const short = papers.some((paper) => paper.layout === 'book' || paper.layout === 'sheet')
        ? null
        : compile(papers, 'yes');
      // Each paper begins a page: as many pages as papers means that each has exactly one.
      const document = short?.numOfPages === papers.length ? short : compile(papers, 'no');
      return { pdf: compiler.pdf(document, { pdfTags: false }), pages: document.numOfPages };
    } finally {
      compiler.resetShadow();
      compiler.evictCache(8);
    }
  };
}
