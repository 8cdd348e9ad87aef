import { listImports, listKindWords } from '#contract/imports.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, momentShort } from '#web/ui/words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { importStateLook, importWords, isRunning, listKindWord } from './comparison-words.ts';
import type { ImportAnswer } from './import-queries.ts';
import './comparison.css';

const newImport = (
  <GoButton to="/compare/imports/new" type="primary">
    导入一批名单
  </GoButton>
);

/** 导入记录: every list handed in, with how far it is and how many rows wait for correction. */
export function ImportsPage() {
  const { state } = useListState();
  const go = useGo();
  // the same question as the list below, so that both share one answer; asked again while an import is under way
  const page = Number(state['page'] ?? '1') || 1;
  const size = Number(state['size'] ?? '50') || 50;
  const rows = useAnswer(listImports, { ...state, page, size }).data?.rows;
  const running = rows?.some((row) => isRunning(row.state)) ?? false;
  useAnswer(listImports, { ...state, page, size }, { refetchInterval: running ? 2000 : false });
  return (
    <Page
      title="导入名单"
      extra={
        <>
          <GoButton to="/compare/held">待更正的行</GoButton>
          {newImport}
        </>
      }
    >
      <List<ImportAnswer>
        endpoint={listImports}
        columns={columns}
        rowKey="id"
        onOpen={(row) => {
          go(`/compare/imports/${row.id}`);
        }}
        empty={
          <Empty
            words="还没有导入过名单。先导入学校名录，再导入适龄儿童少年信息档案和各校学籍花名册。"
            action={newImport}
          />
        }
        filters={
          <FilterChoice
            name="kind"
            placeholder="全部名单"
            width={220}
            options={Object.entries(listKindWords).map(([value, label]) => ({ value, label }))}
          />
        }
      />
    </Page>
  );
}

const columns: ListColumn<ImportAnswer>[] = [
  { key: 'fileName', title: '文件', phone: true, render: (row) => <strong>{row.fileName}</strong> },
  {
    key: 'kind',
    title: '名单',
    phone: true,
    render: (row) => (row.list === null ? listKindWord(row.kind) : `${listKindWord(row.kind)}（${row.list}）`),
  },
  {
    key: 'state',
    title: '进展',
    phone: true,
    render: (row) => (
      <Status
        kind={importStateLook[row.state]}
        words={
          isRunning(row.state) && row.rowsRead > 0
            ? `${importWords(row)}，已读 ${count(row.rowsRead)} 行`
            : importWords(row)
        }
      />
    ),
  },
  { key: 'asOf', title: '名单日期' },
  { key: 'rows', title: '数据行', align: 'right' },
  { key: 'accepted', title: '接收', align: 'right' },
  { key: 'unchanged', title: '没有变化', align: 'right' },
  { key: 'repeated', title: '重复', align: 'right' },
  {
    key: 'stillHeld',
    title: '待更正',
    align: 'right',
    phone: true,
    render: (row) =>
      row.state === 'done' && row.stillHeld > 0 ? (
        <Go to={`/compare/held?importId=${row.id}`}>{count(row.stillHeld)} 行</Go>
      ) : (
        count(row.state === 'done' ? row.stillHeld : row.held)
      ),
  },
  { key: 'startedName', title: '上传人' },
  { key: 'createdAt', title: '上传时间', render: (row) => momentShort(row.createdAt) },
];
