import { lazy, Suspense, useEffect } from 'react';
import { Button, Spin } from 'antd';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { whoAmI } from '#contract/security.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';
import { FirstPassword, FirstSecondFactor } from '#web/areas/sign-in/first-steps.tsx';
import { SignInPage } from '#web/areas/sign-in/sign-in-page.tsx';
import { Empty } from '#web/ui/page.tsx';

// fetched beside the first question to the server, and kept out of the first script
const inside = import('./inside.tsx');
const Inside = lazy(() => inside.then((part) => ({ default: part.Inside })));

function Wait() {
  return (
    <div className="gate-wait" aria-busy>
      <p className="gate-words" role="status">
        <Spin />
        正在打开
      </p>
    </div>
  );
}

/** Stands before every page: sign-in, the first change of the password, the binding of the second factor, then the pages. */
export function Gate() {
  const client = useQueryClient();
  const me = useQuery({ queryKey: ['security.whoAmI', {}], queryFn: () => call(whoAmI, {}), staleTime: 60_000 });
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        // rights or duties of the account changed while the page was open
        const error = event.type === 'updated' && event.action.type === 'error' ? event.action.error : null;
        if (
          error instanceof Failure &&
          (error.code === 'password-change-needed' || error.code === 'second-factor-setup-needed')
        )
          void me.refetch();
      }),
    [client, me],
  );
  const again = () => {
    client.clear();
    void me.refetch();
  };
  if (me.isPending) return <Wait />;
  if (me.isError && !me.data) {
    if (me.error instanceof Failure && me.error.code === 'signed-out') return <SignInPage onSignedIn={again} />;
    return (
      <div className="gate-wait">
        <Empty
          words={me.error.message}
          action={
            <Button type="primary" onClick={() => void me.refetch()}>
              再试一次
            </Button>
          }
        />
      </div>
    );
  }
  if (!me.data) return null;
  if (me.data.mustChangePassword) return <FirstPassword me={me.data} onDone={() => void me.refetch()} />;
  if (me.data.needsSecondFactorSetup) return <FirstSecondFactor me={me.data} onDone={() => void me.refetch()} />;
  return (
    <Suspense fallback={<Wait />}>
      <Inside me={me.data} />
    </Suspense>
  );
}
