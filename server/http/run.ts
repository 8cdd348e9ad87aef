import type pg from 'pg';
import type { Permission } from '#domain/basics/permissions.ts';
import { reachFor } from '#domain/basics/reach.ts';
import { chinaDay } from '../clock.ts';
import { inTransaction } from '../database/transaction.ts';
import { appendLink, lockChain, nextKnownAt, type AuditLink, type Head } from './audit.ts';
import { writeReading } from './reading-trail.ts';
import type { Actor, AuditNote, Context, Platform, Reach } from './context.ts';

/** What an actor may reach with a permission; a token is held to its own list, a person to his posts. */
export function actorReach(actor: Actor, permission: Permission): Reach | null {
  if (actor.kind === 'platform') return { all: true, tokens: [] };
  if (actor.kind === 'token') return actor.tokenPermissions?.includes(permission) ? { all: true, tokens: [] } : null;
  return reachFor(actor.posts, permission);
}

/** How one write or read runs: under whose reach, and what it leaves in the trail. */
export interface RunOptions {
  actor: Actor;
  reach: Reach;
  /** Verb of the audit row; null leaves none. */
  audit: string | null;
  /** A call that only reads: its audit row may follow the transaction, before the answer leaves. */
  reading?: boolean;
  pool?: pg.Pool;
}

/** Whether the transaction has written nothing so far. */
async function wroteNothing(client: pg.ClientBase): Promise<boolean> {
  const found = await client.query<{ nothing: boolean }>({
    name: 'wrote-nothing',
    text: 'SELECT pg_current_xact_id_if_assigned() IS NULL AS nothing',
  });
  return found.rows[0]?.nothing === true;
}

/**
 * Runs work in one transaction with its audit row: change and trail stand or fall together. Of a call that reads and wrote nothing the
 * row is written right after it, together with those of others, before anything is answered.
 * The chain lock is taken when `knownAt` is first asked for, at the latest before the audit row.
 */
export async function runAs<T>(
  platform: Platform,
  options: RunOptions,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { actor, reach } = options;
  const after: (() => void)[] = [];
  const read: AuditLink[] = [];
  const result = await inTransaction(
    options.pool ?? platform.database.appPool,
    { district: actor.district, actor: actor.id, all: reach.all, tokens: reach.tokens },
    async (client) => {
      after.length = 0;
      read.length = 0;
      const now = platform.clock.now();
      const chain: { allotted: { head: Head; knownAt: string } | null } = { allotted: null };
      const allot = async () => {
        if (!chain.allotted) {
          const head = await lockChain(client, actor.district);
          chain.allotted = { head, knownAt: nextKnownAt(platform.clock.now(), head) };
        }
        return chain.allotted;
      };
      const notes: AuditNote = {};
      const context: Context = {
        platform,
        keys: platform.keys,
        client,
        district: actor.district,
        actor,
        reach,
        now,
        today: chinaDay(now),
        newId: () => platform.newId(),
        knownAt: async () => (await allot()).knownAt,
        note: (note) => {
          Object.assign(notes, { ...note, detail: { ...notes.detail, ...note.detail } });
        },
        reachFor: (permission) => actorReach(actor, permission),
        announce: async (news) => {
          for (const hear of platform.listeners) await hear(context, news);
        },
        afterCommit: (then) => after.push(then),
      };
      const answer = await work(context);
      if (options.audit !== null) {
        const link: AuditLink = {
          district: actor.district,
          actorId: actor.id,
          actorName: actor.name,
          verb: options.audit,
          subjectKind: notes.subjectKind ?? null,
          subjectId: notes.subjectId ?? null,
          reason: notes.reason ?? null,
          outcome: 'done',
          detail: notes.detail ?? {},
        };
        if (options.reading === true && !chain.allotted && (await wroteNothing(client))) read.push(link);
        else {
          const { head, knownAt } = await allot();
          await appendLink(client, platform.keys, head, knownAt, link);
        }
      }
      return answer;
    },
  );
  for (const link of read) await writeReading(platform, link);
  for (const then of after) then();
  return result;
}

/** Records a denial, a failed sign-in or another refusal in a transaction of its own. */
export async function recordRefusal(platform: Platform, link: Omit<AuditLink, 'outcome'>): Promise<void> {
  await inTransaction(
    platform.database.appPool,
    { district: link.district, actor: link.actorId, all: false, tokens: [] },
    async (client) => {
      const head = await lockChain(client, link.district);
      await appendLink(client, platform.keys, head, nextKnownAt(platform.clock.now(), head), {
        ...link,
        outcome: 'refused',
      });
    },
  );
}

/** The platform as an actor, for jobs and commands. */
export function platformActor(district: string, name = '平台'): Actor {
  return {
    kind: 'platform',
    id: 'platform',
    name,
    district,
    posts: [],
    staffId: null,
    login: null,
    secondFactor: true,
    mustChangePassword: false,
    needsSecondFactorSetup: false,
    tokenPermissions: null,
    sessionHash: null,
  };
}
