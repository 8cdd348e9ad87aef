import { Alert, Button, Skeleton } from 'antd';
import { exportCase, getCase } from '#contract/dropout-views.ts';
import { fileUrl } from '#web/api/call.ts';
import { useAnswer } from '#web/api/use.ts';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { CaseActs } from './case-acts.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CaseLadder, CaseTimeline } from './case-history.tsx';
import { CaseSide } from './case-side.tsx';
import { stateLook } from './case-words.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import './dropout.css';

/** 一生一案: state and next step on top, ladder and timeline in the middle, facts and what belongs to the case at the side. */
export function CasePage() {
  const id = useRecordId();
  const answer = useAnswer(getCase, { id }, { enabled: id !== '' });
  const record = answer.data?.id === id ? answer.data : undefined;
  const back = <GoButton to="/cases">回到列表</GoButton>;
  if (record === undefined)
    return (
      <Page title="一生一案" extra={back}>
        {answer.error === null || answer.isFetching ? (
          <div aria-busy className="block">
            <Skeleton active title={false} paragraph={{ rows: 8 }} />
          </div>
        ) : (
          <Alert
            type="error"
            showIcon
            title={answer.error.message}
            action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
          />
        )}
      </Page>
    );
  return (
    <Page
      title={
        <>
          {record.name}{' '}
          <span className="drop-head-status">
            <Status kind={stateLook[record.state]} words={`${record.kindWords} · ${record.stateWords}`} />{' '}
            {record.urgent ? <Status kind="bad" words="紧急" /> : null}{' '}
            {record.waitingElsewhere ? <Status kind="wait" words="待外地回函" /> : null}{' '}
            <span className="quiet">
              {[record.schoolName, record.className, `第 ${String(record.round)} 轮`].filter(Boolean).join(' ')}
            </span>
          </span>
        </>
      }
      extra={
        <>
          {back}
          <Book id={record.id} />
        </>
      }
    >
      <CaseActs record={record} />
      <div className="drop-record">
        <div>
          <CaseLadder record={record} />
          <CaseTimeline record={record} />
        </div>
        <div>
          <CaseFacts record={record} />
          <CaseSide record={record} />
        </div>
      </div>
    </Page>
  );
}

function Book({ id }: { id: string }) {
  return (
    <>
      <DownloadButton url={fileUrl(exportCase, { id })} words="导出一生一案" />
      <DownloadButton url={fileUrl(exportCase, { id, form: 'word' })} words="Word 副本" />
    </>
  );
}
