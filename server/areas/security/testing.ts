import * as contract from '#contract/security.ts';
import * as organisations from '#contract/organisations.ts';
import { blindIndex } from '#server/crypto/seal.ts';
import { inTransaction } from '#server/database/transaction.ts';
import { send, type World } from '#server/testing/world.ts';

/** Moves the clock of a world on by minutes. */
export function later(world: World, minutes: number): void {
  world.clock.move(new Date(world.platform.clock.now().getTime() + minutes * 60_000).toISOString());
}

/** What a try to sign in answered: its problem code or its own answer, and the cookie that was set. */
export interface Tried {
  status: number;
  body: { code?: string; title?: string; signedIn?: boolean; secondFactorNeeded?: boolean };
  set: string;
  cookie: string;
}

/** Tries to sign in, as a browser on a computer does. */
export async function tryToSignIn(world: World, login: string, password: string, code?: string): Promise<Tried> {
  const answered = await send(
    world.app,
    contract.signIn,
    { login, password, ...(code ? { code } : {}) },
    { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/130' },
  );
  const sent = answered.headers['set-cookie'];
  const set = typeof sent === 'string' ? sent : '';
  return {
    status: answered.status,
    // as: problem+json or the sign-in's own answer
    body: answered.body as Tried['body'],
    set,
    cookie: /baoxue_session=([^;]+)/.exec(set)?.[1] ?? '',
  };
}

/** The status that a session's cookie is answered with. */
export async function statusOf(world: World, cookie: string | undefined): Promise<number> {
  return (await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${cookie ?? ''}` })).status;
}

/** A row of the audit trail as tests read it. */
export interface TrailRow {
  verb: string;
  outcome: string;
  actor_name: string;
  subject_id: string | null;
  reason: string | null;
  detail: Record<string, unknown>;
}

/** The newest row of the audit trail. */
export async function lastAudit(world: World): Promise<TrailRow> {
  const found = await world.platform.database.loaderPool.query<TrailRow>(
    'SELECT verb, outcome, actor_name, subject_id, reason, detail FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1',
    [world.district],
  );
  const row = found.rows[0];
  if (!row) throw new Error('no audit row');
  return row;
}

/** Adds a school and answers its id and code. */
export async function makeSchool(world: World, code: string, name: string): Promise<{ id: string; code: string }> {
  const keeper = await world.person('bureauOfficer', world.district);
  const { id } = await keeper.call(organisations.saveSchool, {
    code,
    name,
    stage: '小学',
    subdistrictCode: null,
    contact: null,
    fromDate: '2020-09-01',
    toDate: null,
  });
  return { id, code };
}

/** Adds a child within reach of a school. */
export async function makeChild(world: World, schoolId: string, name = '陈小满'): Promise<string> {
  const { platform, district } = world;
  const id = platform.newId();
  await inTransaction(platform.database.appPool, { district, actor: 'test', all: true, tokens: [] }, (client) =>
    client.query(
      `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, document_type, document_index, identity, reach, created_at, changed_at)
       VALUES ($1, $2, $3, $4, 'chenxiaoman', 'cxm', '1', $5, 'proven', $6, $7, $7)`,
      [
        district,
        id,
        name,
        name.slice(1),
        blindIndex(platform.keys, 'document', id),
        [`school:${schoolId}`],
        platform.clock.now(),
      ],
    ),
  );
  return id;
}
