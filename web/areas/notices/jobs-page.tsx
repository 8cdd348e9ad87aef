import { listJobs } from '#contract/notices-work.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { jobStateWords } from '#domain/notices/words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, type ListColumn } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, momentShort } from '#web/ui/words.ts';
import { jobLook } from './notices-words.ts';
import './notices.css';

type Job = OutputOf<typeof listJobs>['rows'][number];

const columns: readonly ListColumn<Job>[] = [
  { key: 'kindWords', title: '文书', phone: true, render: (row) => <strong>{row.kindWords}</strong> },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => <Status kind={jobLook[row.state]} words={jobStateWords[row.state]} />,
  },
  {
    key: 'done',
    title: '已办',
    phone: true,
    align: 'right',
    render: (row) => `${count(row.done)} / ${count(row.total)}`,
  },
  {
    key: 'skipped',
    title: '未签发',
    phone: true,
    align: 'right',
    render: (row) =>
      row.skipped.length === 0 ? '0' : <strong className="not-late">{count(row.skipped.length)}</strong>,
  },
  { key: 'pages', title: '页数', align: 'right' },
  { key: 'startedName', title: '经办人' },
  { key: 'createdAt', title: '开始', phone: true, render: (row) => momentShort(row.createdAt) },
  { key: 'finishedAt', title: '结束', render: (row) => momentShort(row.finishedAt) },
];

/** 批量签发记录: every bulk issue of one's unit, how far it is and who got none. */
export function JobsPage() {
  const go = useGo();
  return (
    <Page
      title="批量签发记录"
      extra={
        <>
          <GoButton to="/notices">文书列表</GoButton>
          <GoButton to="/notices/jobs/new" type="primary">
            批量签发
          </GoButton>
        </>
      }
    >
      <List<Job>
        endpoint={listJobs}
        columns={columns}
        rowKey="id"
        onOpen={(row) => {
          go(`/notices/jobs/${row.id}`);
        }}
        empty="还没有批量签发过。给一个班或多名学生签发同一种文书时，进度和合订文件列在这里。"
      />
    </Page>
  );
}
