import { Readable } from 'node:stream';
import type {} from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { Actor, Context, Platform, Reach } from './context.ts';
import { isConnectionLost } from '../database/lost-connection.ts';
import { dispositionOf } from '../files/file-name.ts';
import { removeStoredFile, storeFile, type StoredFile } from '../files/store.ts';
import { placesOf } from './error-places.ts';
import { daysOutOfTime, plainInput } from './plain-input.ts';
import { fieldIssues, sendProblem } from './problem.ts';
import { recall } from './remembered.ts';
import { actorReach, recordRefusal, runAs } from './run.ts';
import { actorOfSession, actorOfToken } from './sessions.ts';

/** A file that an endpoint answers with. */
export interface FileAnswer {
  fileName: string;
  contentType: string;
  body: Readable | Buffer;
}

/** A parsed call with the raw request beside it, for uploads and sign-in. */
export interface Call {
  request: FastifyRequest;
  reply: FastifyReply;
  /** The body of an upload, already sealed in the file store. */
  upload: StoredFile | null;
}

/** An endpoint with what answers it. */
export interface Route {
  endpoint: Endpoint;
  answer(context: Context, input: never, call: Call): Promise<unknown>;
}

/** A call that is open before sign-in: it manages its own transactions. */
export interface OpenRoute {
  endpoint: Endpoint;
  open(platform: Platform, input: never, call: Call): Promise<unknown>;
}

/** Joins an endpoint and its handler; the handler's types follow from the contract. */
export function answer<Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  handler: (context: Context, input: z.output<Input>, call: Call) => Promise<z.input<Output> | FileAnswer>,
): Route {
  // as: serve parses with this endpoint's own input schema before it calls the handler
  return { endpoint: endpoint, answer: handler };
}

/** Joins an endpoint without permission and its handler. */
export function answerOpen<Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  handler: (platform: Platform, input: z.output<Input>, call: Call) => Promise<z.input<Output>>,
): OpenRoute {
  // as: see answer
  return { endpoint: endpoint, open: handler };
}

const RequestId = z.uuid();
/** Name of the session cookie. */
export const sessionCookie = 'baoxue_session';

async function whoAsks(platform: Platform, request: FastifyRequest): Promise<Actor | null> {
  const bearer = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return actorOfToken(platform, bearer);
  const cookie = request.cookies[sessionCookie];
  return cookie ? actorOfSession(platform, cookie) : null;
}

/** Refuses writes that another site could have caused: own header, own origin. */
function checkOrigin(request: FastifyRequest): void {
  if (request.headers['x-baoxue'] !== '1')
    throw new Failure('origin-wrong', '这次提交不是从本平台页面发出的，已拒绝。');
  const origin = request.headers.origin;
  if (origin !== undefined && new URL(origin).host !== request.headers.host) {
    throw new Failure('origin-wrong', '这次提交来自其他网站，已拒绝。');
  }
}

function rawInput(endpoint: Endpoint, request: FastifyRequest): unknown {
  const params = typeof request.params === 'object' && request.params !== null ? request.params : {};
  const query = typeof request.query === 'object' && request.query !== null ? request.query : {};
  if (endpoint.method === 'GET' || endpoint.upload) return { ...query, ...params };
  const body = request.body;
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) return body;
  return { ...body, ...params };
}

/** What an endpoint's handler receives; a malformed input is refused with its fields in words. */
export function parseInput(endpoint: Endpoint, raw: unknown): unknown {
  const parsed = endpoint.input.safeParse(plainInput(raw));
  const issues = parsed.success ? daysOutOfTime(parsed.data) : fieldIssues(parsed.error);
  if (issues.length > 0) throw new Failure('input-wrong', '填写的内容有问题，请按提示改正后再提交。', { issues });
  return parsed.data;
}

async function refuse(platform: Platform, actor: Actor, endpoint: Endpoint, why: string): Promise<void> {
  await recordRefusal(platform, {
    district: actor.district,
    actorId: actor.id,
    actorName: actor.name,
    verb: endpoint.name,
    subjectKind: null,
    subjectId: null,
    reason: null,
    detail: { refused: why },
  });
}

async function permitted(platform: Platform, actor: Actor, endpoint: Endpoint): Promise<Reach> {
  const permission = endpoint.permission;
  if (permission === null) throw new Failure('internal', '接口没有声明权限。');
  if (actor.kind === 'person' && permission !== 'session.own') {
    if (actor.mustChangePassword) throw new Failure('password-change-needed', '首次登录或密码已被重置，请先修改密码。');
    if (actor.needsSecondFactorSetup)
      throw new Failure('second-factor-setup-needed', '您的岗位须使用动态口令，请先绑定。');
  }
  const own = actorReach(actor, permission);
  const reach = own && endpoint.alsoNeeds ? actorReach(actor, endpoint.alsoNeeds) : own;
  if (!reach) {
    await refuse(platform, actor, endpoint, 'permission');
    throw new Failure('not-allowed', '您的岗位没有这项权限。如工作需要，请联系安全管理员调整岗位。');
  }
  return reach;
}

function isFile(value: unknown): value is FileAnswer {
  return typeof value === 'object' && value !== null && 'contentType' in value && 'body' in value;
}

