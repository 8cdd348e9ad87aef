import { PaperClipOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { uploadPaper } from '#contract/papers.ts';
import { Failure } from '#domain/basics/failure.ts';
import { newRequestId, upload } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** Uploads papers, of a child where one is named; the value is their ids. `known` names those that were there before. Also a field of a form. */
export function PapersField({
  value,
  onChange,
  id,
  childId = null,
  known = [],
}: {
  value?: readonly string[] | undefined;
  onChange?: (paperIds: string[]) => void;
  id?: string;
  childId?: string | null;
  known?: readonly { id: string; fileName: string }[];
}) {
  const { message } = App.useApp();
  const may = useMay('papers.add');
  const input = useRef<HTMLInputElement>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [sending, setSending] = useState(false);
  const ids = value ?? [];
  const nameOf = (paperId: string) =>
    names.get(paperId) ?? known.find((one) => one.id === paperId)?.fileName ?? '已上传的材料';
  const send = async (files: readonly File[]) => {
    setSending(true);
    const added: string[] = [];
    for (const file of files) {
      try {
        const small = await shrinkPicture(file);
        const paperId = newRequestId();
        await upload(
          uploadPaper,
          { id: paperId, kind: 'scan', fileName: small.name, ...(childId === null ? {} : { childId }) },
          small,
        );
        added.push(paperId);
        setNames((before) => new Map(before).set(paperId, file.name));
      } catch (error) {
        const why = error instanceof Failure ? error.message : '请换一张清楚的照片再试。';
        void message.error(`“${file.name}”没有上传。${why}`, 6);
      }
    }
    setSending(false);
    if (added.length > 0) onChange?.([...ids, ...added].slice(0, 20));
  };
  if (!may) return <span className="quiet">您的岗位不能上传材料。</span>;
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="选择材料"
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) void send(files);
        }}
      />
      <Button
        {...(id === undefined ? {} : { id })}
        icon={<PaperClipOutlined />}
        loading={sending}
        onClick={() => input.current?.click()}
      >
        拍照或选择文件
      </Button>{' '}
      <span className="quiet">JPG、PNG、PDF，每份不超过 2 MB</span>
      {ids.length === 0 ? null : (
        <ul style={{ margin: '8px 0 0', padding: 0, listStyle: 'none' }}>
          {ids.map((paperId) => (
            <li key={paperId}>
              {nameOf(paperId)}
              <Button
                type="link"
                aria-label={`移去${nameOf(paperId)}`}
                onClick={() => {
                  onChange?.(ids.filter((other) => other !== paperId));
                }}
              >
                移去
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
