import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Failure } from '#domain/basics/failure.ts';
import { saveFile } from '#web/api/call.ts';

/** Fetches a file and hands it to the browser to save; a refusal is shown in words. */
export function DownloadButton({
  url,
  words,
  link = false,
  primary = false,
}: {
  url: string;
  words: string;
  link?: boolean;
  primary?: boolean;
}) {
  const { message } = App.useApp();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      await saveFile(url);
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有下载，请稍后再试。', 6);
    } finally {
      setSaving(false);
    }
  };
  return (
    <Button
      {...(link ? { type: 'link' as const } : primary ? { type: 'primary' as const } : {})}
      icon={<DownloadOutlined />}
      loading={saving}
      onClick={() => void save()}
    >
      {words}
    </Button>
  );
}
