import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Progress } from 'antd';
import { downloadFile, listFiles } from '#contract/books.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { fileUrl, isFailure, saveFile } from '#web/api/call.ts';
import { useAnswer } from '#web/api/use.ts';
import type { ListColumn } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Block, Empty } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';

type Made = OutputOf<typeof listFiles>['rows'][number];

function State({ row }: { row: Made }) {
  if (row.state === 'done') return <Status kind="ok" words="已做好" />;
  if (row.state === 'failed') return <Status kind="bad" words={row.problem ?? '未能完成'} />;
  return (
    <span>
      <Progress percent={Math.round((row.done / row.total) * 100)} size="small" aria-label="制作进度" />
      {row.step}
    </span>
  );
}

/** Books and large sheets that one's unit had made, with their progress. */
export function MadeFiles() {
  const { message } = App.useApp();
  const first = useAnswer(listFiles, { size: 20 });
  const running = first.data?.rows.some((row) => row.state === 'waiting' || row.state === 'running') ?? false;
  useAnswer(listFiles, { size: 20 }, { enabled: running, refetchInterval: 1500 });
  const rows = first.data?.rows ?? [];
  const save = (row: Made) => {
    saveFile(fileUrl(downloadFile, { id: row.id })).catch((error: unknown) => {
      void message.error(isFailure(error) ? error.message : '没有下载，请稍后再试。', 6);
    });
  };
  const columns: ListColumn<Made>[] = [
    { key: 'title', title: '册表', render: (row) => <strong>{row.title}</strong> },
    { key: 'day', title: '截至' },
    { key: 'state', title: '进度', width: 200, render: (row) => <State row={row} /> },
    { key: 'pages', title: '页数', align: 'right', render: (row) => row.pages ?? '—' },
    { key: 'fingerprint', title: '数据指纹', render: (row) => row.fingerprint?.slice(0, 12) ?? '—' },
    { key: 'madeName', title: '制作人' },
    { key: 'createdAt', title: '制作时间', render: (row) => momentShort(row.createdAt) },
    {
      key: 'open',
      title: '下载',
      render: (row) =>
        row.mayOpen ? (
          <Button
            icon={<DownloadOutlined />}
            onClick={() => {
              save(row);
            }}
          >
            下载 {row.format === 'pdf' ? 'PDF' : 'xlsx'}
          </Button>
        ) : row.full ? (
          '含完整号码，仅制作人可下载'
        ) : (
          '—'
        ),
    },
  ];
  return (
    <Block title="做好的册和表">
      {rows.length === 0 ? (
        <Empty words="还没有制作过。制作一校一册或较大的表时，进度和文件列在这里。" />
      ) : (
        <WideTable rows={rows} columns={columns} keyOf={(row) => row.id} />
      )}
    </Block>
  );
}
