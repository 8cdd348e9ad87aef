import { App, Button } from 'antd';
import { FileExcelOutlined, FilePdfOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { Failure } from '#domain/basics/failure.ts';
import { saveFile } from '#web/api/call.ts';

/** The two files of a report: its forms as a workbook, everything as a PDF. */
export function Files({ xlsx, pdf }: { xlsx: string; pdf: string }) {
  const { message } = App.useApp();
  const [saving, setSaving] = useState<string>();
  const save = async (url: string) => {
    setSaving(url);
    try {
      await saveFile(url);
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有下载，请稍后再试。', 6);
    } finally {
      setSaving(undefined);
    }
  };
  return (
    <>
      <Button icon={<FileExcelOutlined />} loading={saving === xlsx} onClick={() => void save(xlsx)}>
        下载表格
      </Button>
      <Button icon={<FilePdfOutlined />} loading={saving === pdf} onClick={() => void save(pdf)}>
        下载 PDF
      </Button>
    </>
  );
}
