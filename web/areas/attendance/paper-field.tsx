import { PaperClipOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { uploadPaper } from '#contract/papers.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { PaperKind } from '#domain/papers/record.ts';
import { newRequestId, upload } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { shrinkPicture } from '#web/parts/shrink-picture.ts';

/** Uploads one picture or PDF of a child; its value is the paper's id. Also a field of a form. */
export function PaperField({
  value,
  onChange,
  childId,
  kind,
}: {
  value?: string | null | undefined;
  onChange?: (paperId: string) => void;
  childId: string | undefined;
  kind: PaperKind;
}) {
  const { message } = App.useApp();
  const may = useMay('papers.add');
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const send = async (file: File) => {
    setSending(true);
    try {
      const small = await shrinkPicture(file);
      const id = newRequestId();
      await upload(
        uploadPaper,
        { id, kind, fileName: small.name, ...(childId === undefined ? {} : { childId }) },
        small,
      );
      setName(file.name);
      onChange?.(id);
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '这份材料没有上传，请换一张清楚的照片再试。', 6);
    } finally {
      setSending(false);
    }
  };
  if (!may) return <span className="quiet">您的岗位不能上传材料。</span>;
  return (
    <span className="att-paper">
      <input
        ref={input}
        type="file"
        className="att-file"
        tabIndex={-1}
        aria-label="选择材料"
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void send(file);
        }}
      />
      <Button
        icon={<PaperClipOutlined />}
        loading={sending}
        disabled={childId === undefined}
        title={childId === undefined ? '请先选择学生。' : undefined}
        onClick={() => input.current?.click()}
      >
        {value ? '换一份' : '拍照或选择文件'}
      </Button>
      <span className="quiet">{name ?? (value ? '已上传' : 'JPG、PNG、PDF，每份不超过 2 MB')}</span>
    </span>
  );
}
