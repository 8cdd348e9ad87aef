import type pg from 'pg';
import type { AuditDetail, AuditSubject } from '#domain/security/trail-words.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import type { HeldPost } from '#domain/basics/roles.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Keys } from '../crypto/keys.ts';
import type { Database } from '../database/open.ts';
import type { News } from './news.ts';

/** Who asks: a signed-in person, a token of another system, or the platform itself. */
export interface Actor {
  kind: 'person' | 'token' | 'platform';
  id: string;
  name: string;
  district: string;
  posts: readonly HeldPost[];
  staffId: string | null;
  login: string | null;
  secondFactor: boolean;
  mustChangePassword: boolean;
  needsSecondFactorSetup: boolean;
  tokenPermissions: readonly Permission[] | null;
  sessionHash: Buffer | null;
}

/** How far a request reaches. */
export interface Reach {
  all: boolean;
  tokens: readonly string[];
}

/** What an action leaves in the audit trail beside verb, actor and time; never an identity. */
export interface AuditNote {
  subjectKind?: AuditSubject;
  subjectId?: string;
  reason?: string;
  detail?: Partial<Record<AuditDetail, unknown>>;
}

/** What every server part is made of. */
export interface Platform {
  config: Config;
  keys: Keys;
  database: Database;
  clock: Clock;
  newId(): string;
  log: { info(o: object, m?: string): void; warn(o: object, m?: string): void; error(o: object, m?: string): void };
  /** Who hears news; filled by `connectListeners`. */
  listeners: Listener[];
  /** Asks the import worker to look for waiting files; set by the server that runs one. */
  wake(): void;
}

/** What a handler gets beside its input: the transaction, the actor, time and ids. */
export interface Context {
  platform: Platform;
  keys: Keys;
  client: pg.PoolClient;
  district: string;
  actor: Actor;
  reach: Reach;
  now: Date;
  /** Today in China, `YYYY-MM-DD`. */
  today: string;
  newId(): string;
  /** Takes the district's chain lock and allots the moment at which this change becomes known. */
  knownAt(): Promise<string>;
  /** Adds to the audit row of this request. */
  note(note: AuditNote): void;
  /** Reach of the actor for another permission, null when refused. */
  reachFor(permission: Permission): Reach | null;
  /** Tells the areas above what happened, in this transaction. */
  announce(news: News): Promise<void>;
  /** Runs after the commit (never for facts: only wake-ups). */
  afterCommit(work: () => void): void;
}

/** Hears news inside the transaction that makes it; what it throws takes the whole change back. */
export type Listener = (context: Context, news: News) => Promise<void>;
