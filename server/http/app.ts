import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Registry, collectDefaultMetrics, Histogram } from 'prom-client';
import { endpoints } from '#contract/index.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { Platform } from './context.ts';
import { openApi } from './openapi.ts';
import { openApiPage } from './openapi-page.ts';
import { sendProblem } from './problem.ts';
import { failureOf, serveContract, type OpenRoute, type Route } from './serve.ts';

const webFolder = path.resolve(import.meta.dirname, '../../dist/web');

/** The policy of a page; the phone pages also compile the WebAssembly of argon2id, which wraps their key. */
function contentPolicy(nonce: string, options: { wasm: boolean } = { wasm: false }): string {
  return [
    "default-src 'none'",
    options.wasm ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Builds the HTTP server: headers, limits, contract, API page, web pages. */
export async function buildApp(
  platform: Platform,
  routes: readonly (Route | OpenRoute)[],
  options: { web: boolean; rateLimit?: number },
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    trustProxy: platform.config.trustedProxy ?? false,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'baoxue_request_seconds',
    help: 'Seconds a request took in the server',
    labelNames: ['endpoint', 'status'],
    buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });

  await app.register(cookie);
  await app.register(rateLimit, {
    global: true,
    max: options.rateLimit ?? platform.config.rateLimit,
    timeWindow: '1 minute',
    errorResponseBuilder: () => Object.assign(new Error('rate'), { statusCode: 429 }),
  });
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => {
    done(null, payload);
  });
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
      'content-security-policy': contentPolicy(''),
      ...(platform.config.production ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
  });
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      { endpoint: request.routeOptions.url ?? 'unknown', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, failureOf(platform, error, 'http')));

  serveContract(app, platform, routes);
  app.get('/api/health', async () => ({ alive: true }));
  app.get('/api/openapi.json', async () => openApi(endpoints));
  app.get('/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(openApiPage(endpoints)));
  app.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.ip)) return sendProblem(reply, new Failure('not-found', '没有这个页面。'));
    return reply.type(registry.contentType).send(await registry.metrics());
  });

  if (options.web) await serveWeb(app, platform);
  else app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Failure('not-found', '没有这个接口。')));
  return app;
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address === '::ffff:127.0.0.1';
}

async function serveWeb(app: FastifyInstance, platform: Platform): Promise<void> {
  await app.register(fastifyStatic, {
    root: webFolder,
    index: false,
    wildcard: true,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    allowedPath: (pathName) => !pathName.endsWith('.html'),
    setHeaders: (reply, filePath) => {
      // The service worker has one name for every release: the browser must ask for it anew.
      if (filePath.endsWith(`${path.sep}sw.js`)) void reply.header('cache-control', 'no-cache');
    },
  });
  const firstPage = firstPageOf(path.join(webFolder, 'index.html'));
  const phonePage = firstPageOf(path.join(webFolder, 'field', 'index.html'));
  const sendPage = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const phone = /^\/field(?:[/?]|$)/.test(request.url);
    const page = await (phone ? phonePage() : firstPage());
    if (page === null) {
      return reply
        .code(503)
        .headers({ 'cache-control': 'no-store', 'retry-after': '10' })
        .type('text/plain; charset=utf-8')
        .send('网页正在更新，请稍后刷新。如一直如此，请在服务器上重新运行 npm start 生成网页。');
    }
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', contentPolicy(nonce, { wasm: phone }))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('__NONCE__', nonce).replaceAll('__DISTRICT__', await districtName(platform)));
  };
  // a caller that accepts no compression would get the folder itself refused
  app.get('/', sendPage);
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/');
    if (!isPage || /\.\w{1,5}$/.test(request.url.split('?')[0] ?? ''))
      return sendProblem(reply, new Failure('not-found', '没有这个页面或接口。'));
    return sendPage(request, reply);
  });
}

/** Reads the first page as it stands on disk now, so that pages built anew are served without a new start; null while there are none. */
export function firstPageOf(file: string): () => Promise<string | null> {
  let read: { at: number; text: string } | null = null;
  return async () => {
    const at = await stat(file).then(
      (found) => found.mtimeMs,
      () => null,
    );
    if (at === null) return null;
    if (read?.at === at) return read.text;
    const text = await readFile(file, 'utf8').catch(() => null);
    read = text === null ? null : { at, text };
    return text;
  };
}

/** The district's name for the sign-in page; empty while there is none, or more than one. */
async function districtName(platform: Platform): Promise<string> {
  const found = await platform.database.appPool.query<{ name: string }>('SELECT name FROM district LIMIT 2');
  return found.rows.length === 1 ? (found.rows[0]?.name ?? '').replaceAll(/[<>&"]/g, '') : '';
}
