import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { AsOf } from '#contract/as-of.ts';
import { exportList, mostExported } from '#contract/lists.ts';
import type { Endpoint, ParsedOf } from '#contract/endpoint.ts';
import { asOfWords, type AsOfAsked } from '#domain/basics/as-of.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { grants } from '#domain/basics/grants.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import { roles } from '#domain/basics/roles.ts';
import { sheetFile } from '../spreadsheets/sheet-file.ts';
import { noteOf } from './as-of.ts';
import type { Actor, Context, Reach } from './context.ts';
import type { ListSheet } from './list-sheet.ts';
import { actorReach, recordRefusal } from './run.ts';
import { answer, parseInput, type Call, type FileAnswer, type OpenRoute, type Route } from './serve.ts';
import { underReach } from './under-reach.ts';

/** Rows asked of a list at a time: others are answered between. */
const atOnce = 500;
/** How often a list that changed under the reading is begun anew. */
const attempts = 3;
/** Filters that hold what somebody typed, a name as a rule: the trail says only that there was one. */
const typed: ReadonlySet<string> = new Set(['q', 'actor']);

const Page = z.object({ rows: z.array(z.unknown()), total: z.number().int() });

/** What is granted to everybody for the whole district, such as the places of the district, has no reach of its own. */
function isForAll(permission: Permission): boolean {
  return roles.every((role) => grants[role][permission] === 'district');
}

/** The actor with only those posts that may both export and read the list, so that nothing is read for one post and taken away with another. */
function exporterOf(actor: Actor, needed: readonly Permission[]): Actor {
  const posts = actor.posts.filter(({ role }) => needed.every((permission) => grants[role][permission] !== undefined));
  return { ...actor, posts };
}

/** The context of the list under the reach of both permissions; null where one is missing. */
function listContext(context: Context, endpoint: Endpoint): { context: Context; reach: Reach } | null {
  const own = endpoint.permission;
  if (own === null) return null;
  const needed: Permission[] = ['export.lists', own, ...(endpoint.alsoNeeds ? [endpoint.alsoNeeds] : [])];
  const actor = exporterOf(context.actor, needed);
  const reachFor = (permission: Permission) => actorReach(actor, permission);
  const reaches = needed.map(reachFor);
  const [leaving] = reaches;
  if (!leaving || reaches.includes(null)) return null;
  // The posts are the same for each, so that what is narrower is the reach of both.
  const narrowest = reaches.find((reach) => reach?.all === false) ?? leaving;
  return { context: { ...context, actor, reachFor }, reach: isForAll(own) ? (reachFor(own) ?? leaving) : narrowest };
}

async function refuse(context: Context, endpoint: Endpoint): Promise<never> {
  const { actor } = context;
  await recordRefusal(context.platform, {
    district: actor.district,
    actorId: actor.id,
    actorName: actor.name,
    verb: exportList.name,
    subjectKind: 'export',
    subjectId: endpoint.name,
    reason: null,
    detail: { refused: 'permission' },
  });
  throw new Failure('not-allowed', '您的岗位没有这项权限。如工作需要，请联系安全管理员调整岗位。');
}

/** Every row of a list as its own endpoint answers it, page after page; null where the list changed in between. */
async function readOnce(context: Context, route: Route, asked: object, call: Call): Promise<unknown[] | null> {
  const rows: unknown[] = [];
  let total: number | null = null;
  for (let page = 1; ; page += 1) {
    // as: parsed by the endpoint's own input, which has page and size
    const made = await route.answer(context, { ...asked, page, size: atOnce } as never, call);
    const answered = Page.parse(route.endpoint.output.parse(made));
    if (answered.total > mostExported)
      throw new Failure(
        'input-wrong',
        `这张名单有 ${answered.total.toLocaleString('zh-CN')} 行，一次最多导出 ${mostExported.toLocaleString('zh-CN')} 行。请先用筛选条件缩小范围，再分几次导出。`,
      );
    if (total !== null && total !== answered.total) return null;
    total = answered.total;
    rows.push(...answered.rows);
    if (rows.length >= total || answered.rows.length === 0) return rows.length === total ? rows : null;
    await setImmediate();
  }
}

async function readAll(context: Context, route: Route, asked: object, call: Call): Promise<unknown[]> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const rows = await readOnce(context, route, asked, call);
    if (rows !== null) return rows;
  }
  throw new Failure('changed-meanwhile', '导出时这张名单正在变化，请稍后再导出一次。');
}

/** As of which day and as known when the list stands, for the lists that take the pair. */
function pairOf(asked: object): AsOfAsked {
  const pair = AsOf.safeParse(asked);
  return pair.success ? pair.data : {};
}

/** The filters as the trail keeps them, without what somebody typed. */
function keptFilters(asked: object): Record<string, unknown> {
  const given = Object.entries(asked).filter(
    ([key, value]) => !['page', 'size'].includes(key) && value !== undefined && value !== null,
  );
  return Object.fromEntries(given.map(([key, value]) => [key, typed.has(key) ? '（已填写）' : value]));
}

/**
 * Answers the export of any list of the registry: the list's own handler, its own input and output, read under the reach of both the
 * right to export and the right to the list, written with who exported it, and kept in the trail with list, rows and filters.
 */
export function listExport(routes: readonly (Route | OpenRoute)[], sheets: readonly ListSheet[]): Route {
  async function made(context: Context, input: ParsedOf<typeof exportList>, call: Call): Promise<FileAnswer> {
    const { list, ...filters } = input;
    const sheet = sheets.find((one) => one.list === list);
    const route = routes.find((one): one is Route => 'answer' in one && one.endpoint.name === list);
    if (!sheet || !route) throw notFound('名单', '张');
    const under = listContext(context, route.endpoint);
    if (!under) return refuse(context, route.endpoint);
    // as: the input of a list is an object with its filters
    const asked = parseInput(route.endpoint, { ...filters, page: 1, size: 1 }) as object;
    const rows = await underReach(under.context, under.reach, (inner) => readAll(inner, route, asked, call));
    const written = await sheetFile(`${sheet.title}_${context.today}.xlsx`, {
      title: sheet.title,
      note: noteOf(asOfWords(pairOf(asked)), `导出日期：${context.today}`, '按导出时列表上的筛选条件'),
      columns: [{ label: '序号', kind: 'number', width: 6 }, ...sheet.columns],
      rows: rows.map((row, index) => [index + 1, ...sheet.cells(row, context.today)]),
      complete: { total: rows.length },
      watermark: `${context.actor.name} ${context.today} 导出 含个人信息，请妥善保管`,
    });
    const { rows: count, complete, file } = written;
    context.note({
      subjectKind: 'export',
      subjectId: list,
      detail: { list: sheet.title, rows: count, complete, ...keptFilters(asked) },
    });
    return file;
  }
  return answer(exportList, made);
}
