import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { unpackFonts } from './fonts.ts';
import type { Paper, Picture } from './model.ts';

/** What is asked of a typesetting thread. */
export interface ToTypesetter {
  id: number;
  papers: readonly Paper[];
  pictures: readonly Picture[];
}

/** What a typesetting thread answers. */
export type FromTypesetter = { id: number; pdf: Uint8Array; pages: number } | { id: number; broken: string };

/** A laid out PDF. */
export interface Pdf {
  content: Buffer;
  pages: number;
}

/** Lays papers out on threads of its own. */
export interface Renderer {
  render: (papers: readonly Paper[], pictures?: readonly Picture[]) => Promise<Pdf>;
  stop(): Promise<void>;
}

interface Waiting {
  resolve(pdf: Pdf): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

/** Threads end after this many milliseconds without work, and their memory with them. */
const idleAfter = 60_000;

const unpacked = new Map<string, Promise<string>>();

/** The folder of the fonts, unpacked once for all threads of the process; after a failure it is tried again. */
function fontsOf(dataDirectory: string): Promise<string> {
  const known = unpacked.get(dataDirectory);
  if (known) return known;
  const begun = unpackFonts(dataDirectory);
  unpacked.set(dataDirectory, begun);
  begun.catch(() => unpacked.delete(dataDirectory));
  return begun;
}

function startThread(fontFolder: string): Thread {
  const worker = new Worker(path.join(import.meta.dirname, 'worker.ts'), { workerData: fontFolder });
  const waiting = new Map<number, Waiting>();
  worker.on('message', (message: FromTypesetter) => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (waiting.size === 0) worker.unref();
    if ('broken' in message) asked?.reject(new Error(message.broken));
    else asked?.resolve({ content: Buffer.from(message.pdf), pages: message.pages });
  });
  const fail = (error: Error): void => {
    for (const asked of waiting.values()) asked.reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the typesetting thread ended')));
  worker.unref();
  return { worker, waiting };
}

/** Starts a renderer of its own for long work; the caller stops it. Papers are given to the thread with the least to do. */
export function startRenderer(dataDirectory: string, threads = 1): Renderer {
  let running: Thread[] = [];
  let count = 0;
  let idle: NodeJS.Timeout | undefined;
  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = running;
    running = [];
    await Promise.all(ending.map(({ worker }) => worker.terminate()));
  };
  const choose = (fontFolder: string): Thread => {
    const free = running.find(({ waiting }) => waiting.size === 0);
    if (free) return free;
    if (running.length < threads) {
      const started = startThread(fontFolder);
      started.worker.on('exit', () => {
        running = running.filter((one) => one !== started);
      });
      running.push(started);
      return started;
    }
    return running.reduce((least, one) => (one.waiting.size < least.waiting.size ? one : least));
  };
  return {
    render: async (papers, pictures = []) => {
      const fontFolder = await fontsOf(dataDirectory);
      return new Promise<Pdf>((resolve, reject) => {
        clearTimeout(idle);
        const { worker, waiting } = choose(fontFolder);
        count += 1;
        waiting.set(count, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: count, papers, pictures } satisfies ToTypesetter);
      }).finally(() => {
        clearTimeout(idle);
        idle = setTimeout(() => {
          if (running.every(({ waiting }) => waiting.size === 0)) void stop();
        }, idleAfter);
        idle.unref();
      });
    },
    stop,
  };
}

const shared = new Map<string, Renderer>();

/** Books and sheets take seconds; a notice that holds up the writes of a district while it is laid out never waits behind one. */
const isLong = ({ layout }: Paper): boolean => layout === 'book' || layout === 'sheet';

/**
 * Lays papers out as one PDF: the same papers give the same bytes, whatever the clock says. Fonts are unpacked into the data directory
 * at the first paper. Rejects when a paper cannot be laid out.
 */
export function renderPdf(
  dataDirectory: string,
  papers: readonly Paper[],
  pictures: readonly Picture[] = [],
): Promise<Pdf> {
  const key = `${papers.some(isLong) ? 'long' : 'short'} ${dataDirectory}`;
  const renderer = shared.get(key) ?? startRenderer(dataDirectory);
  shared.set(key, renderer);
  return renderer.render(papers, pictures);
}
