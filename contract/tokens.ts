import { z } from 'zod';
import { permissions } from '#domain/basics/permissions.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './paging.ts';

const Done = z.object({ done: z.literal(true) });

/** A token of another system. */
export const ApiToken = z.object({
  id: Id,
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  usedAt: z.string().nullable(),
});
/** What a token may be given: reads and imports, never accounts, audit or approvals. */
export const tokenPermissions = [
  'cockpit.read',
  'children.read',
  'roster.read',
  'findings.read',
  'organisations.read',
  'lists.import',
  'runs.manage',
  'changes.read',
  'reports.read',
  'open.read',
  'province.read',
] as const;
export const listTokens = endpoint({
  name: 'security.listTokens',
  method: 'GET',
  path: '/api/tokens',
  summary: '接口令牌列表',
  permission: 'tokens.manage',
  audit: null,
  input: z.object({}),
  output: z.array(ApiToken),
});
export const createToken = endpoint({
  name: 'security.createToken',
  method: 'POST',
  path: '/api/tokens',
  summary: '发放接口令牌',
  permission: 'tokens.manage',
  audit: 'security.createToken',
  input: z.object({
    name: z.string().trim().min(2).max(60),
    permissions: z.array(z.enum(tokenPermissions)).min(1),
    days: z.number().int().min(1).max(366),
  }),
  output: z.object({ id: Id, token: z.string() }),
});
export const revokeToken = endpoint({
  name: 'security.revokeToken',
  method: 'POST',
  path: '/api/tokens/:id/revoke',
  summary: '收回接口令牌',
  permission: 'tokens.manage',
  audit: 'security.revokeToken',
  input: z.object({ id: Id }),
  output: Done,
});
