import { grants } from '#domain/basics/grants.ts';
import { reachToken } from '#domain/basics/reach.ts';
import type { HeldPost } from '#domain/basics/roles.ts';

/** A live finding about a child, as far as calling the guardian depends on it. */
export interface CallableFinding {
  kindWords: string;
  ownerKind: string;
  reach: readonly string[];
}

/**
 * The purpose with which a person's posts open a guardian's phone without a further word (product, section 1): the class that one
 * leads, or a live finding that one's own unit has to verify; the district's officers for those of the district. Null for everyone else.
 */
export function standingPurpose(
  posts: readonly HeldPost[],
  childReach: readonly string[],
  findings: readonly CallableFinding[],
): string | null {
  const own = (post: HeldPost, reach: readonly string[]): boolean =>
    post.unitKind !== 'district' && reach.includes(reachToken(post.unitKind, post.unitId));
  for (const post of posts) {
    if (grants[post.role]['children.reveal'] === undefined) continue;
    if (post.role === 'classTeacher' && own(post, childReach)) return '班主任联系本班学生的监护人';
    if (grants[post.role]['findings.handle'] === undefined) continue;
    const duty = findings.find((finding) =>
      post.unitKind === 'district' ? finding.ownerKind === 'district' : own(post, finding.reach),
    );
    if (duty) return `核实比对发现：${duty.kindWords}`;
  }
  return null;
}
