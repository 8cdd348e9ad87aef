import { parentPort, workerData } from 'node:worker_threads';
import type { FromTypesetter, ToTypesetter } from './render.ts';
import { typesetter } from './typst.ts';

// The thread that lays papers out, so that the server keeps answering meanwhile.
let made: ReturnType<typeof typesetter> | null = null;

function tell(message: FromTypesetter): void {
  parentPort?.postMessage(message);
}

function layOut({ id, papers, pictures }: ToTypesetter): void {
  try {
    // as: render.ts starts this thread with the folder of the fonts
    made ??= typesetter(workerData as string);
    tell({ id, ...made(papers, pictures) });
  } catch (error) {
    tell({ id, broken: error instanceof Error ? error.message : 'unknown' });
  }
}

parentPort?.on('message', layOut);
