import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/** A page that is asked for: its addresses in turn, after those of `warm`, eight of which are asked for at once. */
export interface Round {
  urls: readonly string[];
  warm: readonly string[];
  cookie: string;
  /** At an even pace; null for one after the other. */
  perSecond: number | null;
}

/** The milliseconds of each answer, and the longest that the asker itself stood still meanwhile. */
export interface Answered {
  times: number[];
  stalledMs: number;
}

/**
 * Asks for pages from a process of its own, as people do: the process that loaded a district holds a heap whose clearing would be
 * counted as the server's time.
 */
export function startAsker(): { ask(round: Round): Promise<Answered>; stop(): void } {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['--asker']);
  return {
    async ask(round) {
      child.send(round);
      // as: the child below answers with these
      const [said] = (await once(child, 'message')) as [Answered | { failed: string }];
      if ('failed' in said) throw new Error(said.failed);
      return said;
    },
    stop: () => child.disconnect(),
  };
}

const agent = new Agent({ keepAlive: true });

function get(url: string, cookie: string): Promise<number> {
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { cookie } }, (answered) => {
      answered.on('error', reject);
      if (answered.statusCode !== 200) {
        const parts: Buffer[] = [];
        answered.on('data', (part: Buffer) => parts.push(part));
        answered.on('end', () => {
          reject(new Error(`${url}: ${String(answered.statusCode)} ${Buffer.concat(parts).toString('utf8')}`));
        });
        return;
      }
      answered.on('end', () => {
        resolve(performance.now() - sent);
      });
      answered.resume();
    })
      .on('error', reject)
      .end();
  });
}

async function ask({ urls, warm, cookie, perSecond }: Round): Promise<Answered> {
  for (let at = 0; at < warm.length; at += 8) await Promise.all(warm.slice(at, at + 8).map((url) => get(url, cookie)));
  const still = monitorEventLoopDelay({ resolution: 5 });
  still.enable();
  const times: number[] = [];
  const begun = performance.now();
  const waiting: Promise<void>[] = [];
  for (const [turn, url] of urls.entries()) {
    const asked = get(url, cookie).then((ms) => void times.push(ms));
    waiting.push(asked);
    if (perSecond === null) await asked;
    const wait = perSecond === null ? 0 : begun + ((turn + 1) * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  await Promise.all(waiting);
  still.disable();
  return { times, stalledMs: still.max / 1e6 };
}

if (process.argv[2] === '--asker') {
  process.on('message', (round: Round) => {
    void ask(round).then(
      (answered) => process.send?.(answered),
      (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('disconnect', () => {
    process.exit(0);
  });
}
