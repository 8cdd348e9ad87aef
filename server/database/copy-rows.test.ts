import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import copyStreams from 'pg-copy-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '#server/testing/world.ts';
import { createCopyRows } from './copy-rows.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

test('the binary form of COPY arrives as it was written: every kind of field, nothing, rare characters, more than one buffer', async () => {
  const client = await world.platform.database.loaderPool.connect();
  try {
    await client.query(
      'CREATE TEMP TABLE kinds (place int, t text, i uuid, b bytea, n int, f boolean, d date, many text[], j jsonb)',
    );
    const id = '0193f00d-1abc-7def-8fff-0123456789ab';
    const long = '龘𠮷\t\\N\n"'.repeat(40_000);
    const rows = createCopyRows();
    const full = (place: number, text: string) => {
      rows.begin(9);
      rows.int(place);
      rows.text(text);
      rows.id(id);
      rows.bytes(Buffer.from([0, 255, 92, 10]));
      rows.int(-2_147_483_648);
      rows.flag(true);
      rows.day('1999-12-31');
      rows.texts(['', 'a,"b"', '汉']);
      rows.json({ 名: ['x', null, 1.5], long: text });
    };
    full(1, '');
    full(2, long);
    rows.begin(9);
    rows.int(3);
    rows.text(null);
    rows.id(null);
    rows.bytes(null);
    rows.int(null);
    rows.flag(false);
    rows.day(null);
    rows.texts(null);
    rows.json(null);
    rows.begin(9);
    rows.int(4);
    rows.text('x');
    rows.id(id.toUpperCase());
    rows.bytes(Buffer.alloc(3_000_000, 7));
    rows.int(0);
    rows.flag(false);
    rows.day('2026-02-28');
    rows.texts([]);
    rows.json([]);
    const first = rows.take();
    full(5, '尾');
    await pipeline(
      Readable.from([first, rows.end()]),
      client.query(copyStreams.from('COPY kinds FROM STDIN WITH (FORMAT binary)')),
    );
    const found = await client.query(
      'SELECT place, t, i::text, b, n, f, d::text, many, j FROM kinds WHERE place IN (1, 3, 5) ORDER BY place',
    );
    const one = { i: id, b: Buffer.from([0, 255, 92, 10]), n: -2_147_483_648, f: true, d: '1999-12-31', many: ['', 'a,"b"', '汉'] }; // prettier-ignore
    expect(found.rows).toEqual([
      { place: 1, t: '', ...one, j: { 名: ['x', null, 1.5], long: '' } },
      { place: 3, t: null, i: null, b: null, n: null, f: false, d: null, many: null, j: null },
      { place: 5, t: '尾', ...one, j: { 名: ['x', null, 1.5], long: '尾' } },
    ]);
    const large = await client.query<{ t: string; same: boolean }>(`SELECT t, j ->> 'long' = t AS same FROM kinds WHERE place = 2`); // prettier-ignore
    expect(large.rows).toEqual([{ t: long, same: true }]);
    const fourth = await client.query(`SELECT i::text, length(b) AS b, get_byte(b, 2999999) AS last, d::text, many, j FROM kinds WHERE place = 4`); // prettier-ignore
    expect(fourth.rows).toEqual([{ i: id, b: 3_000_000, last: 7, d: '2026-02-28', many: [], j: [] }]);
  } finally {
    client.release(true);
  }
});
