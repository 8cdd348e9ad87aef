import { count } from '#web/ui/words.ts';

/** The posts of a person in a few words: each by its unit, or the role with its number of units where it is held at more than two. */
export function postsWords(posts: readonly { unitName: string; roleName: string }[]): string {
  const units = new Map<string, string[]>();
  for (const post of posts) units.set(post.roleName, [...(units.get(post.roleName) ?? []), post.unitName]);
  return [...units]
    .map(([role, names]) =>
      names.length > 2 ? `${role}（${count(names.length)} 处）` : names.map((name) => `${name} ${role}`).join('、'),
    )
    .join('、');
}
