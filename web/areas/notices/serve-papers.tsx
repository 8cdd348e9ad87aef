import { CameraOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { uploadPaper } from '#contract/papers.ts';
import { Failure } from '#domain/basics/failure.ts';
import { newRequestId, upload } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { shrinkPicture } from '#web/parts/shrink-picture.ts';
import './notices.css';

const most = 12;

/** Uploads receipts and pictures of a service; a field of a form whose value is the papers' ids. */
export function ServePapers({
  value = [],
  onChange,
  childId,
  photos,
}: {
  value?: string[];
  onChange?: (ids: string[]) => void;
  childId: string;
  /** Pictures show how it was left, and are no scans of a receipt. */
  photos: boolean;
}) {
  const { message } = App.useApp();
  const may = useMay('papers.add');
  const input = useRef<HTMLInputElement>(null);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const [sending, setSending] = useState(false);
  const send = async (files: readonly File[]) => {
    setSending(true);
    const added: string[] = [];
    for (const file of files.slice(0, most - value.length)) {
      try {
        const small = await shrinkPicture(file);
        const id = newRequestId();
        const kind = photos && small.type.startsWith('image/') ? 'photo' : 'receipt';
        await upload(uploadPaper, { id, kind, fileName: small.name, childId }, small);
        setNames((known) => ({ ...known, [id]: file.name }));
        added.push(id);
      } catch (error) {
        const why = error instanceof Failure ? error.message : '请换一张清楚的照片再试。';
        void message.error(`“${file.name}”没有上传。${why}`, 6);
      }
    }
    setSending(false);
    if (added.length > 0) onChange?.([...value, ...added]);
  };
  if (!may) return <span className="quiet">您的岗位不能上传材料。</span>;
  return (
    <div className="not-papers">
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="选择送达材料"
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) void send(files);
        }}
      />
      <Button
        icon={<CameraOutlined />}
        loading={sending}
        disabled={value.length >= most}
        onClick={() => input.current?.click()}
      >
        拍照或选择文件
      </Button>
      {value.length === 0 ? <span className="quiet">JPG、PNG、PDF，每份不超过 2 MB</span> : null}
      {value.map((id) => (
        <span key={id}>
          {names[id] ?? '材料'}
          <Button
            type="link"
            aria-label={`移去“${names[id] ?? '材料'}”`}
            onClick={() => {
              onChange?.(value.filter((other) => other !== id));
            }}
          >
            移去
          </Button>
        </span>
      ))}
    </div>
  );
}
