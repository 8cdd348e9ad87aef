import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from '#domain/basics/failure.ts';
import { unpackRows, type PackedRows } from './packed-rows.ts';
import { columnsOf, readRows, type FoundColumns, type ListRow, type ListSource } from './read-rows.ts';

/** What the reading thread tells: the header, a batch, the end, a refusal of the file, or a fault of ours. */
export type FromReader =
  | { found: FoundColumns }
  | { rows: PackedRows }
  | { end: true }
  | { refused: { code: FailureCode; words: string; detail?: Record<string, unknown> } }
  | { broken: string };

/** Files from this size on are read in a thread of their own; for a small one starting it costs more than it saves. */
const largeBytes = 1_000_000;
/** Batches of at most 500 rows that may wait between the threads. */
const ahead = 6;

/**
 * Reads the rows of a list as `readRows` does; a large file on a second thread, so that the sheet is parsed while the rows before are
 * checked and sealed. Throws what the reading threw. The thread ends with the generator.
 */
export async function* readAhead(source: ListSource, tell: (found: FoundColumns) => void): AsyncGenerator<ListRow[]> {
  if ((await stat(source.file)).size < largeBytes) {
    yield* readRows(source, tell);
    return;
  }
  const thread = new Worker(path.join(import.meta.dirname, 'read-thread.ts'), {
    workerData: source,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 },
  });
  const told: FromReader[] = [];
  let wake: () => void = () => undefined;
  thread.on('message', (message: FromReader) => {
    told.push(message);
    wake();
  });
  thread.on('error', (error: Error) => {
    told.push({ broken: error.message });
    wake();
  });
  try {
    for (let at = 0; at < ahead; at += 1) thread.postMessage('more');
    for (;;) {
      const message = told.shift();
      if (!message) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('found' in message) tell(message.found);
      else if ('rows' in message) {
        thread.postMessage('more');
        yield unpackRows(columnsOf[source.kind], message.rows);
      } else if ('refused' in message) {
        const { code, words, detail } = message.refused;
        throw new Failure(code, words, detail);
      } else if ('broken' in message) throw new Error(message.broken);
      else return;
    }
  } finally {
    await thread.terminate();
  }
}
