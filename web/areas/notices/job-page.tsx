import { Alert, Button, Popconfirm, Progress, Table } from 'antd';
import { cancelJob, copyJob, downloadJob, getJob } from '#contract/notices-work.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { jobStateWords } from '#domain/notices/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, momentWords } from '#web/ui/words.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { jobLook } from './notices-words.ts';
import './notices.css';

type Job = OutputOf<typeof getJob>;

/** 一次批量签发: how far it is, its one file, who got none and why; can be stopped while it runs. */
export function JobPage() {
  const id = useRecordId();
  const first = useAnswer(getJob, { id }, { enabled: id !== '' });
  const running = first.data?.state === 'waiting' || first.data?.state === 'running';
  useAnswer(getJob, { id }, { enabled: id !== '' && running, refetchInterval: 1500 });
  const job = first.data?.id === id ? first.data : undefined;
  if (job === undefined)
    return (
      <Waiting
        title="一次批量签发"
        error={first.isFetching ? null : first.error}
        retry={() => void first.refetch()}
        extra={<GoButton to="/notices/jobs">批量签发记录</GoButton>}
      />
    );
  return (
    <Page
      title={
        <>
          批量签发：{job.kindWords} <Status kind={jobLook[job.state]} words={jobStateWords[job.state]} />
        </>
      }
      extra={<Actions job={job} running={running} />}
    >
      {job.problem === null ? null : <Alert type="error" showIcon title={job.problem} />}
      <Block>
        <Progress
          percent={job.total === 0 ? 0 : Math.floor((job.done / job.total) * 100)}
          status={job.state === 'failed' ? 'exception' : running ? 'active' : 'normal'}
        />
        <Facts
          items={[
            { label: '已办', value: `${count(job.done)} / ${count(job.total)}` },
            { label: '签发', value: `${count(job.done - job.skipped.length)} 份` },
            { label: '未签发', value: `${count(job.skipped.length)} 人` },
            { label: '合订文件', value: job.pages === null ? '签发完后生成' : `${count(job.pages)} 页` },
            { label: '经办人', value: job.startedName },
            { label: '开始', value: momentWords(job.createdAt) },
            { label: '结束', value: momentWords(job.finishedAt) },
          ]}
        />
      </Block>
      {job.skipped.length > 0 ? <Skipped job={job} /> : null}
    </Page>
  );
}

function Actions({ job, running }: { job: Job; running: boolean }) {
  const { send, sending } = useSend(cancelJob, { done: '已停止，已签发的仍有效。', refresh: ['notices'] });
  return (
    <>
      <GoButton to="/notices/jobs">批量签发记录</GoButton>
      <GoButton to={`/notices?jobId=${job.id}`}>查看这批文书</GoButton>
      {running ? (
        <Popconfirm
          title="停止后不再签发余下的，已签发的仍有效。"
          okText="停止"
          cancelText="返回"
          onConfirm={() => send({ id: job.id }).catch(() => undefined)}
        >
          <Button danger loading={sending}>
            停止
          </Button>
        </Popconfirm>
      ) : null}
      {job.pages === null || job.pages === 0 ? null : (
        <DownloadButton url={fileUrl(downloadJob, { id: job.id })} words="下载合订文件" primary />
      )}
      {running || job.done === job.skipped.length ? null : (
        <DownloadButton url={fileUrl(copyJob, { id: job.id })} words="Word 副本（打包）" />
      )}
    </>
  );
}

function Skipped({ job }: { job: Job }) {
  return (
    <Block title={`没有签发的 ${count(job.skipped.length)} 人`}>
      <Table<Job['skipped'][number]>
        size="small"
        rowKey="childId"
        dataSource={job.skipped}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            key: 'name',
            title: '学生',
            render: (_value, row) => <Go to={`/children/${row.childId}`}>{row.childName}</Go>,
          },
          { key: 'words', title: '原因', dataIndex: 'words' },
          {
            key: 'do',
            title: '办理',
            render: (_value, row) => <Go to={`/notices/new?kind=${job.kind}&child=${row.childId}`}>单独签发</Go>,
          },
        ]}
      />
    </Block>
  );
}
