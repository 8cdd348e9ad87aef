import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The words of a PDF as another program reads them; pages are parted by form feeds. */
export function wordsOfPdf(body: unknown): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'baoxue-pdf-'));
  try {
    const file = path.join(folder, 'a.pdf');
    writeFileSync(file, body as Buffer); // as: the answer of a download
    execFileSync('pdftotext', ['-layout', file, `${file}.txt`]);
    return readFileSync(`${file}.txt`, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
