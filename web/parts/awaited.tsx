import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Failure } from '#domain/basics/failure.ts';
import { Empty, Page } from '#web/ui/page.tsx';

/** What stands in place of an answer that is not there: bars of its size, or the fault with a button to try again; what does not exist is said plainly. */
export function Awaited({ error, retry }: { error: Error | null; retry: () => void }) {
  if (error instanceof Failure && error.code === 'not-found')
    return (
      <section className="block">
        <Empty words={error.message} />
      </section>
    );
  if (error !== null)
    return <Alert type="error" showIcon title={error.message} action={<Button onClick={retry}>再试一次</Button>} />;
  return (
    <div aria-busy className="block">
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    </div>
  );
}

/** A record page before its answer is there. */
export function Waiting({
  title,
  error,
  retry,
  extra,
}: {
  title: string;
  error: Error | null;
  retry: () => void;
  extra?: ReactNode;
}) {
  return (
    <Page title={title} extra={extra}>
      <Awaited error={error} retry={retry} />
    </Page>
  );
}
