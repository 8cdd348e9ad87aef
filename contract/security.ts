import { z } from 'zod';
import { permissions } from '#domain/basics/permissions.ts';
import { roles, unitKinds } from '#domain/basics/roles.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
const Password = z.string().min(1).max(200);

/** Who is signed in, with posts and what they allow. */
export const Me = z.object({
  accountId: z.string(),
  login: z.string(),
  name: z.string(),
  district: z.object({ code: z.string(), name: z.string() }),
  posts: z.array(
    z.object({
      role: z.enum(roles),
      roleName: z.string(),
      unitKind: z.enum(unitKinds),
      unitId: z.string(),
      unitName: z.string(),
    }),
  ),
  permissions: z.array(z.enum(permissions)),
  today: Day,
  mustChangePassword: z.boolean(),
  needsSecondFactorSetup: z.boolean(),
  secondFactor: z.boolean(),
  /** Fewest characters of one's own next password, by the settings of the district and the posts held. */
  passwordMinimum: z.number().int(),
});

export const signIn = endpoint({
  name: 'security.signIn',
  method: 'POST',
  path: '/api/sign-in',
  summary: '登录',
  permission: null,
  audit: null,
  input: z.object({
    login: z.string().trim().min(1).max(60),
    password: Password,
    code: z
      .string()
      .regex(/^\d{6}$/, '动态口令是 6 位数字。')
      .optional(),
  }),
  output: z.object({ signedIn: z.boolean(), secondFactorNeeded: z.boolean() }),
});
export const signOut = endpoint({
  name: 'security.signOut',
  method: 'POST',
  path: '/api/sign-out',
  summary: '退出登录',
  permission: 'session.own',
  audit: 'security.signOut',
  input: z.object({ everywhere: z.boolean().default(false) }),
  output: Done,
});
export const whoAmI = endpoint({
  name: 'security.whoAmI',
  method: 'GET',
  path: '/api/me',
  summary: '当前登录人',
  permission: 'session.own',
  audit: null,
  input: z.object({}),
  output: Me,
});
export const changePassword = endpoint({
  name: 'security.changePassword',
  method: 'POST',
  path: '/api/me/password',
  summary: '修改密码',
  permission: 'session.own',
  audit: 'security.changePassword',
  input: z.object({ current: Password, next: Password }),
  output: Done,
});
export const startSecondFactor = endpoint({
  name: 'security.startSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor',
  summary: '开始绑定动态口令',
  permission: 'session.own',
  audit: 'security.startSecondFactor',
  input: z.object({ password: Password }),
  output: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }),
});
export const confirmSecondFactor = endpoint({
  name: 'security.confirmSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor/confirm',
  summary: '确认绑定动态口令',
  permission: 'session.own',
  audit: 'security.confirmSecondFactor',
  input: z.object({ code: z.string().regex(/^\d{6}$/, '动态口令是 6 位数字。') }),
  output: Done,
});
export const listSessions = endpoint({
  name: 'security.listSessions',
  method: 'GET',
  path: '/api/me/sessions',
  summary: '我的登录设备',
  permission: 'session.own',
  audit: null,
  input: z.object({}),
  output: z.array(z.object({ device: z.string(), createdAt: z.string(), seenAt: z.string(), current: z.boolean() })),
});

