import { PaperClipOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { uploadPaper } from '#contract/papers.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { PaperKind } from '#domain/papers/record.ts';
import { newRequestId, upload } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** Uploads one paper of a kind; the value is its id. Also a field of a form. */
export function PaperField({
  value,
  onChange,
  id,
  words,
  kind,
  childId,
}: {
  value?: string | undefined;
  onChange?: (paperId: string | undefined) => void;
  id?: string;
  words: string;
  kind: PaperKind;
  childId?: string | undefined;
}) {
  const { message } = App.useApp();
  const may = useMay('papers.add');
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [sending, setSending] = useState(false);
  const send = async (file: File) => {
    setSending(true);
    try {
      const small = await shrinkPicture(file);
      const paperId = newRequestId();
      const of = childId === undefined ? {} : { childId };
      await upload(uploadPaper, { id: paperId, kind, fileName: small.name, ...of }, small);
      setName(file.name);
      onChange?.(paperId);
    } catch (error) {
      const why = error instanceof Failure ? error.message : '请换一张清楚的照片再试。';
      void message.error(`“${file.name}”没有上传。${why}`, 6);
    }
    setSending(false);
  };
  if (!may) return <span className="quiet">您的岗位不能上传材料。</span>;
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`选择${words}`}
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const [file] = [...(event.target.files ?? [])];
          event.target.value = '';
          if (file) void send(file);
        }}
      />
      <Button
        {...(id === undefined ? {} : { id })}
        icon={<PaperClipOutlined />}
        loading={sending}
        onClick={() => input.current?.click()}
      >
        {value === undefined ? `上传${words}` : `换一份${words}`}
      </Button>{' '}
      <span className="quiet">{value === undefined ? 'JPG、PNG、PDF，不超过 2 MB' : name || '已上传'}</span>
    </div>
  );
}
