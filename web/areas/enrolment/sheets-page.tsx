import { App, Button, Upload } from 'antd';
import { UploadOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { handInSheet, listSheets, sheetTemplate } from '#contract/enrolment-sheets.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { fileUrl, isFailure, upload } from '#web/api/call.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, type ListColumn } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import './enrolment.css';

type Row = OutputOf<typeof listSheets>['rows'][number];
const columns: ListColumn<Row>[] = [
  { key: 'fileName', title: '表格', phone: true, render: (row) => <strong>{row.fileName}</strong> },
  { key: 'at', title: '上传时间', phone: true, render: (row) => row.at.slice(0, 10) },
  { key: 'byName', title: '上传人' },
  { key: 'rows', title: '行数', phone: true },
  { key: 'held', title: '待更正', phone: true },
  { key: 'ready', title: '可提出', phone: true },
  { key: 'asked', title: '已提出', phone: true },
];

/** 批量办理学籍异动: the template, the upload, and the sheets handed in before. */
export function SheetsPage() {
  const { message } = App.useApp();
  const go = useGo();
  const [sending, setSending] = useState(false);
  const send = async (file: File) => {
    setSending(true);
    try {
      const { id } = await upload(handInSheet, { fileName: file.name }, file);
      go(`/changes/sheets/${id}`);
    } catch (error) {
      void message.error(isFailure(error) ? error.message : '没有传上去，请再试一次。', 8);
    }
    setSending(false);
  };
  return (
    <Page title="批量办理学籍异动" extra={<GoButton to="/changes">回到列表</GoButton>}>
      <Block title="上传表格">
        <p>
          转学、休学、复学、留级、跳级、转班等可以填在一张表里一次提出。上传后先逐行预览，有问题的行在页面上更正；确认后逐项提出，再上传各自的材料，由各方审批。
        </p>
        <span className="enrol-acts">
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
          <DownloadButton url={fileUrl(sheetTemplate, {})} words="下载模板" />
        </span>
      </Block>
      <List<Row>
        endpoint={listSheets}
        columns={columns}
        rowKey="id"
        onOpen={(row) => {
          go(`/changes/sheets/${row.id}`);
        }}
        empty={<Empty words="还没有上传过表格。先下载模板，填好后在上面上传。" />}
      />
    </Page>
  );
}
