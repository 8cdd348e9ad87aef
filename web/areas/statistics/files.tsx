import { App, Button } from 'antd';
import { FileExcelOutlined, FilePdfOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { Failure } from '#domain/basics/failure.ts';
import { saveFile } from '#web/api/call.ts';

/** The two files of a report: its forms as a workbook, everything as a PDF; `small` in a line of a table. */
export function Files({ xlsx, pdf, small = false }: { xlsx: string; pdf: string; small?: boolean }) {
  const size = small ? 'small' : 'middle';
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
      <Button size={size} icon={<FileExcelOutlined />} loading={saving === xlsx} onClick={() => void save(xlsx)}>
        {small ? '表格' : '下载表格'}
      </Button>
      <Button size={size} icon={<FilePdfOutlined />} loading={saving === pdf} onClick={() => void save(pdf)}>
        {small ? 'PDF' : '下载 PDF'}
      </Button>
    </>
  );
}
