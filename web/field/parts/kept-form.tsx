import { useState, type FormEvent, type ReactNode } from 'react';
import { notKept } from '../not-kept.ts';
import { goTo } from '../where.ts';

/** A form of the phone whose entry is kept before anything is sent; `fault` says in words what is missing. */
export function KeptForm({
  title,
  words,
  fault,
  keep,
  onKept,
  children,
}: {
  title: string;
  /** What the button says. */
  words: string;
  /** What is missing, null when the entry can be kept. */
  fault: () => string | null;
  keep: () => Promise<void>;
  onKept: () => void;
  children: ReactNode;
}) {
  const [shown, setShown] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = fault();
    setShown(missing);
    if (missing !== null) return;
    setSaving(true);
    try {
      await keep();
    } catch {
      setShown(notKept);
      setSaving(false);
      return;
    }
    onKept();
    goTo('/field/outbox', { replace: true });
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>{title}</h2>
      {children}
      {shown === null ? null : (
        <p className="fault" role="alert">
          {shown}
        </p>
      )}
      <button type="submit" className="main-button" disabled={saving}>
        {words}
      </button>
    </form>
  );
}
