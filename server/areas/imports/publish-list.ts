import { publishCourse } from './publish-course.ts';
import type { Publishing } from './publish-bulk.ts';
import { publishPresence } from './publish-presence.ts';
import { rebuildReach } from './publish-reach.ts';
import { publishRegister } from './publish-register.ts';
import { publishRegistry } from './publish-registry.ts';
import { publishRoster } from './publish-roster.ts';
import { publishKeylist, publishSchools } from './publish-small.ts';
import type { ListKind } from './read-rows.ts';
import { touchedChildren } from './store.ts';

const publishers: Record<ListKind, (publishing: Publishing) => Promise<void>> = {
  schools: publishSchools,
  register: publishRegister,
  roster: publishRoster,
  presence: publishPresence,
  keylist: publishKeylist,
  registry: publishRegistry,
};

/** Publishes the staged rows of a list: what they say stands from `knownAt` on, and each row has its outcome. */
export function publishStaged(kind: ListKind, publishing: Publishing): Promise<void> {
  return publishers[kind](publishing);
}

/** Lets follow what depends on the children of a published list: who reaches them, and from a roster their course. */
export async function publishFollowing(kind: ListKind, publishing: Publishing): Promise<void> {
  const { client, district, importId } = publishing;
  if (kind === 'register' || kind === 'roster')
    await rebuildReach(client, district, await touchedChildren(client, district, importId));
  if (kind === 'roster') await publishCourse(publishing);
}
