import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/security.ts';
import type * as tokens from '#contract/tokens.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { permissions, type Permission } from '#domain/basics/permissions.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { passwordMemory } from '#domain/security/rules.ts';
import { minutesAfter } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import { forgetActors, newSecret, secretHash } from '#server/http/sessions.ts';
import { checkedLogin, hashPassword, makeFirstPassword } from './passwords.ts';
import {
  addAccount,
  findAccount,
  findStaffForAccount,
  listAccountRows,
  setAccountDisabled,
  setPassword,
  setSecondFactor,
  type AccountRow,
} from './store-accounts.ts';
import { namedPosts } from './store-posts.ts';
import { addToken, endSessions, listTokenRows, revokeTokenRow } from './store-sessions.ts';

/** A page of accounts with the posts held today. */
export async function listAccounts(
  context: Context,
  input: ParsedOf<typeof contract.listAccounts>,
): Promise<OutputOf<typeof contract.listAccounts>> {
  const { rows, total } = await listAccountRows(context.client, context.district, input);
  const posts = await namedPosts(
    context.client,
    context.district,
    rows.map((row) => row.staff_id),
    context.today,
  );
  return {
    rows: rows.map((row) => ({
      id: row.id,
      login: row.login,
      name: row.name,
      staffId: row.staff_id,
      posts: posts
        .filter((post) => post.staff_id === row.staff_id)
        .map((post) => `${roleWords[post.role]}（${post.unit_name ?? post.unit_id}）`),
      secondFactor: row.totp_confirmed_at !== null,
      locked: row.locked_until !== null && row.locked_until.getTime() > context.now.getTime(),
      disabled: row.disabled_at !== null,
      mustChangePassword: row.must_change_password,
      createdAt: row.created_at.toISOString(),
    })),
    total,
    page: input.page,
    size: input.size,
  };
}

/** Opens an account for a member of staff; the first password is answered once and must be changed. */
export async function createAccount(
  context: Context,
  input: ParsedOf<typeof contract.createAccount>,
): Promise<{ id: string; firstPassword: string }> {
  const { client, district } = context;
  const staff = await findStaffForAccount(client, district, input.staffId);
  if (!staff) throw notFound('人员');
  if (staff.login !== null) throw new Failure('already-exists', `${staff.name}已有账号 ${staff.login}，一人一个账号。`);
  const id = context.newId();
  const firstPassword = makeFirstPassword();
  const added = await addAccount(client, district, {
    id,
    staffId: input.staffId,
    login: checkedLogin(input.login),
    passwordHash: await hashPassword(firstPassword),
    mustChange: true,
    at: context.now,
  });
  if (!added)
    throw new Failure('already-exists', '这个登录名已被使用，请换一个。', {
      issues: [{ path: 'login', words: '已被使用。' }],
    });
  context.note({ subjectKind: 'account', subjectId: id, detail: { staffId: input.staffId } });
  return { id, firstPassword };
}

/** Another person's account; nobody changes the state of his own. */
async function othersAccount(context: Context, id: string): Promise<AccountRow> {
  const account = await findAccount(context.client, context.district, id);
  if (!account) throw notFound('账号');
  if (account.id === context.actor.id)
    throw new Failure('not-allowed', '不能更改自己账号的状态，请由另一位安全管理员办理。');
  return account;
}

/** Sets a generated password that must be changed, and ends every session of the account. */
export async function resetPassword(
  context: Context,
  input: { id: string; reason: string },
): Promise<{ firstPassword: string }> {
  const { client, district } = context;
  const account = await othersAccount(context, input.id);
  const firstPassword = makeFirstPassword();
  await setPassword(client, district, account.id, {
    hash: await hashPassword(firstPassword),
    oldHashes: [account.password_hash, ...account.old_hashes].slice(0, passwordMemory - 1),
    mustChange: true,
    at: context.now,
  });
  await endSessions(client, district, account.id, null);
  context.note({ subjectKind: 'account', subjectId: account.id, reason: input.reason });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  return { firstPassword };
}

/** Disables, enables or unlocks an account, or removes its second factor; all but unlocking and enabling end its sessions. */
export async function setAccountState(
  context: Context,
  input: ParsedOf<typeof contract.setAccountState>,
): Promise<{ done: true }> {
  const { client, district } = context;
  const account = await othersAccount(context, input.id);
  switch (input.action) {
    case 'disable':
      await setAccountDisabled(client, district, account.id, context.now);
      break;
    case 'enable':
      await setAccountDisabled(client, district, account.id, null);
      break;
    case 'unlock':
      await setAccountDisabled(client, district, account.id, account.disabled_at);
      break;
    case 'removeSecondFactor':
      await setSecondFactor(client, district, account.id, { sealed: null, confirmedAt: null, step: null });
      break;
  }
  if (input.action === 'disable' || input.action === 'removeSecondFactor')
    await endSessions(client, district, account.id, null);
  context.note({
    subjectKind: 'account',
    subjectId: account.id,
    reason: input.reason,
    detail: { action: input.action },
  });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  return { done: true };
}

/** The tokens of other systems, newest first; never their secrets. */
export async function listTokens(context: Context): Promise<OutputOf<typeof tokens.listTokens>> {
  const rows = await listTokenRows(context.client, context.district);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    permissions: permissions.filter((permission) => row.permissions.includes(permission)),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
  }));
}

/** Issues a token, answered once. Nobody gives what he may not do himself in the whole district. */
export async function createToken(
  context: Context,
  input: ParsedOf<typeof tokens.createToken>,
): Promise<{ id: string; token: string }> {
  const beyond = input.permissions.filter((permission: Permission) => context.reachFor(permission)?.all !== true);
  if (beyond.length > 0)
    throw new Failure('not-allowed', '不能把自己没有的权限交给接口令牌。请由有相应权限的人员（如控辍专干）发放。', {
      permissions: beyond,
    });
  const id = context.newId();
  const token = `bx_${newSecret()}`;
  await addToken(context.client, context.district, {
    hash: secretHash(token),
    id,
    name: input.name,
    permissions: [...new Set(input.permissions)],
    createdBy: context.actor.name,
    at: context.now,
    expiresAt: minutesAfter(context.now, input.days * 24 * 60),
  });
  context.note({ subjectKind: 'token', subjectId: id, detail: { permissions: input.permissions, days: input.days } });
  return { id, token };
}

/** Takes a token back at once. */
export async function revokeToken(context: Context, input: { id: string }): Promise<{ done: true }> {
  if (!(await revokeTokenRow(context.client, context.district, input.id, context.now))) throw notFound('令牌');
  context.note({ subjectKind: 'token', subjectId: input.id });
  return { done: true };
}
