import { Button, Drawer, Space } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { downloadCopy, listCopies, makeCopy } from '#contract/interchange.ts';
import { fileUrl } from '#web/api/call.ts';
import { useSend } from '#web/api/use.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, type ListColumn } from '#web/parts/list.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { CopyForm } from './copy-form.tsx';

type Row = OutputOf<typeof listCopies>['rows'][number];

function CopyActs({ row }: { row: Row }) {
  const { send, sending } = useSend(makeCopy, { done: '副本已生成。', refresh: ['interchange', 'security'] });
  if (row.state === 'asked')
    return row.waits === null ? (
      <Button
        type="primary"
        size="small"
        loading={sending}
        onClick={() => void send({ id: row.id }).catch(() => undefined)}
      >
        生成副本
      </Button>
    ) : (
      <span className="quiet">{row.waits}</span>
    );
  return (
    <Space>
      {row.subjectKind === 'child' ? <a href={fileUrl(downloadCopy, { id: row.id, form: 'pdf' })}>PDF</a> : null}
      <a href={fileUrl(downloadCopy, { id: row.id, form: 'json' })}>JSON</a>
    </Space>
  );
}

const columns: readonly ListColumn<Row>[] = [
  { key: 'subjectName', title: '对象', phone: true, render: (row) => <strong>{row.subjectName}</strong> },
  { key: 'requester', title: '申请人', phone: true, render: (row) => `${row.requester}（${row.relation}）` },
  { key: 'receivedOn', title: '收到日期', phone: true },
  { key: 'meansWords', title: '方式' },
  { key: 'proof', title: '核验' },
  { key: 'purpose', title: '用途' },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => (
      <Status kind={row.state === 'made' ? 'ok' : 'wait'} words={row.state === 'made' ? '已生成' : '办理中'} />
    ),
  },
  { key: 'acts', title: '办理', phone: true, render: (row) => <CopyActs row={row} /> },
  { key: 'approvedName', title: '批准人' },
  { key: 'records', title: '记录数', extra: true },
  { key: 'fingerprint', title: '数据指纹', extra: true },
];

/** 信息查阅副本: requests for everything about one child or school, each with a second person's approval, the copy and its downloads. */
export function CopiesPage() {
  const [asking, setAsking] = useState(false);
  const phone = usePhone();
  const start = (
    <Button
      type="primary"
      onClick={() => {
        setAsking(true);
      }}
    >
      登记申请
    </Button>
  );
  return (
    <Page title="信息查阅副本" extra={start}>
      <p className="quiet">
        监护人有权查阅、复制其子女的个人信息（个人信息保护法第四十五条）。登记后由另一人批准，副本加水印、加密保存，每次下载都留痕。
      </p>
      <List<Row>
        endpoint={listCopies}
        columns={columns}
        rowKey="id"
        empty={<Empty words="没有申请。监护人来查阅、复制时，在这里登记。" action={start} />}
        filters={
          <FilterChoice
            name="state"
            placeholder="状态"
            options={[
              { value: 'asked', label: '办理中' },
              { value: 'made', label: '已生成' },
            ]}
          />
        }
      />
      {asking ? (
        <Drawer
          open
          title="登记查阅、复制申请"
          size={phone ? '100%' : 520}
          onClose={() => {
            setAsking(false);
          }}
        >
          <CopyForm
            onDone={() => {
              setAsking(false);
            }}
          />
        </Drawer>
      ) : null}
    </Page>
  );
}
