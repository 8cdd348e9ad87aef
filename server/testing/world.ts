import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { createDistrict } from '#server/areas/organisations/actions.ts';
import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import { importNow, type HandIn } from '#server/areas/imports/actions.ts';
import type { Performed } from '#server/areas/imports/perform.ts';
import { stoppedClock } from '#server/clock.ts';
import type { Config } from '#server/config.ts';
import { keysFrom, type Keys } from '#server/crypto/keys.ts';
import type { Database } from '#server/database/open.ts';
import { removeData, startTestServer, type TestServer } from '#server/database/test-server.ts';
import { buildApp } from '#server/http/app.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor } from '#server/http/run.ts';
import { openPlatform, prepareDatabase, uuidV7 } from '#server/platform.ts';
import { connectListeners } from '#server/listeners.ts';
import { routes } from '#server/routes.ts';
import type { Role } from '#domain/basics/roles.ts';
import { loadBinjiang } from './binjiang.ts';

/** An answer of the world: status and body. */
export interface Answered<T = unknown> {
  status: number;
  body: T;
  headers: Record<string, unknown>;
}

/** A whole server in this process on a fresh database, with a clock that stands still. */
export interface World {
  platform: Platform;
  app: FastifyInstance;
  district: string;
  clock: ReturnType<typeof stoppedClock>;
  /** Makes a person with a post and signs in; the unit is a school code, class id, street or community code. */
  person(role: Role, unitId: string, name?: string, inDistrict?: string): Promise<Person>;
  /** Imports a file at once. */
  importFile(input: HandIn, content: Buffer): Promise<Performed>;
  stop(): Promise<void>;
}

/** A signed-in person of the world. */
export interface Person {
  name: string;
  login: string;
  cookie: string;
  /** Calls an endpoint as this person; answers status and body, never throws. */
  ask<E extends Endpoint>(
    endpoint: E,
    input: InputOf<E>,
    options?: { requestId?: string; headers?: Record<string, string> },
  ): Promise<Answered<OutputOf<E>>>;
  /** Calls and expects 200. */
  call<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>>;
}

/** The password of everybody in test worlds. */
export const testPassword = 'Baoxue-test-2026';

/** Sends a call into a server without a network. */
export async function send(
  app: FastifyInstance,
  endpoint: Endpoint,
  input: unknown,
  headers: Record<string, string>,
): Promise<Answered> {
  const given = typeof input === 'object' && input !== null ? { ...(input as Record<string, unknown>) } : {}; // as: a plain input object
  let url: string = endpoint.path;
  for (const found of endpoint.path.matchAll(/:(\w+)/g)) {
    const key = found[1] ?? '';
    url = url.replace(`:${key}`, encodeURIComponent(String(given[key])));
    delete given[key];
  }
  const query = endpoint.method === 'GET' || endpoint.upload;
  const text = query
    ? new URLSearchParams(
        Object.entries(given)
          .filter(([, value]) => value !== undefined)
          .map(([key, value]) => [key, String(value)]),
      ).toString()
    : '';
  const answered = await app.inject({
    method: endpoint.method,
    url: text ? `${url}?${text}` : url,
    headers: { 'x-baoxue': '1', ...(endpoint.method === 'POST' ? { 'x-request-id': randomUUID() } : {}), ...headers },
    ...(query ? {} : { payload: given }),
  });
  const json = String(answered.headers['content-type']).includes('json');
  return {
    status: answered.statusCode,
    body: json ? answered.json<unknown>() : answered.rawPayload,
    headers: answered.headers,
  };
}

/** What a world is opened with. */
export interface WorldOptions {
  /** The moment at which its clock stands; 2026-11-20 10:00 in China when not given. */
  now?: string;
  district?: string;
  /** An installation of its own, database and key file included, so that processes beside this one can be started on it. */
  own?: boolean;
  /** The lists of the Binjiang sample as `loadBinjiang` imports them at the usual moment, copied from the first world that asked for them; `now` may be later. */
  lists?: 'binjiang';
}

const usualNow = '2026-11-20T02:00:00Z';
const usualDistrict = '420102';

function platformConfig(folder: string): Config {
  return {
    dataDirectory: folder,
    databaseUrl: null,
    port: 0,
    host: '127.0.0.1',
    production: false,
    keyFile: path.join(folder, 'master.key'),
    requireSecondFactor: false,
    rateLimit: 1_000_000,
    trustedProxy: null,
    testClock: null,
    smtpUrl: null,
    mailFrom: 'baoxue@localhost',
    publicUrl: null,
    robotHosts: [],
  };
}

