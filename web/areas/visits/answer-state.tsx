import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Page } from '#web/ui/page.tsx';

/** What a record page shows before its answer is there: bars of the final size, or the fault with a button to try again. */
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
      {error === null ? (
        <div aria-busy className="block">
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
      ) : (
        <Alert type="error" showIcon title={error.message} action={<Button onClick={retry}>再试一次</Button>} />
      )}
    </Page>
  );
}
