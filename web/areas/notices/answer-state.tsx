import { Alert, Button, Skeleton } from 'antd';

/** What stands in place of an answer that is not there: bars of its size, or the fault with a button to try again. */
export function Awaited({ error, retry }: { error: Error | null; retry: () => void }) {
  if (error !== null)
    return <Alert type="error" showIcon title={error.message} action={<Button onClick={retry}>再试一次</Button>} />;
  return (
    <div aria-busy className="block">
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    </div>
  );
}
