import { useState, type ChangeEvent } from 'react';
import { uploadPaper } from '#contract/papers.ts';
import type { PaperKind } from '#domain/papers/record.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { store } from '../session.ts';
import { shrunkPhoto } from './photo.ts';

/** A photograph of a paper that lies on the phone and goes up before what it belongs to. */
export interface KeptPaper {
  id: string;
  name: string;
}

/** Photographs of a paper; each is an entry of its own as soon as it is taken, so that it goes up first. */
export function PaperPhotos({
  who,
  childId,
  kind,
  name,
  label,
  papers,
  onChange,
}: {
  who: Unlocked;
  childId: string;
  kind: PaperKind;
  /** What the paper is, as the outbox shows it. */
  name: string;
  label: string;
  papers: readonly KeptPaper[];
  onChange: (papers: KeptPaper[]) => void;
}) {
  const [fault, setFault] = useState<string | null>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setFault(null);
    try {
      const bytes = await shrunkPhoto(file);
      const now = phoneNow();
      const id = newRequestId();
      const title = `${name} ${String(papers.length + 1)}`;
      await keepEntry(store, who, {
        id: newRequestId(),
        endpoint: uploadPaper,
        input: { id, kind, fileName: `${title}.jpg`, childId, takenAt: new Date(now).toISOString() },
        what: '材料照片',
        title,
        file: bytes,
        now,
      });
      onChange([...papers, { id, name: title }]);
    } catch {
      setFault('这张照片打不开，请重新拍一张。');
    }
  };
  return (
    <div className="field">
      <span>{label}</span>
      <ul>
        {papers.map((paper) => (
          <li key={paper.id} className="quiet">
            {paper.name} 已存本机
          </li>
        ))}
      </ul>
      {fault === null ? null : <p className="fault">{fault}</p>}
      <input
        type="file"
        accept="image/*"
        capture="environment"
        aria-label={label}
        onChange={(event) => void take(event)}
      />
    </div>
  );
}
