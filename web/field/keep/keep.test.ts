import 'fake-indexeddb/auto';
import { createECDH } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordSurvey } from '#contract/households.ts';
import { contentOf, keepEntry, putAway, sendAgain, sendWaiting, type Send } from './outbox.ts';
import { openCacheKey, openValue, sealValue } from './seal.ts';
import { openStore, type Entry, type FieldStore } from './store.ts';
import { claimPhone, eraseOld, eraseReadable, mostTries, unlock, type Unlocked } from './unlock.ts';

const server = { version: 1, publicKey: serverKey() };
const who = { accountId: '00000000-0000-4000-8000-000000000001', login: 'ban1', name: '周老师', server };
const pin = '408215';
let store: FieldStore;
let made = 0;

function serverKey(): string {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return ecdh.getPublicKey().toString('base64');
}

/** The entry with an id, or the only one. */
async function entryOf(id?: string): Promise<Entry> {
  const all = await store.entries.toArray();
  const found = id === undefined ? all[0] : all.find((entry) => entry.id === id);
  if (!found) throw new Error('no entry');
  return found;
}

async function claimed(): Promise<Unlocked> {
  return claimPhone(store, who, pin);
}

/** A survey as an entry: its input need not be right here, it is only carried. */
async function enter(unlocked: Unlocked, title: string): Promise<string> {
  made += 1;
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  // as: only carried, never parsed here
  const input = { id, note: `闻人大雪 ${title}` } as never;
  await keepEntry(store, unlocked, { id, endpoint: recordSurvey, input, what: '走访', title, now: 1000 + made });
  return id;
}

/** How many entries of an account wait on the phone. */
async function waitingOf(one: FieldStore, accountId: string): Promise<number> {
  const entries = await one.entries.where('accountId').equals(accountId).toArray();
  return entries.filter((entry) => entry.state !== 'confirmed').length;
}

beforeEach(() => {
  store = openStore(`field-${String((made += 1))}`);
});
afterEach(async () => {
  store.close();
  await store.delete();
});

