import type { ReactNode } from 'react';
import { goTo } from '../where.ts';

/** The bar at the top of a phone page, with the way back. */
export function Bar({ title, back, children }: { title: string; back?: string; children?: ReactNode }) {
  return (
    <header className="bar">
      {back === undefined ? null : (
        <button
          type="button"
          className="bar-back"
          aria-label="返回"
          onClick={() => {
            goTo(back);
          }}
        >
          ‹
        </button>
      )}
      <h1>{title}</h1>
      {children}
    </header>
  );
}
