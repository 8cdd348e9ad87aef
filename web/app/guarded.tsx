import { Component, Suspense, useEffect, type ReactNode } from 'react';
import { Button, Skeleton } from 'antd';
import { useRouterState, type ErrorComponentProps } from '@tanstack/react-router';
import { Failure } from '#domain/basics/failure.ts';
import { useMe } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import type { Screen } from './screen.ts';

/** Shows a page to who may see it; says what is missing to who may not. */
export function Guarded({ screen }: { screen: Screen }) {
  const me = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    document.title = `${screen.title} · 保学`;
  }, [screen]);
  if (!me.permissions.includes(screen.permission)) {
    return (
      <Page title={screen.title}>
        <Empty
          words="您的岗位没有查看这一页的权限。如工作需要，请联系安全管理员调整岗位。"
          action={<Go to="/">回到首页</Go>}
        />
      </Page>
    );
  }
  return (
    <FaultFence key={path}>
      <Suspense fallback={<PageWaiting />}>
        <screen.component />
      </Suspense>
    </FaultFence>
  );
}

// React takes error fences only as classes
class FaultFence extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };
  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }
  override render() {
    return this.state.fault ? (
      <Fault words={this.state.fault instanceof Failure ? this.state.fault.message : undefined} />
    ) : (
      this.props.children
    );
  }
}

function Fault({ words }: { words?: string | undefined }) {
  return (
    <Page title="这一页没有打开">
      <Empty
        words={words ?? '页面出现意外。已保存的内容不受影响，请刷新后再试；如反复出现，请联系系统管理员。'}
        action={
          <Button
            type="primary"
            onClick={() => {
              window.location.reload();
            }}
          >
            刷新
          </Button>
        }
      />
    </Page>
  );
}

/** Shown when a page breaks. */
export function PageFault({ error }: ErrorComponentProps) {
  return <Fault words={error instanceof Failure ? error.message : undefined} />;
}

/** Shown for an address that leads nowhere. */
export function PageMissing() {
  return (
    <Page title="没有这一页">
      <Empty words="地址可能写错，或内容已被移走。" action={<Go to="/">回到首页</Go>} />
    </Page>
  );
}

/** Shown while a page's part is fetched. */
export function PageWaiting() {
  return (
    <div className="page" aria-busy>
      <Skeleton active title={{ width: 200 }} paragraph={{ rows: 8 }} />
    </div>
  );
}
