import { expect } from 'vitest';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import { reachFor, reachToken, reaches } from '#domain/basics/reach.ts';
import type { HeldPost } from '#domain/basics/roles.ts';
import type { ComparisonKind, Owner } from '#domain/comparison/record.ts';
import { findingReach } from '#domain/comparison/rules.ts';
import type { Person, World } from './world.ts';

/** Every record with the units that may see it, told from the lists and findings alone, not from the reach that is stored. */
export interface Records {
  children: Map<string, Set<string>>;
  households: Map<string, Set<string>>;
  findings: Map<string, Set<string>>;
  enrolments: { child: string; tokens: Set<string> }[];
}

/** Rows of the district as the loader reads them, whoever may reach them. */
export async function rows<Row extends object>(world: World, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await world.platform.database.loaderPool.query<Row>(text, [world.district, ...values])).rows;
}
/** The ids that a query answers. */
export async function ids(world: World, text: string): Promise<string[]> {
  return (await rows<{ id: string }>(world, text)).map((row) => row.id);
}

interface Place {
  child_id: string;
  subdistrict_code: string | null;
  community_code: string | null;
}
interface Stay {
  child_id: string;
  school_id: string;
  class_id: string | null;
}
interface Found {
  id: string;
  child_id: string;
  kind: ComparisonKind;
  owner_kind: Owner['kind'];
  owner_unit: string;
  school_id: string | null;
  closed: boolean;
}

/** Reads every record and tells who may see it from register, rosters and live findings. */
export async function readRecords(world: World): Promise<Records> {
  const children = new Map<string, Set<string>>();
  for (const id of await ids(world, 'SELECT id FROM child WHERE district_code = $1')) children.set(id, new Set());
  const add = (child: string, kind: Parameters<typeof reachToken>[0], unit: string | null) => {
    if (unit !== null) children.get(child)?.add(reachToken(kind, unit));
  };
  for (const table of ['register_entry', 'register_repeat'])
    for (const row of await rows<Place>(
      world,
      `SELECT child_id, subdistrict_code, community_code FROM ${table} WHERE district_code = $1 AND upper_inf(known)`,
    )) {
      add(row.child_id, 'subdistrict', row.subdistrict_code);
      add(row.child_id, 'community', row.community_code);
    }
  const stays = await rows<Stay>(
    world,
    'SELECT child_id, school_id, class_id FROM enrolment WHERE district_code = $1 AND upper_inf(known)',
  );
  for (const row of stays) {
    add(row.child_id, 'school', row.school_id);
    add(row.child_id, 'class', row.class_id);
  }
  for (const row of await rows<Stay>(
    world,
    'SELECT child_id, school_id, class_id FROM enrolment_claim WHERE district_code = $1 AND upper_inf(known)',
  ))
    add(row.child_id, 'school', row.school_id);
  const found = await rows<Found>(
    world,
    'SELECT id, child_id, kind, owner_kind, owner_unit, school_id, closed_at IS NOT NULL AS closed FROM finding WHERE district_code = $1',
  );
  for (const row of found.filter((each) => !each.closed)) {
    const owner: Owner = { kind: row.owner_kind, unit: row.owner_unit };
    const tokens = findingReach([...(children.get(row.child_id) ?? [])], row.kind, row.school_id, owner);
    children.set(row.child_id, new Set(tokens));
  }
  const households = await rows<Place & { id: string }>(
    world,
    'SELECT id, subdistrict_code, community_code FROM household WHERE district_code = $1',
  );
  return {
    children,
    households: new Map(
      households.map((row) => [
        row.id,
        new Set([
          reachToken('subdistrict', row.subdistrict_code ?? ''),
          reachToken('community', row.community_code ?? ''),
        ]),
      ]),
    ),
    findings: new Map(found.map((row) => [row.id, children.get(row.child_id) ?? new Set()])),
    enrolments: stays.map((row) => ({ child: row.child_id, tokens: children.get(row.child_id) ?? new Set() })),
  };
}

/** What of some records these posts reach with a permission; null when it is refused. */
export function within(
  posts: readonly HeldPost[],
  permission: Permission,
  of: ReadonlyMap<string, Set<string>>,
): string[] | null {
  const reach = reachFor(posts, permission);
  return reach
    ? [...of]
        .filter(([, tokens]) => reaches(reach, [...tokens]))
        .map(([id]) => id)
        .sort()
    : null;
}

/** All pages of a list; null when it is refused. */
export async function walk<E extends Endpoint>(
  person: Person,
  endpoint: E,
  input: InputOf<E>,
): Promise<(OutputOf<E> extends { rows: (infer Row)[] } ? Row : never)[] | null> {
  const all: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await person.ask(endpoint, { ...(input as object), page, size: 200 } as never); // as: a paged list's input
    if (answer.status === 403) return null;
    expect([endpoint.name, answer.status]).toEqual([endpoint.name, 200]);
    const { rows: some, total } = answer.body as { rows: unknown[]; total: number }; // as: the output of a paged list
    all.push(...some);
    if (some.length === 0 || all.length >= total) {
      expect([endpoint.name, all.length]).toEqual([endpoint.name, total]);
      return all as never; // as: rows of this very endpoint
    }
  }
}
/** The ids in one order; null stays null. */
export const sorted = (list: readonly string[] | undefined | null) => (list ? [...list].sort() : null);

/** Opens records by id, one by one, and answers those whose answer is not what the tables of rights say. */
export async function wrongOnes(
  person: Person,
  endpoint: Endpoint,
  permission: boolean,
  expected: ReadonlySet<string>,
  all: readonly string[],
): Promise<string[]> {
  const wrong: string[] = [];
  const open = async (id: string) => {
    const { status } = await person.ask(endpoint, { id });
    if (status !== (permission ? (expected.has(id) ? 200 : 404) : 403)) wrong.push(`${id} ${String(status)}`);
  };
  const some = permission ? all : all.slice(0, 3);
  for (let from = 0; from < some.length; from += 8) await Promise.all(some.slice(from, from + 8).map(open));
  return wrong;
}