function sendFile(reply: FastifyReply, file: FileAnswer): FastifyReply {
  return reply
    .header('content-disposition', dispositionOf(file.fileName))
    .header('cache-control', 'no-store')
    .type(file.contentType)
    .send(file.body);
}

async function handle(
  platform: Platform,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { endpoint } = route;
  const actor = await whoAsks(platform, request);
  if (!actor) throw new Failure('signed-out', '登录已失效，请重新登录。已填写的内容会保留在页面上。');
  const reach = await permitted(platform, actor, endpoint);
  if (endpoint.method === 'POST' && actor.kind === 'person') checkOrigin(request);
  const input = parseInput(endpoint, rawInput(endpoint, request));
  const requestId = endpoint.method === 'POST' ? RequestId.safeParse(request.headers['x-request-id']) : null;
  if (requestId && !requestId.success)
    throw new Failure('input-wrong', '缺少请求编号，请刷新页面后再试。', {
      issues: [{ path: 'x-request-id', words: '应为 UUID。' }],
    });
  const upload = endpoint.upload ? await receive(platform, request, endpoint) : null;
  const call: Call = { request, reply, upload };
  const options = { actor, reach, audit: endpoint.audit, reading: endpoint.method === 'GET' };
  const run = runAs(platform, options, async (context) => {
    const remembered =
      requestId && !endpoint.upload && !endpoint.download
        ? await recall(context, endpoint.name, requestId.data, input)
        : null;
    // as: parsed by this endpoint's own schema just above
    if (remembered && 'answer' in remembered) return remembered.answer;
    const made = await route.answer(context, input as never, call);
    if (isFile(made)) return made;
    const output = endpoint.output.parse(made);
    if (remembered && 'keep' in remembered) await remembered.keep(output);
    return output;
  });
  return run.catch(async (error: unknown) => {
    // Where the connection was lost the change may stand all the same: then its file must not go.
    if (upload && !isConnectionLost(error)) await removeStoredFile(platform.config.dataDirectory, upload.storedName);
    throw error;
  });
}

async function receive(platform: Platform, request: FastifyRequest, { bodyLimit }: Endpoint): Promise<StoredFile> {
  if (!(request.body instanceof Readable)) throw new Failure('file-empty', '没有收到文件，请重新选择后上传。');
  // The request itself must outlive a refusal, or the caller sees a broken connection instead of the words.
  const body = Readable.from(request.body.iterator({ destroyOnReturn: false }), { objectMode: false });
  return storeFile(platform.keys, platform.config.dataDirectory, platform.newId(), body, bodyLimit);
}

/** Says what a thrown value means to the caller; unknown errors are logged and answered without detail. */
export function failureOf(platform: Platform, error: unknown, where: string): Failure {
  if (error instanceof Failure) return error;
  if (isConnectionLost(error)) return new Failure('busy', '平台正忙，或数据库正在恢复，请稍候再试；已保存的不会重复。');
  if (typeof error === 'object' && error !== null && 'statusCode' in error) {
    if (error.statusCode === 413) return new Failure('file-too-large', '提交的内容太大。');
    if (error.statusCode === 429) return new Failure('too-many', '操作太频繁，请稍后再试。');
    if (typeof error.statusCode === 'number' && error.statusCode < 500)
      return new Failure('input-wrong', '提交的内容无法识别，请刷新页面后再试。');
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
  if (code === '23P01' || code === '23505')
    return new Failure('changed-meanwhile', '同一记录刚被别人改动，请刷新后再试。');
  platform.log.error(
    {
      where,
      code,
      name: error instanceof Error ? error.name : typeof error,
      stack: error instanceof Error ? placesOf(error, code) : undefined,
    },
    'request failed',
  );
  return new Failure('internal', '平台出现意外，本次操作没有保存。请稍后再试；如反复出现，请联系系统管理员。');
}

/** Binds the contract to Fastify: session, permission, parse, remembered answer, handler, output, audit, commit. */
export function serveContract(app: FastifyInstance, platform: Platform, routes: readonly (Route | OpenRoute)[]): void {
  for (const route of routes) {
    const { endpoint } = route;
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      ...(endpoint.upload ? { bodyLimit: 210 * 1024 * 1024 } : {}),
      ...(endpoint.bodyLimit === undefined ? {} : { bodyLimit: endpoint.bodyLimit }),
      handler: async (request, reply) => {
        try {
          if ('open' in route) {
            if (endpoint.method === 'POST') checkOrigin(request);
            // as: parsed by this endpoint's own schema
            const open = await route.open(platform, parseInput(endpoint, rawInput(endpoint, request)) as never, {
              request,
              reply,
              upload: null,
            });
            return await reply.header('cache-control', 'no-store').send(open ?? null);
          }
          const made = await handle(platform, route, request, reply);
          if (isFile(made)) return await sendFile(reply, made);
          return await reply
            .header('cache-control', 'no-store')
            .type('application/json; charset=utf-8')
            .send(JSON.stringify(made ?? null));
        } catch (error) {
          return await sendProblem(reply, failureOf(platform, error, endpoint.name));
        }
      },
    });
  }
}
