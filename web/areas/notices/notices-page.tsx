import { listDocuments, downloadDocument } from '#contract/notices.ts';
import { documentKinds, documentStates } from '#domain/notices/record.ts';
import { documentKindWords, documentStateWords } from '#domain/notices/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useThen } from '#web/parts/as-of.tsx';
import { FilterChild, FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { documentLook, type Document } from './notices-words.ts';
import './notices.css';

const kindChoices = documentKinds.map((value) => ({ value, label: documentKindWords[value] }));
const stateChoices = [
  { value: 'unserved', label: '待送达' },
  { value: 'overdue', label: '期限已满' },
  ...documentStates.map((value) => ({ value: value, label: documentStateWords[value] })),
];

const columns: readonly ListColumn<Document>[] = [
  { key: 'kindWords', title: '文书', phone: true, render: (row) => <strong>{row.kindWords}</strong> },
  { key: 'numberWords', title: '文号', phone: true, render: (row) => row.numberWords ?? '不编号' },
  { key: 'childName', title: '学生', phone: true },
  { key: 'unitWords', title: '签发单位' },
  { key: 'issuedDay', title: '签发日期' },
  { key: 'signerName', title: '签发人' },
  { key: 'issuedName', title: '经办人', extra: true },
  { key: 'servedDay', title: '送达日期' },
  {
    key: 'dueDate',
    title: '期限',
    render: (row) => <span className={row.overdue ? 'not-late' : undefined}>{row.dueDate ?? '—'}</span>,
  },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => (
      <Status kind={documentLook(row)} words={row.overdue ? `${row.stateWords}，期限已满` : row.stateWords} />
    ),
  },
  {
    key: 'file',
    title: '原件',
    render: (row) => <DownloadButton url={fileUrl(downloadDocument, { id: row.id })} words="下载" link />,
  },
];

/** 文书: every issued document within reach, by kind, state and year; each opens its record and gives its file. */
export function NoticesPage() {
  const { today } = useMe();
  const { state } = useListState();
  const go = useGo();
  const mayIssue = useMay('notices.issue');
  const off = useThen()?.why ?? null;
  const thisYear = Number(today.slice(0, 4));
  const years = Array.from({ length: 6 }, (_unused, index) => String(thisYear - index));
  const filtered = Object.keys(state).some((key) => key !== 'page' && key !== 'size');
  return (
    <Page
      title="文书"
      extra={
        mayIssue ? (
          <>
            <GoButton to="/notices/jobs/new" off={off}>
              批量签发
            </GoButton>
            <GoButton to="/notices/new" type="primary" off={off}>
              签发文书
            </GoButton>
          </>
        ) : null
      }
    >
      <List<Document>
        endpoint={listDocuments}
        columns={columns}
        rowKey="id"
        onOpen={(row) => {
          go(`/notices/${row.id}`);
        }}
        empty={
          filtered
            ? '没有符合这些条件的文书。可以去掉一些筛选条件再看。'
            : '还没有签发过文书。在这里或劝返个案里签发的报告、通知书和协查函会列在这里。'
        }
        filters={
          <>
            <FilterText placeholder="文号或学生姓名" />
            <FilterChild />
            <FilterChoice name="kind" placeholder="文书种类" options={kindChoices} width={190} />
            <FilterChoice name="state" placeholder="状态" options={stateChoices} width={120} />
            <FilterChoice
              name="year"
              placeholder="年份"
              width={110}
              options={years.map((value) => ({ value, label: `${value} 年` }))}
            />
          </>
        }
      />
    </Page>
  );
}
