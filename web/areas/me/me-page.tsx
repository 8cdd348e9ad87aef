import { useState } from 'react';
import { App, Button, Modal } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { listSessions } from '#contract/security.ts';
import { useMe } from '#web/api/me.ts';
import { refreshAreas, useAnswer } from '#web/api/use.ts';
import { leavePlatform } from '#web/parts/leave.ts';
import { PasswordForm } from '#web/parts/password-form.tsx';
import { SecondFactorForm } from '#web/parts/second-factor-form.tsx';
import { Block, Facts, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';

/** 我的账号: posts, password, second factor, where one is signed in. */
export function MePage() {
  const me = useMe();
  const client = useQueryClient();
  const sessions = useAnswer(listSessions, {});
  const [open, setOpen] = useState<'password' | 'factor' | null>(null);
  const close = () => {
    setOpen(null);
    void refreshAreas(client, ['security']);
  };
  const { modal } = App.useApp();
  const leave = (everywhere: boolean) => leavePlatform(modal, everywhere);
  return (
    <Page title="我的账号" extra={<Button onClick={() => void leave(false)}>退出登录</Button>}>
      <div className="me-grid">
        <Block title={me.name}>
          <Facts
            items={[
              { label: '登录名', value: me.login },
              { label: '所在区', value: me.district.name },
              {
                label: '岗位',
                value:
                  me.posts.length === 0
                    ? '目前没有岗位，请联系安全管理员。'
                    : me.posts.map((post) => (
                        <div key={`${post.role}.${post.unitId}`}>
                          {post.unitName} {post.roleName}
                        </div>
                      )),
              },
            ]}
          />
        </Block>
        <Block title="登录安全">
          <Facts
            items={[
              {
                label: '密码',
                value: (
                  <Button
                    onClick={() => {
                      setOpen('password');
                    }}
                  >
                    修改密码
                  </Button>
                ),
              },
              {
                label: '动态口令',
                value: (
                  <>
                    {me.secondFactor ? <Status kind="ok" words="已绑定" /> : <Status kind="warn" words="未绑定" />}{' '}
                    <Button
                      onClick={() => {
                        setOpen('factor');
                      }}
                    >
                      {me.secondFactor ? '换绑' : '绑定'}
                    </Button>
                  </>
                ),
              },
            ]}
          />
        </Block>
        <Block
          title="登录设备"
          extra={
            <Button danger onClick={() => void leave(true)}>
              在所有设备上退出
            </Button>
          }
        >
          <ul className="me-sessions">
            {(sessions.data ?? []).map((session) => (
              <li key={`${session.device}.${session.createdAt}`}>
                <strong>{session.device}</strong> {session.current ? <Status kind="ok" words="本机" /> : null}
                <p className="quiet">
                  登录于 {momentWords(session.createdAt)}，最近使用 {momentWords(session.seenAt)}
                </p>
              </li>
            ))}
          </ul>
        </Block>
      </div>
      <Modal
        open={open === 'password'}
        title="修改密码"
        footer={null}
        onCancel={() => {
          setOpen(null);
        }}
        width={420}
        destroyOnHidden
      >
        <PasswordForm minimum={me.passwordMinimum} onDone={close} />
      </Modal>
      <Modal
        open={open === 'factor'}
        title="绑定动态口令"
        footer={null}
        onCancel={() => {
          setOpen(null);
        }}
        width={420}
        destroyOnHidden
      >
        <SecondFactorForm onDone={close} />
      </Modal>
    </Page>
  );
}