function platformOn(folder: string, keys: Keys, database: Database, now: string) {
  const clock = stoppedClock(now);
  const platform: Platform = {
    config: platformConfig(folder),
    keys,
    database,
    clock,
    newId: () => uuidV7(clock.now().getTime()),
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (detail) => process.stderr.write(`${JSON.stringify(detail)}\n`),
    },
    listeners: [],
    wake: () => undefined,
  };
  connectListeners(platform);
  return { platform, clock };
}

async function worldFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-world-'));
  // Fonts are unpacked once for all worlds of this machine.
  const fonts = path.join(tmpdir(), 'baoxue-test-fonts');
  await mkdir(fonts, { recursive: true });
  await symlink(fonts, path.join(folder, 'fonts'));
  return folder;
}

const sharedKeys = keysFrom({ master: '11'.repeat(32), dataVersion: 1, indexVersion: 1 });

/** Brings an empty database to the sample's district with its lists. */
async function fillWithLists(database: Database): Promise<void> {
  const folder = await worldFolder();
  const { platform } = platformOn(folder, sharedKeys, database, usualNow);
  await createDistrict(platform, usualDistrict);
  await loadBinjiang({
    importFile: (input, content) => importNow(platform, platformActor(usualDistrict), input, content),
  });
  await removeData(folder);
  // As after the hours in which people work with a district: without it every page is planned for empty tables.
  await database.ownerPool.query('VACUUM (ANALYZE)');
}

/** A migrated database of its own, with the sample's district and lists when they are asked for: a copy of a prepared one where that is possible. */
async function worldDatabase(server: TestServer, lists: WorldOptions['lists']): Promise<Database> {
  const name = `world_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  if (!server.copies) {
    const database = await server.makeDatabase(name);
    await prepareDatabase(database);
    if (lists !== undefined) await fillWithLists(database);
    return database;
  }
  const migrated = await server.makeTemplate('world_migrated', null, async (database) => {
    await prepareDatabase(database);
  });
  if (lists === undefined) return server.makeDatabase(name, migrated);
  return server.makeDatabase(name, await server.makeTemplate('world_binjiang', migrated, fillWithLists));
}

/** Opens a world on an empty district 420102 at 2026-11-20 10:00 in China, or as the options say. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await worldFolder();
  const district = options.district ?? usualDistrict;
  const now = options.now ?? usualNow;
  if (options.lists !== undefined && (now < usualNow || district !== usualDistrict || options.own === true))
    throw new Error('the sample is copied from the usual moment on and at the usual place only: call loadBinjiang');
  const server = options.own === true ? null : await startTestServer();
  const { keys, database } =
    server === null
      ? await openPlatform(platformConfig(folder))
      : {
          keys: sharedKeys,
          database: await worldDatabase(server, options.lists),
        };
  const { platform, clock } = platformOn(folder, keys, database, now);
  if (options.lists === undefined) await createDistrict(platform, district);
  const app = await buildApp(platform, routes, { web: false, rateLimit: 1_000_000 });
  let people = 0;
  return {
    platform,
    app,
    district,
    clock,
    person: async (role, unitId, name, inDistrict = district) => {
      people += 1;
      const login = `${role.toLowerCase()}${String(people)}`;
      const shown = name ?? `测试${String(people)}`;
      await createStaffWithAccount(platform, {
        district: inDistrict,
        name: shown,
        login,
        password: testPassword,
        posts: [{ role, unitId }],
        mustChange: false,
      });
      return signedIn(app, shown, login);
    },
    importFile: (input, content) => importNow(platform, platformActor(district), input, content),
    stop: async () => {
      await app.close();
      if (server === null) await database.stop();
      else await server.stop();
      await removeData(folder);
    },
  };
}

async function signedIn(app: FastifyInstance, name: string, login: string): Promise<Person> {
  const answered = await app.inject({
    method: 'POST',
    url: '/api/sign-in',
    headers: { 'x-baoxue': '1' },
    payload: { login, password: testPassword },
  });
  const cookie = answered.cookies.find((one) => one.name === 'baoxue_session')?.value;
  if (!cookie) throw new Error(`sign-in failed: ${answered.body}`);
  const ask: Person['ask'] = async (endpoint, input, options = {}) => {
    const headers = {
      cookie: `baoxue_session=${cookie}`,
      ...(options.requestId ? { 'x-request-id': options.requestId } : {}),
      ...options.headers,
    };
    // as: the server parsed its answer with the endpoint's own output schema
    return (await send(app, endpoint, input, headers)) as never;
  };
  return {
    name,
    login,
    cookie,
    ask,
    call: async (endpoint, input) => {
      const answered = await ask(endpoint, input);
      if (answered.status !== 200)
        throw new Error(`${endpoint.name}: ${String(answered.status)} ${JSON.stringify(answered.body)}`);
      return answered.body;
    },
  };
}
