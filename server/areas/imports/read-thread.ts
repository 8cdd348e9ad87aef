import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '#domain/basics/failure.ts';
import type { FromReader } from './read-ahead.ts';
import { packRows } from './packed-rows.ts';
import { columnsOf, readRows, type ListSource } from './read-rows.ts';

// The second thread of a large import: reads the sheet while the first checks and seals. It goes on when the first asks.
let asked = 0;
let wake: () => void = () => undefined;
parentPort?.on('message', () => {
  asked += 1;
  wake();
});

function tell(message: FromReader): void {
  parentPort?.postMessage(message);
}

try {
  const source = workerData as ListSource; // as: read-ahead.ts starts this thread with it
  for await (const rows of readRows(source, (found) => tell({ found }))) {
    while (asked === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    asked -= 1;
    tell({ rows: packRows(columnsOf[source.kind], rows) });
  }
  tell({ end: true });
} catch (error) {
  tell(
    error instanceof Failure
      ? { refused: { code: error.code, words: error.message, ...(error.detail && { detail: error.detail }) } }
      : { broken: error instanceof Error ? error.message : 'unknown' },
  );
}
parentPort?.close();
