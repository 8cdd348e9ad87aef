import type { App } from 'antd';
import { signOut } from '#contract/security.ts';
import { call } from '#web/api/call.ts';
import { draftKeys, dropDraft } from './draft.ts';

type Modal = ReturnType<typeof App.useApp>['modal'];

/** Signs out, here or everywhere, and goes to the sign-in page; asks first where something half written would be lost by it. */
export async function leavePlatform(modal: Modal, everywhere = false): Promise<void> {
  const drafts = draftKeys();
  if (drafts.length > 0) {
    const leaves = await modal.confirm({
      title: '有没写完的内容，退出后不能找回',
      content: `${String(drafts.length)} 份统计报告写了一半，还没有签报。退出登录会清除它们。`,
      okText: '仍要退出',
      okButtonProps: { danger: true },
      cancelText: '返回接着写',
    });
    if (!leaves) return;
    for (const key of drafts) dropDraft(key);
  }
  await call(signOut, { everywhere }).catch(() => undefined);
  window.location.assign('/');
}

/** Forgets what another person left half written in this tab. */
export function dropDraftsOfOthers(accountId: string): void {
  for (const key of draftKeys()) if (!key.startsWith(`${accountId} `)) dropDraft(key);
}
