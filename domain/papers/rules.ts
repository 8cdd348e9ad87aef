import { reachToken } from '../basics/reach.ts';
import type { HeldPost, Role } from '../basics/roles.ts';
import type { PaperKind, PaperType } from './record.ts';

/** Who may open the closed compartment of health papers: the school of the child and the officer of the bureau (残疾人教育条例 20; product, section 1). */
export const closedRoles: readonly Role[] = [
  'bureauOfficer',
  'principal',
  'registrar',
  'schoolOfficer',
  'classTeacher',
];

/** Whether papers of a kind stand in the closed compartment. */
export function isClosedKind(kind: PaperKind): boolean {
  return kind === 'hospitalPaper';
}

/** How far the posts of a person reach into the closed compartment; null when not at all. */
export function closedReach(posts: readonly HeldPost[]): { all: boolean; tokens: string[] } | null {
  const held = posts.filter((post) => closedRoles.includes(post.role));
  if (held.length === 0) return null;
  if (held.some((post) => post.unitKind === 'district')) return { all: true, tokens: [] };
  return {
    all: false,
    tokens: held.flatMap((post) => (post.unitKind === 'district' ? [] : [reachToken(post.unitKind, post.unitId)])),
  };
}

/** The reach a paper carries: a health paper is known to schools and classes only. */
export function paperReach(closed: boolean, tokens: readonly string[]): string[] {
  const kept = closed ? tokens.filter((token) => /^(?:school|class):/.test(token)) : tokens;
  return [...new Set(kept)].sort();
}

function startsWith(content: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => content[index] === byte);
}

function findsBackwards(content: Uint8Array, bytes: readonly number[], within: number): boolean {
  const last = content.length - bytes.length;
  for (let at = last; at >= 0 && last - at <= within; at -= 1)
    if (bytes.every((byte, index) => content[at + index] === byte)) return true;
  return false;
}

/** What a file is by its content, whatever its name says; null for anything but a whole JPG, PNG or PDF. */
export function paperTypeOf(content: Uint8Array): PaperType | null {
  if (startsWith(content, [0xff, 0xd8, 0xff]))
    return findsBackwards(content, [0xff, 0xd9], 65_536) ? 'image/jpeg' : null;
  if (startsWith(content, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52]))
    return findsBackwards(content, [0x49, 0x45, 0x4e, 0x44], 65_536) ? 'image/png' : null;
  // %PDF- at the head, %%EOF near the end.
  if (startsWith(content, [0x25, 0x50, 0x44, 0x46, 0x2d]))
    return findsBackwards(content, [0x25, 0x25, 0x45, 0x4f, 0x46], 2048) ? 'application/pdf' : null;
  return null;
}
