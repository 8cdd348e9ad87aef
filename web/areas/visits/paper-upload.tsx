import { CameraOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { openPaper, uploadPaper } from '#contract/papers.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { PaperKind } from '#domain/papers/record.ts';
import { fileUrl, newRequestId, upload } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { shrinkPicture } from '#web/parts/shrink-picture.ts';
import type { PaperDraft } from './visit-draft.ts';

/** Uploads pictures and scans of a child, one or several; each can be opened or taken away before the record is sent. */
export function PaperUpload({
  papers,
  onChange,
  childId,
  kind,
  words,
  most,
}: {
  papers: readonly PaperDraft[];
  onChange: (papers: PaperDraft[]) => void;
  childId: string;
  kind: PaperKind;
  words: string;
  most: number;
}) {
  const { message } = App.useApp();
  const may = useMay('papers.add');
  const mayOpen = useMay('papers.read');
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<string | null>(null);
  const send = async (files: readonly File[]) => {
    const added: PaperDraft[] = [];
    for (const file of files.slice(0, most - papers.length)) {
      setSending(file.name);
      try {
        const small = await shrinkPicture(file);
        const id = newRequestId();
        await upload(uploadPaper, { id, kind, fileName: small.name, childId }, small);
        added.push({ id, name: file.name });
      } catch (error) {
        const why = error instanceof Failure ? error.message : '请换一张清楚的照片再试。';
        void message.error(`“${file.name}”没有上传。${why}`, 6);
      }
    }
    setSending(null);
    if (added.length > 0) onChange([...papers, ...added]);
  };
  if (!may) return <span className="quiet">您的岗位不能上传材料。</span>;
  return (
    <div className="vis-upload">
      <input
        ref={input}
        type="file"
        hidden
        multiple={most > 1}
        aria-label={words}
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) void send(files);
        }}
      />
      <Button
        icon={<CameraOutlined />}
        loading={sending !== null}
        disabled={papers.length >= most}
        onClick={() => input.current?.click()}
      >
        {words}
      </Button>
      {papers.length === 0 && sending === null ? <span className="quiet">JPG、PNG、PDF，每份不超过 2 MB</span> : null}
      {sending === null ? null : <span className="quiet">正在上传“{sending}”</span>}
      {papers.length === 0 ? null : (
        <ul className="vis-papers">
          {papers.map((paper) => (
            <li key={paper.id}>
              {mayOpen ? (
                <a href={fileUrl(openPaper, { id: paper.id })} target="_blank" rel="noreferrer">
                  {paper.name}
                </a>
              ) : (
                <span>{paper.name}</span>
              )}
              <Button
                type="link"
                aria-label={`移去“${paper.name}”`}
                onClick={() => {
                  onChange(papers.filter((other) => other.id !== paper.id));
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