describe('the phone keeps what was entered', () => {
  it('FLD-01 opens with its PIN only, and not without this browser’s own key', async () => {
    const unlocked = await claimed();
    const kept = await store.owner.get('owner');
    if (!kept) throw new Error('no owner');
    const sealed = await sealValue(unlocked.key, { name: '闻人大雪' });
    expect(await openCacheKey(kept, '000000')).toBeNull();
    const key = await openCacheKey(kept, pin);
    if (!key) throw new Error('not opened');
    expect(await openValue(key, sealed)).toEqual({ name: '闻人大雪' });
    expect(kept.deviceKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', kept.deviceKey)).rejects.toThrow();
    const otherDevice = await claimPhone(openStore('field-other'), who, pin);
    await expect(openCacheKey({ ...kept, deviceKey: otherDevice.owner.deviceKey }, pin)).rejects.toThrow();
  });

  it('FLD-02 erases what was fetched after the fifth wrong PIN, and keeps what waits, unreadable', async () => {
    const unlocked = await claimed();
    await store.fetched.put({ key: 'x', at: 1, sealed: await sealValue(unlocked.key, ['名单']) });
    const id = await enter(unlocked, '上门');
    for (let left = mostTries - 1; left > 0; left -= 1)
      expect(await unlock(store, '111111')).toEqual({ triesLeft: left });
    expect(await unlock(store, '111111')).toEqual({ erased: true });
    expect(await store.fetched.count()).toBe(0);
    expect(await unlock(store, pin)).toEqual({ erased: true });
    const entry = await entryOf();
    expect(entry).toMatchObject({ id, state: 'onPhone', forOwner: null });
    expect(await contentOf(entry, unlocked.key)).toBeNull();
    expect(JSON.stringify(entry)).not.toContain('闻人大雪');
  });

  it('FLD-02 a right PIN gives the tries back', async () => {
    await claimed();
    await unlock(store, '1');
    await unlock(store, '2');
    expect(await unlock(store, pin)).toHaveProperty('key');
    expect((await store.owner.get('owner'))?.triesLeft).toBe(mostTries);
  });

  it('FLD-03 answers older than seven days are erased, younger ones and entries stay', async () => {
    const unlocked = await claimed();
    const day = 86_400_000;
    const sealed = await sealValue(unlocked.key, 1);
    await store.fetched.bulkPut([
      { key: 'old', at: 10 * day, sealed },
      { key: 'young', at: 16 * day, sealed },
    ]);
    await enter(unlocked, '上门');
    expect(await eraseOld(store, 17 * day)).toBe(true);
    expect((await store.fetched.toArray()).map((row) => row.key)).toEqual(['young']);
    expect(await store.entries.count()).toBe(1);
  });

  it('FLD-04 nothing readable stands in the store', async () => {
    const unlocked = await claimed();
    await enter(unlocked, '到闻人家上门');
    const whole = JSON.stringify(await store.entries.toArray(), (_key, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
    );
    expect(whole).not.toContain('闻人');
    const entry = await entryOf();
    expect(await contentOf(entry, unlocked.key)).toMatchObject({
      name: 'population.recordSurvey',
      title: '到闻人家上门',
    });
  });
});

describe('what waits is sent', () => {
  const confirm: Send = async () => ({ status: 200, answer: {} });

  it('FLD-05 in the order of entering, each once, also when the answer to the first was lost', async () => {
    const unlocked = await claimed();
    const ids = [await enter(unlocked, '一'), await enter(unlocked, '二'), await enter(unlocked, '三')];
    const seen: string[] = [];
    const lost: Send = async ({ requestId }) => {
      seen.push(requestId);
      return 'later';
    };
    expect(await sendWaiting(store, who.accountId, lost, () => 1)).toEqual({
      confirmed: 0,
      refused: 0,
      stopped: 'later',
    });
    expect((await store.entries.orderBy('seq').toArray()).map((entry) => entry.state)).toEqual([
      'sent',
      'onPhone',
      'onPhone',
    ]);
    const rest: Send = async (entry) => {
      seen.push(entry.requestId);
      return confirm(entry);
    };
    expect(await sendWaiting(store, who.accountId, rest, () => 2)).toMatchObject({ confirmed: 3, stopped: null });
    expect(seen).toEqual([ids[0], ...ids]);
    expect(
      (await store.entries.toArray()).every((entry) => entry.state === 'confirmed' && entry.forServer === null),
    ).toBe(true);
    await sendWaiting(store, who.accountId, rest, () => 3);
    expect(seen).toHaveLength(4);
  });

  it('FLD-06 a refusal is kept in words, the next goes on, and nothing is dropped unless the person puts it away', async () => {
    const unlocked = await claimed();
    const first = await enter(unlocked, '一');
    await enter(unlocked, '二');
    const refuse: Send = async ({ requestId }) =>
      requestId === first
        ? { status: 409, answer: { title: '这次走访已由别人登记。', detail: { issues: [{ words: '请核对日期。' }] } } }
        : { status: 200, answer: {} };
    expect(await sendWaiting(store, who.accountId, refuse, () => 1)).toEqual({
      confirmed: 1,
      refused: 1,
      stopped: null,
    });
    const entry = await entryOf(first);
    expect(entry).toMatchObject({ state: 'refused', refusal: '这次走访已由别人登记。请核对日期。' });
    expect(await contentOf(entry, unlocked.key)).not.toBeNull();
    expect(await waitingOf(store, who.accountId)).toBe(1);
    await sendAgain(store, entry.seq);
    await putAway(store, entry.seq);
    expect(await waitingOf(store, who.accountId)).toBe(1);
    await sendWaiting(store, who.accountId, confirm, () => 2);
    expect(await waitingOf(store, who.accountId)).toBe(0);
  });

  it('FLD-07 stops when signed out, and goes up when the same person signs in again, never for another', async () => {
    const unlocked = await claimed();
    await enter(unlocked, '一');
    expect(
      (
        await sendWaiting(
          store,
          who.accountId,
          async () => 'signedOut',
          () => 1,
        )
      ).stopped,
    ).toBe('signedOut');
    await eraseReadable(store);
    const other = await claimPhone(store, { ...who, accountId: '00000000-0000-4000-8000-000000000002' }, '999999');
    expect(await sendWaiting(store, other.owner.accountId, confirm, () => 2)).toMatchObject({ confirmed: 0 });
    expect(await waitingOf(store, who.accountId)).toBe(1);
    expect(await sendWaiting(store, who.accountId, confirm, () => 3)).toMatchObject({ confirmed: 1 });
  });
});
