import type { OutputOf } from '#contract/endpoint.ts';
import { getFieldKey } from '#contract/field.ts';
import type { Chance } from '#server/sample/chance.ts';
import { keepEntry, sendWaiting, type Send } from '#web/field/keep/outbox.ts';
import { openStore } from '#web/field/keep/store.ts';
import { claimPhone } from '#web/field/keep/unlock.ts';
import { addressOf } from './installation.ts';
import { keepAnswer, nextOf, type Desk, type Write } from './kill-writes.ts';
import { password } from './kill-world.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** What waits between two tries, as the phone waits for the signal, in milliseconds. */
const retryMs = 60;

/** Signs in, again and again until the server is there. */
export async function signIn(url: string, login: string): Promise<string> {
  for (;;) {
    const signed = await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-baoxue': '1' },
      body: JSON.stringify({ login, password }),
    }).catch(() => null);
    if (signed?.ok) return signed.headers.get('set-cookie')?.split(';')[0] ?? '';
    await pause(200);
  }
}

function refuse(one: Write, status: number, answer: unknown): void {
  one.state = 'refused';
  one.words = `${String(status)} ${JSON.stringify(answer).slice(0, 300)}`;
}

/** Sends one write until it is answered, always under its own request id. */
export async function sendUntilAnswered(url: string, cookie: string, desk: Desk | null, one: Write): Promise<void> {
  const { url: to, rest } = addressOf(url, one.endpoint, one.input);
  while (one.state === 'waiting') {
    one.sent += 1;
    const answered = await fetch(to, {
      method: 'POST',
      headers: {
        cookie,
        'x-baoxue': '1',
        'x-request-id': one.requestId,
        'content-type': one.file ? 'application/octet-stream' : 'application/json',
      },
      body: one.file ? new Uint8Array(one.file) : JSON.stringify(rest),
    }).catch(() => null);
    const answer: unknown = answered === null ? null : await answered.json().catch(() => null);
    if (answered === null || answer === null || answered.status >= 500 || answered.status === 429) await pause(retryMs);
    else if (answered.ok) keepAnswer(desk, one, answer);
    else refuse(one, answered.status, answer);
  }
}

/** A teacher at a web page or with pictures sent one by one, until `over`. */
export async function workOnline(
  url: string,
  login: string,
  desk: Desk,
  chance: Chance,
  all: Write[],
  over: () => boolean,
): Promise<void> {
  const cookie = await signIn(url, login);
  while (!over()) {
    for (const one of nextOf(desk, chance)) {
      all.push(one);
      await sendUntilAnswered(url, cookie, desk, one);
    }
    await pause(chance.whole(20, 120));
  }
}

/** The server's key for the entries of who is signed in; asked again and again until the server is there. */
async function fieldKey(url: string, headers: Record<string, string>): Promise<OutputOf<typeof getFieldKey>> {
  for (;;) {
    const answered = await fetch(`${url}${getFieldKey.path}`, { headers }).catch(() => null);
    // as: the answer of this very call
    const key = answered?.ok
      ? ((await answered.json().catch(() => null)) as OutputOf<typeof getFieldKey> | null)
      : null;
    if (key !== null) return key;
    await pause(retryMs);
  }
}

/** A teacher with a phone: entries go into the phone's own outbox, sealed, and up through its own sender, until `over` and nothing waits. */
export async function workOnPhone(
  url: string,
  login: string,
  desk: Desk,
  chance: Chance,
  all: Write[],
  over: () => boolean,
): Promise<void> {
  const cookie = await signIn(url, login);
  const headers = { cookie, 'x-baoxue': '1' };
  const key = await fieldKey(url, headers);
  const { accountId } = key;
  const store = openStore(`kill-${login}`);
  const who = await claimPhone(store, { accountId, login, name: login, server: key }, '408215');
  const byRequest = new Map<string, Write>();
  const send: Send = async (entry) => {
    const one = byRequest.get(entry.requestId);
    if (one) one.sent += 1;
    const answered = await fetch(`${url}/api/field/entries`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(entry),
    }).catch(() => null);
    // as: the output of field.sendSealed
    const inner = answered?.ok
      ? ((await answered.json().catch(() => null)) as { status: number; answer: unknown } | null)
      : null;
    if (inner === null) return 'later';
    if (one && inner.status === 200) keepAnswer(desk, one, inner.answer);
    else if (one && inner.status < 500 && inner.status !== 429) refuse(one, inner.status, inner.answer);
    return inner;
  };
  let now = 1;
  for (;;) {
    const ended = over();
    for (const one of ended ? [] : nextOf(desk, chance)) {
      all.push(one);
      byRequest.set(one.requestId, one);
      now += 1;
      await keepEntry(store, who, {
        id: one.requestId,
        endpoint: one.endpoint,
        input: one.input,
        what: one.kind,
        title: one.kind,
        ...(one.file ? { file: new Uint8Array(one.file) } : {}),
        now,
      });
    }
    const sent = await sendWaiting(store, accountId, send, () => now);
    if (sent.stopped === 'signedOut') throw new Error(`${login} was signed out`);
    if (sent.stopped !== null) await pause(retryMs);
    else if (ended) break;
    else await pause(chance.whole(20, 120));
  }
  const kept = await store.entries.toArray();
  const open = kept.filter((entry) => entry.state !== 'confirmed' && entry.state !== 'refused');
  if (open.length > 0) throw new Error(`${String(open.length)} entries of ${login} wait for ever`);
  store.close();
}
