import { useState } from 'react';
import { App, Button } from 'antd';
import { FilePdfOutlined } from '@ant-design/icons';
import type { InputOf } from '#contract/endpoint.ts';
import { exportBrief } from '#contract/statistics-cockpit.ts';
import { Failure } from '#domain/basics/failure.ts';
import { saveFile } from '#web/api/call.ts';
import { addressOf } from '#web/ui/address.ts';

/** Fetches the one-page brief of what is shown and hands it to the browser to save. */
export function BriefButton({ input }: { input: InputOf<typeof exportBrief> }) {
  const { message } = App.useApp();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      await saveFile(addressOf(exportBrief.path, input));
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有下载，请稍后再试。', 6);
    } finally {
      setSaving(false);
    }
  };
  return (
    <Button icon={<FilePdfOutlined />} loading={saving} onClick={() => void save()}>
      下载简报
    </Button>
  );
}
