import type { ReactNode } from 'react';

/** The frame of the pages before the phone is open. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <main className="door">
      <header className="door-head">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1>保学 · 手机登记</h1>
      </header>
      {children}
    </main>
  );
}
