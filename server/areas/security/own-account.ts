import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/security.ts';
import { permissions } from '#domain/basics/permissions.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { passwordMemory } from '#domain/security/rules.ts';
import { minutesBefore } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import { forgetActors, idleMinutes } from '#server/http/sessions.ts';
import { checkNewPassword, confirmPassword, hashPassword, passwordMinimum } from './passwords.ts';
import { ownAccount } from './second-factor.ts';
import { readPasswordSettings, setPassword } from './store-accounts.ts';
import { districtName, namedPosts } from './store-posts.ts';
import { endSessions, listSessionRows } from './store-sessions.ts';

/** Who is signed in: posts with the names of their units, and what they allow today. */
export async function whoAmI(context: Context): Promise<OutputOf<typeof contract.whoAmI>> {
  const { actor, client, district } = context;
  const posts = actor.staffId ? await namedPosts(client, district, [actor.staffId], context.today) : [];
  return {
    accountId: actor.id,
    login: actor.login ?? '',
    name: actor.name,
    district: { code: district, name: await districtName(client, district) },
    posts: posts.map((post) => ({
      role: post.role,
      roleName: roleWords[post.role],
      unitKind: post.unit_kind,
      unitId: post.unit_id,
      unitName: post.unit_name ?? post.unit_id,
    })),
    permissions: permissions.filter((permission) => context.reachFor(permission) !== null),
    today: context.today,
    mustChangePassword: actor.mustChangePassword,
    needsSecondFactorSetup: actor.needsSecondFactorSetup,
    secondFactor: actor.secondFactor,
    passwordMinimum: passwordMinimum(actor.posts, await readPasswordSettings(client, district, context.today)),
  };
}

/** Changes one's own password after the present one; every other session of the account ends. */
export async function changePassword(
  context: Context,
  input: { current: string; next: string },
): Promise<{ done: true }> {
  const { client, district } = context;
  const account = await ownAccount(context);
  await confirmPassword(context, account, input.current, 'current');
  await checkNewPassword(context, account, input.next, await readPasswordSettings(client, district, context.today));
  await setPassword(client, district, account.id, {
    hash: await hashPassword(input.next),
    oldHashes: [account.password_hash, ...account.old_hashes].slice(0, passwordMemory - 1),
    mustChange: false,
    at: context.now,
  });
  await endSessions(client, district, account.id, context.actor.sessionHash);
  context.note({ subjectKind: 'account', subjectId: account.id });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  return { done: true };
}

/** The live sessions of one's own account, newest first. */
export async function listSessions(context: Context): Promise<OutputOf<typeof contract.listSessions>> {
  const own = context.actor.sessionHash;
  const rows = await listSessionRows(
    context.client,
    context.district,
    context.actor.id,
    context.now,
    minutesBefore(context.now, idleMinutes),
  );
  return rows.map((row) => ({
    device: row.device,
    createdAt: row.created_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    current: own !== null && row.token_hash.equals(own),
  }));
}
