import type { HeldPost, Role } from '#domain/basics/roles.ts';

/** Failed attempts after which an account is locked. */
export const lockAfter = 5;
/** Minutes for which it stays locked. */
export const lockMinutes = 30;
/** Sessions that one account may hold; the oldest is dropped. */
export const sessionLimit = 5;
/** Passwords, the present one included, that may not be taken again. */
export const passwordMemory = 5;
/** Hours for which an approval can be used after it was given. */
export const approvalHours = 24;

const administrators: readonly Role[] = ['sysAdmin', 'secAdmin', 'auditAdmin'];

/** Whether one of the posts is of the three administrators, whose passwords are longer. */
export function isAdministrator(posts: readonly Pick<HeldPost, 'role'>[]): boolean {
  return posts.some((post) => administrators.includes(post.role));
}

/** What a password must not contain and how long it must be. */
export interface PasswordLimits {
  minimum: number;
  login: string;
  /** The whole name in pinyin without tones; shorter than four letters it is not looked for. */
  namePinyin: string;
}

/** The rules that a new password breaks, in words; empty when it may be taken. */
export function passwordFaults(password: string, limits: PasswordLimits): string[] {
  const text = password.normalize('NFKC');
  const lower = text.toLowerCase();
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(text)).length;
  const pinyin = limits.namePinyin.toLowerCase();
  const faults: string[] = [];
  if (Array.from(text).length < limits.minimum) faults.push(`密码至少 ${String(limits.minimum)} 位。`);
  if (classes < 3) faults.push('密码须含大写字母、小写字母、数字、符号中的至少三类。');
  if (limits.login !== '' && lower.includes(limits.login.toLowerCase())) faults.push('密码不能包含登录名。');
  if (pinyin.length >= 4 && lower.includes(pinyin)) faults.push('密码不能包含姓名的拼音。');
  return faults;
}

/** A login as it is stored and compared. */
export function plainLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/** The failed attempts of one login that stand in memory: how many, and until when it is locked (milliseconds of the clock). */
export interface Attempts {
  count: number;
  lockedUntil: number | null;
}

/** The attempts after one more, counted before the password is looked at; null when it is locked now. */
export function countAttempt(attempts: Attempts, now: number): Attempts | null {
  if (attempts.lockedUntil !== null && attempts.lockedUntil > now) return null;
  const count = attempts.lockedUntil === null ? attempts.count + 1 : 1;
  return { count, lockedUntil: count >= lockAfter ? now + lockMinutes * 60_000 : null };
}

/** An approval as its use is decided on. */
export interface ApprovalState {
  kind: string;
  requestedBy: string;
  decision: string | null;
  expiresAt: Date | null;
  usedAt: Date | null;
  childId: string | null;
  exportOf: string | null;
}

/** Why an approval does not open what is asked for, in words; null when it does. An export is opened once, a child's number until the approval ends. */
export function approvalFault(
  approval: ApprovalState,
  use: {
    kind: string;
    actorId: string;
    now: Date;
    childId?: string | null | undefined;
    exportOf?: string | null | undefined;
  },
): string | null {
  if (approval.requestedBy !== use.actorId) return '这项批准是他人申请的，不能代用。';
  if (
    approval.kind !== use.kind ||
    approval.childId !== (use.childId ?? null) ||
    approval.exportOf !== (use.exportOf ?? null)
  )
    return '这项批准不是为本次事项作出的。';
  if (approval.decision === null) return '申请尚未批准，请等待批准人处理。';
  if (approval.decision !== 'approved') return '申请未获批准。';
  if (approval.expiresAt === null || approval.expiresAt.getTime() <= use.now.getTime())
    return '批准已超过 24 小时，请重新申请。';
  if (approval.kind === 'exportIdentities' && approval.usedAt !== null) return '这项批准已经用过，再次导出须重新申请。';
  return null;
}
