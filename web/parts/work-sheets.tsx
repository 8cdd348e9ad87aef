import { App, Button, Upload } from 'antd';
import { UploadOutlined } from '@ant-design/icons';
import { useState, type ReactNode } from 'react';
import { isFailure, upload } from '#web/api/call.ts';
import { useGo } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { GoButton } from './go-button.tsx';
import { List, type ListColumn } from './list.tsx';
import type { SheetDesk, SheetOf } from './work-sheet-words.ts';
import './work-sheet.css';

type Row = Omit<SheetOf, 'lines'>;

const columnsOf = (verb: string): ListColumn<Row>[] => [
  { key: 'fileName', title: '表格', phone: true, render: (row) => <strong>{row.fileName}</strong> },
  { key: 'at', title: '上传时间', phone: true, render: (row) => row.at.slice(0, 10) },
  { key: 'byName', title: '上传人' },
  { key: 'rows', title: '行数', phone: true },
  { key: 'held', title: '待更正', phone: true },
  { key: 'ready', title: `可${verb}`, phone: true },
  { key: 'asked', title: `已${verb}`, phone: true },
];

/** The sheets of a kind of work: the template, the upload, and what was handed in before. */
export function WorkSheetsPage({ desk, template }: { desk: SheetDesk; template: ReactNode }) {
  const { message } = App.useApp();
  const go = useGo();
  const [sending, setSending] = useState(false);
  const send = async (file: File) => {
    setSending(true);
    try {
      const { id } = await upload(desk.calls.handIn, { fileName: file.name }, file);
      go(`${desk.path}/${id}`);
    } catch (error) {
      void message.error(isFailure(error) ? error.message : '没有传上去，请再试一次。', 8);
    }
    setSending(false);
  };
  return (
    <Page title={desk.title} extra={<GoButton to={desk.back.to}>{desk.back.words}</GoButton>}>
      <Block title="上传表格">
        <ul className="sheet-words">
          {desk.words.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <span className="sheet-acts">
          <Upload
            accept=".xlsx,.xls,.csv"
            showUploadList={false}
            beforeUpload={(file) => {
              void send(file);
              return false;
            }}
          >
            <Button type="primary" icon={<UploadOutlined />} loading={sending}>
              选择表格并预览
            </Button>
          </Upload>
          {template}
        </span>
      </Block>
      <List<Row>
        endpoint={desk.calls.list}
        columns={columnsOf(desk.verb)}
        rowKey="id"
        onOpen={(row) => {
          go(`${desk.path}/${row.id}`);
        }}
        empty={<Empty words="还没有上传过表格。先下载模板，填好后在上面上传。" />}
      />
    </Page>
  );
}
