import { grants } from './grants.ts';
import type { Permission } from './permissions.ts';
import type { HeldPost, UnitKind } from './roles.ts';

/** The reach token of a place, as rows carry it in `reach` and the database compares it. */
export function reachToken(kind: Exclude<UnitKind, 'district'> | 'person', id: string): string {
  return `${kind}:${id}`;
}

/** What a set of posts reaches for one permission: everything in the district, or the listed tokens; null = refused. */
export function reachFor(
  posts: readonly HeldPost[],
  permission: Permission,
): { all: boolean; tokens: string[] } | null {
  let granted = false;
  const tokens = new Set<string>();
  for (const post of posts) {
    const grant = grants[post.role][permission];
    if (grant === undefined) continue;
    granted = true;
    if (grant === 'district' || post.unitKind === 'district') return { all: true, tokens: [] };
    tokens.add(reachToken(post.unitKind, post.unitId));
  }
  return granted ? { all: false, tokens: [...tokens].sort() } : null;
}

/** Says whether a row that carries `rowReach` is within a reach. */
export function reaches(reach: { all: boolean; tokens: readonly string[] }, rowReach: readonly string[]): boolean {
  return reach.all || rowReach.some((token) => reach.tokens.includes(token));
}
