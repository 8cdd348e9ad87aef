import { expect, test } from 'vitest';
import { approvalFault, countAttempt, isAdministrator, passwordFaults, type Attempts } from './rules.ts';
import { approvalScopeWords, deviceWords } from './words.ts';

const limits = { minimum: 10, login: 'zhangwei', namePinyin: 'zhangwei' };

test('a password is long, mixed, and holds neither login nor name', () => {
  expect(passwordFaults('Tian-gao-88', limits)).toEqual([]);
  expect(passwordFaults('Ab1', limits)).toEqual(['密码至少 10 位。']);
  expect(passwordFaults('abcdefghij1', limits)).toEqual(['密码须含大写字母、小写字母、数字、符号中的至少三类。']);
  expect(passwordFaults('ZhangWei-2026', limits)).toEqual(['密码不能包含登录名。', '密码不能包含姓名的拼音。']);
  expect(passwordFaults('Lili-2026-x', { ...limits, login: 'teacher1', namePinyin: 'li' })).toEqual([]);
});

test('five failures lock for thirty minutes, then counting begins again', () => {
  let attempts: Attempts | null = { count: 0, lockedUntil: null };
  for (let at = 0; at < 5; at += 1) attempts = attempts && countAttempt(attempts, 1000);
  expect(attempts).toEqual({ count: 5, lockedUntil: 1000 + 30 * 60_000 });
  expect(attempts && countAttempt(attempts, 2000)).toBeNull();
  expect(attempts && countAttempt(attempts, 1000 + 30 * 60_000)).toEqual({ count: 1, lockedUntil: null });
});

test('an approval opens only what it was asked for, for who asked, for a day', () => {
  const now = new Date('2026-11-20T02:00:00Z');
  const approval = {
    kind: 'revealDocument',
    requestedBy: 'a',
    decision: 'approved',
    expiresAt: new Date('2026-11-21T02:00:00Z'),
    usedAt: null,
    childId: 'c',
    exportOf: null,
  };
  const use = { kind: 'revealDocument', actorId: 'a', now, childId: 'c' };
  expect(approvalFault(approval, use)).toBeNull();
  expect(approvalFault({ ...approval, usedAt: now }, use)).toBeNull();
  expect(approvalFault(approval, { ...use, actorId: 'b' })).toContain('他人');
  expect(approvalFault(approval, { ...use, childId: 'd' })).toContain('不是为本次');
  expect(approvalFault({ ...approval, decision: null }, use)).toContain('尚未批准');
  expect(approvalFault({ ...approval, decision: 'refused' }, use)).toContain('未获批准');
  expect(approvalFault(approval, { ...use, now: new Date('2026-11-21T02:00:00Z') })).toContain('24 小时');
  const once = { ...approval, kind: 'exportIdentities', childId: null, exportOf: 'roster', usedAt: now };
  expect(approvalFault(once, { kind: 'exportIdentities', actorId: 'a', now, exportOf: 'roster' })).toContain(
    '已经用过',
  );
});

test('words of devices and approvals', () => {
  expect(deviceWords('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36')).toBe(
    '电脑 · Chrome',
  );
  expect(deviceWords('curl/8')).toBe('其他设备');
  expect(approvalScopeWords('exportIdentities', null, 'roster')).toBe('导出在校学生花名册（含完整证件号码）');
  expect(isAdministrator([{ role: 'secAdmin' }])).toBe(true);
});
