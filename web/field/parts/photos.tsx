import { useState, type ChangeEvent } from 'react';
import { uploadPaper } from '#contract/papers.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneNow } from '../clock.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { store } from '../session.ts';
import { shrunkPhoto } from './photo.ts';

/** Takes a picture, shrinks it and keeps it as an entry of its own; answers its id. */
export async function keepPhoto(who: Unlocked, childId: string, file: Blob, name: string): Promise<string> {
  const bytes = await shrunkPhoto(file);
  const id = newRequestId();
  const now = phoneNow();
  await keepEntry(store, who, {
    id: newRequestId(),
    endpoint: uploadPaper,
    input: { id, kind: 'photo', fileName: `${name}.jpg`, childId, takenAt: new Date(now).toISOString() },
    what: '照片',
    title: name,
    file: bytes,
    now,
  });
  return id;
}

/** Pictures of a visit; each lies on the phone as soon as it is taken. */
export function Photos({
  who,
  childId,
  photos,
  onChange,
}: {
  who: Unlocked;
  childId: string;
  photos: readonly { id: string; name: string }[];
  onChange: (photos: { id: string; name: string }[]) => void;
}) {
  const [fault, setFault] = useState<string | null>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setFault(null);
    try {
      const name = `走访照片 ${String(photos.length + 1)}`;
      onChange([...photos, { id: await keepPhoto(who, childId, file, name), name }]);
    } catch {
      setFault('这张照片打不开，请重新拍一张。');
    }
  };
  return (
    <div className="field">
      <span>照片（会自动缩小）</span>
      <ul>
        {photos.map((photo) => (
          <li key={photo.id} className="quiet">
            {photo.name} 已存本机
          </li>
        ))}
      </ul>
      {fault === null ? null : <p className="fault">{fault}</p>}
      <input
        type="file"
        accept="image/*"
        capture="environment"
        aria-label="拍照"
        onChange={(event) => void take(event)}
      />
    </div>
  );
}