/** An account as 安全管理员 sees it. */
export const Account = z.object({
  id: Id,
  login: z.string(),
  name: z.string(),
  staffId: Id,
  posts: z.array(z.string()),
  secondFactor: z.boolean(),
  locked: z.boolean(),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: z.string(),
});
export const listAccounts = endpoint({
  name: 'security.listAccounts',
  method: 'GET',
  path: '/api/accounts',
  summary: '账号列表',
  permission: 'accounts.manage',
  audit: null,
  input: Paging.extend({ q: z.string().max(60).optional() }),
  output: pageOf(Account),
});
export const createAccount = endpoint({
  name: 'security.createAccount',
  method: 'POST',
  path: '/api/accounts',
  summary: '开通账号',
  permission: 'accounts.manage',
  audit: 'security.createAccount',
  input: z.object({
    staffId: Id,
    login: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9._-]{2,39}$/, '登录名用小写字母开头，3 至 40 位字母、数字、点、横线。'),
  }),
  output: z.object({ id: Id, firstPassword: z.string() }),
});
export const resetPassword = endpoint({
  name: 'security.resetPassword',
  method: 'POST',
  path: '/api/accounts/:id/reset-password',
  summary: '重置密码',
  permission: 'accounts.manage',
  audit: 'security.resetPassword',
  input: z.object({ id: Id, reason: z.string().trim().min(2, '请写明原因。').max(200) }),
  output: z.object({ firstPassword: z.string() }),
});
export const setAccountState = endpoint({
  name: 'security.setAccountState',
  method: 'POST',
  path: '/api/accounts/:id/state',
  summary: '停用、启用、解锁账号或解除动态口令',
  permission: 'accounts.manage',
  audit: 'security.setAccountState',
  input: z.object({
    id: Id,
    action: z.enum(['disable', 'enable', 'unlock', 'removeSecondFactor']),
    reason: z.string().trim().min(2, '请写明原因。').max(200),
  }),
  output: Done,
});

/** A link of the audit chain. */
export const AuditEntry = z.object({
  sequence: z.number().int(),
  at: z.string(),
  actor: z.string(),
  verb: z.string(),
  subjectKind: z.string().nullable(),
  subjectId: z.string().nullable(),
  reason: z.string().nullable(),
  outcome: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export const listAudit = endpoint({
  name: 'security.listAudit',
  method: 'GET',
  path: '/api/audit',
  summary: '审计记录',
  permission: 'audit.read',
  audit: 'security.listAudit',
  input: Paging.extend({
    from: Day.optional(),
    to: Day.optional(),
    actor: z.string().max(60).optional(),
    verb: z.string().max(80).optional(),
    outcome: z.enum(['done', 'refused', 'failed']).optional(),
  }),
  output: pageOf(AuditEntry),
});
export const verifyAudit = endpoint({
  name: 'security.verifyAudit',
  method: 'POST',
  path: '/api/audit/verify',
  summary: '核验审计链',
  permission: 'audit.read',
  audit: 'security.verifyAudit',
  input: z.object({}),
  output: z.object({ links: z.number().int(), brokenAt: z.number().int().nullable(), head: z.string() }),
});

/** A request for a second person's approval. */
export const Approval = z.object({
  id: Id,
  kind: z.string(),
  purpose: z.string(),
  scopeWords: z.string(),
  /** What may be exported with it; null for a child's number. */
  exportOf: z.string().nullable(),
  requestedName: z.string(),
  requestedAt: z.string(),
  decision: z.enum(['approved', 'refused']).nullable(),
  decidedName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
  expiresAt: z.string().nullable(),
  /** When it was first used; an export is used up by then. */
  usedAt: z.string().nullable(),
  /** Whether its asker may open with it now: approved, not over, and as an export not used up. */
  usable: z.boolean(),
  mine: z.boolean(),
  mayDecide: z.boolean(),
});
export const requestApproval = endpoint({
  name: 'security.requestApproval',
  method: 'POST',
  path: '/api/approvals',
  summary: '申请他人批准',
  permission: 'session.own',
  audit: 'security.requestApproval',
  input: z.object({
    kind: z.enum(['revealDocument', 'exportIdentities']),
    purpose: z.string().trim().min(4, '请写明用途。').max(300),
    childId: Id.optional(),
    exportOf: z.string().max(60).optional(),
  }),
  output: z.object({ id: Id }),
});
export const listApprovals = endpoint({
  name: 'security.listApprovals',
  method: 'GET',
  path: '/api/approvals',
  summary: '批准事项',
  permission: 'session.own',
  audit: null,
  input: Paging.extend({ open: z.enum(['true', 'false']).default('true') }),
  output: pageOf(Approval),
});
export const decideApproval = endpoint({
  name: 'security.decideApproval',
  method: 'POST',
  path: '/api/approvals/:id/decide',
  summary: '批准或不批准',
  permission: 'approvals.decide',
  audit: 'security.decideApproval',
  input: z.object({ id: Id, approve: z.boolean(), note: z.string().trim().max(200).optional() }),
  output: Done,
});
