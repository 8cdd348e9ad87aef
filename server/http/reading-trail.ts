import { inTransaction } from '../database/transaction.ts';
import { appendLink, lockChain, nextKnownAt, type AuditLink } from './audit.ts';
import type { Platform } from './context.ts';

interface Waiting {
  link: AuditLink;
  written: () => void;
  failed: (error: unknown) => void;
}

interface Writer {
  waiting: Waiting[];
  busy: boolean;
}

const writers = new WeakMap<Platform, Map<string, Writer>>();
/** Most links of one transaction, so that a change waits for the chain a few milliseconds at most. */
const mostAtOnce = 50;

function writerOf(platform: Platform, district: string): Writer {
  const ofPlatform = writers.get(platform) ?? new Map<string, Writer>();
  writers.set(platform, ofPlatform);
  const writer = ofPlatform.get(district) ?? { waiting: [], busy: false };
  ofPlatform.set(district, writer);
  return writer;
}

async function writeAll(platform: Platform, district: string, links: readonly AuditLink[]): Promise<void> {
  await inTransaction(
    platform.database.appPool,
    { district, actor: 'platform', all: false, tokens: [] },
    async (client) => {
      let head = await lockChain(client, district);
      for (const link of links)
        head = await appendLink(client, platform.keys, head, nextKnownAt(platform.clock.now(), head), link);
    },
  );
}

async function work(platform: Platform, district: string, writer: Writer): Promise<void> {
  writer.busy = true;
  while (writer.waiting.length > 0) {
    const batch = writer.waiting.splice(0, mostAtOnce);
    try {
      const links = batch.map(({ link }) => link);
      await writeAll(platform, district, links);
      for (const one of batch) one.written();
    } catch (error) {
      for (const one of batch) one.failed(error);
    }
  }
  writer.busy = false;
}

/**
 * Writes into the trail what was read, and settles when it is on the disk: nothing read leaves the platform before. Whoever waits at
 * the same time shares one transaction, since each would otherwise hold the district's chain for a whole write to the disk
 * (decision 0011). Rejects with the error of that transaction.
 */
export function writeReading(platform: Platform, link: AuditLink): Promise<void> {
  const writer = writerOf(platform, link.district);
  return new Promise((written, failed) => {
    writer.waiting.push({ link, written, failed });
    if (!writer.busy) void work(platform, link.district, writer);
  });
}
