import { Failure } from '#domain/basics/failure.ts';
import { roleUnit, type Role } from '#domain/basics/roles.ts';
import { settingsFrom } from '#domain/organisations/settings.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { forgetActors } from '#server/http/sessions.ts';
import { checkedLogin, faultsOfPassword, hashPassword, makeFirstPassword } from './passwords.ts';
import { addAccount } from './store-accounts.ts';
import { addStaffWithPosts, findUnits } from './store-posts.ts';

export { requestApproval, useApproval } from './approvals.ts';

/** A person to be put on the staff with an account. */
export interface NewStaffWithAccount {
  district: string;
  name: string;
  login: string;
  /** Generated when absent. */
  password?: string;
  /** A school may be named by its 10-digit code instead of its id; a larger unit stands for all below it (inspector: district, subject teacher: school). */
  posts: readonly { role: Role; unitId: string }[];
  /** Whether the password must be changed at the first sign-in. */
  mustChange: boolean;
  /** First day of the posts, default today in China. */
  fromDate?: string;
  /** Who approved the posts, default 系统初始化. */
  approvedBy?: string;
}

/**
 * Puts a person on the staff with posts and an account, as the platform: for the command line, the sample and tests.
 * Fails when the login is taken, a unit does not exist, or (in production) the password breaks the rules.
 */
export async function createStaffWithAccount(
  platform: Platform,
  wanted: NewStaffWithAccount,
): Promise<{ staffId: string; accountId: string; password: string }> {
  const login = checkedLogin(wanted.login);
  const password = wanted.password ?? makeFirstPassword();
  const faults = platform.config.production
    ? faultsOfPassword(password, { login, name: wanted.name, posts: wanted.posts }, settingsFrom(new Map()))
    : [];
  if (faults.length > 0)
    throw new Failure('input-wrong', faults.join(''), { issues: faults.map((words) => ({ path: 'password', words })) });
  const passwordHash = await hashPassword(password);
  const actor = platformActor(wanted.district);
  return runAs(
    platform,
    { actor, reach: { all: true, tokens: [] }, audit: 'security.createStaffWithAccount' },
    async (context) => {
      const { client, district } = context;
      const posts = [];
      for (const { role, unitId } of wanted.posts) {
        const unitKind = roleUnit[role];
        const units = await findUnits(client, district, unitKind, unitId);
        if (units.length === 0) throw new Failure('not-found', `没有找到任职单位 ${unitId}。`);
        for (const unit of units)
          posts.push({
            id: context.newId(),
            role,
            unitKind,
            unitId: unit,
            fromDate: wanted.fromDate ?? context.today,
            approvedBy: wanted.approvedBy ?? '系统初始化',
          });
      }
      const staffId = context.newId();
      const accountId = context.newId();
      await addStaffWithPosts(client, district, { id: staffId, name: wanted.name, at: context.now }, posts);
      const added = await addAccount(client, district, {
        id: accountId,
        staffId,
        login,
        passwordHash,
        mustChange: wanted.mustChange,
        at: context.now,
      });
      if (!added) throw new Failure('already-exists', `登录名 ${login} 已被使用，请换一个。`);
      context.note({
        subjectKind: 'account',
        subjectId: accountId,
        detail: { staffId, roles: wanted.posts.map((post) => post.role) },
      });
      context.afterCommit(() => {
        forgetActors(platform);
      });
      return { staffId, accountId, password };
    },
  );
}
