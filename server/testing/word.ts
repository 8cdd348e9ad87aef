import { strFromU8, unzipSync } from 'fflate';

/** The words of a Word file: its text, the header of its first page, and the names of its parts. */
export function wordsOfWord(body: unknown): { text: string; header: string; parts: string[] } {
  if (!(body instanceof Uint8Array)) throw new Error('no file');
  const parts = unzipSync(body);
  const words = (name: string) =>
    [...strFromU8(parts[name] ?? new Uint8Array()).matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)]
      .map(([, one]) => one)
      .join('');
  return { text: words('word/document.xml'), header: words('word/header1.xml'), parts: Object.keys(parts) };
}
