import { DownOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { listAccounts, resetPassword, setAccountState, type Account } from '#contract/security.ts';
import { useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { FilterText } from '#web/parts/filters.tsx';
import { List } from '#web/parts/list.tsx';
import { askReason } from '#web/parts/reason.tsx';
import { Page } from '#web/ui/page.tsx';
import { SecretOnce, type ShownOnce } from '#web/ui/secret-once.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { AccountCreate } from './account-create.tsx';

type Row = z.output<typeof Account>;
type Action = 'disable' | 'enable' | 'unlock' | 'removeSecondFactor';

const actionWords: Record<Action, { words: string; done: string; explained: string; danger: boolean }> = {
  disable: {
    words: '停用',
    done: '已停用。',
    explained: '停用后立即退出登录，此人不能再登录；可以再启用。',
    danger: true,
  },
  enable: { words: '启用', done: '已启用。', explained: '启用后此人可以用原密码登录。', danger: false },
  unlock: { words: '解锁', done: '已解锁。', explained: '请先向本人核实是不是本人输错了密码。', danger: false },
  removeSecondFactor: {
    words: '解除动态口令',
    done: '已解除动态口令。',
    explained: '用于手机丢失或更换。解除后，此人下次登录时重新绑定。请先当面核实身份。',
    danger: true,
  },
};

/** Accounts: opened, reset, stopped and unlocked here, always with a reason; what a person may see follows from posts. */
export function AccountsPage() {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<ShownOnce | null>(null);
  const state = useSend(setAccountState, { done: '已办理，已记入审计。' });
  const reset = useSend(resetPassword);
  async function change(row: Row, action: Action) {
    const { words, explained, danger } = actionWords[action];
    const reason = await askReason({ title: `${words}：${row.name}（${row.login}）`, words: explained, danger });
    if (reason !== null) await state.send({ id: row.id, action, reason });
  }
  async function resetFor(row: Row) {
    const reason = await askReason({
      title: `重置密码：${row.name}（${row.login}）`,
      words: '原密码立即失效，已登录的设备全部退出。请先核实是本人提出。',
      danger: true,
    });
    if (reason === null) return;
    const answer = await reset.send({ id: row.id, reason });
    setShown({
      title: '新的初始密码',
      owner: `${row.name}（登录名 ${row.login}）`,
      secret: answer.firstPassword,
      words: '请当面或用电话告诉本人。首次登录时须改为自己的密码。',
    });
  }
  function itemsOf(row: Row): { key: Action | 'reset'; label: string; danger?: boolean }[] {
    return [
      { key: 'reset', label: '重置密码' },
      ...(row.locked ? [{ key: 'unlock' as const, label: '解锁' }] : []),
      ...(row.secondFactor ? [{ key: 'removeSecondFactor' as const, label: '解除动态口令' }] : []),
      row.disabled ? { key: 'enable', label: '启用' } : { key: 'disable', label: '停用', danger: true },
    ];
  }
  return (
    <Page
      title="账号"
      extra={
        <Button
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => {
            setAdding(true);
          }}
        >
          开通账号
        </Button>
      }
    >
      <List
        endpoint={listAccounts}
        rowKey="id"
        filters={<FilterText placeholder="姓名或登录名" />}
        columns={[
          { key: 'name', title: '姓名', phone: true },
          { key: 'login', title: '登录名', phone: true },
          {
            key: 'posts',
            title: '岗位',
            render: (row) => <Posts posts={row.posts} />,
          },
          { key: 'state', title: '状态', phone: true, render: (row) => <State row={row} /> },
          { key: 'secondFactor', title: '动态口令', render: (row) => (row.secondFactor ? '已绑定' : '未绑定') },
          { key: 'createdAt', title: '开通时间', render: (row) => momentShort(row.createdAt) },
          {
            key: 'do',
            title: '办理',
            phone: true,
            render: (row) =>
              row.id === me.accountId ? (
                <span className="quiet" title="自己的账号由另一位安全管理员办理。">
                  本人
                </span>
              ) : (
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: itemsOf(row),
                    onClick: ({ key }) =>
                      void (key === 'reset'
                        ? resetFor(row)
                        : change(row, key as Action)) /* as: the keys are those of itemsOf */,
                  }}
                >
                  <Button aria-label={`办理${row.name}的账号`}>
                    办理 <DownOutlined aria-hidden />
                  </Button>
                </Dropdown>
              ),
          },
        ]}
        empty="没有符合条件的账号。点“开通账号”为已登记的人员开通。"
      />
      {adding && (
        <AccountCreate
          onClose={() => {
            setAdding(false);
          }}
          onCreated={(secret) => {
            setAdding(false);
            setShown(secret);
          }}
        />
      )}
      <SecretOnce
        shown={shown}
        onClose={() => {
          setShown(null);
        }}
      />
    </Page>
  );
}

/** The first posts, one a line; the rest on hover. */
function Posts({ posts }: { posts: readonly string[] }) {
  if (posts.length === 0) return <span className="quiet">没有岗位</span>;
  const shown = posts.length > 3 ? posts.slice(0, 2) : posts;
  return (
    <div title={posts.join('；')}>
      {shown.map((post) => (
        <div key={post}>{post}</div>
      ))}
      {shown.length < posts.length && <div className="quiet">等 {posts.length} 个岗位</div>}
    </div>
  );
}

function State({ row }: { row: Row }) {
  if (row.disabled) return <Status kind="quiet" words="已停用" />;
  if (row.locked) return <Status kind="bad" words="密码连续输错，已锁定" />;
  if (row.mustChangePassword) return <Status kind="wait" words="待本人改密码" />;
  return <Status kind="ok" words="正常" />;
}
