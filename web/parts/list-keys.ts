import { useEffect, useState } from 'react';

/** Says whether a key press belongs to a field or an open dialog. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return true;
  return (
    target instanceof Element &&
    target.closest('input,textarea,select,button,a,[contenteditable="true"],[role="combobox"],[role="menu"]') !== null
  );
}

/** Moves through rows with J and K and opens one with ↵; returns the index of the row in hand, -1 when none. */
export function useRowKeys(rows: number, open?: (index: number) => void): number {
  const [active, setActive] = useState(-1);
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const key = event.key.toLowerCase();
      if (key === 'j' || key === 'k') {
        event.preventDefault();
        setActive((at) => Math.max(0, Math.min(rows - 1, at + (key === 'j' ? 1 : -1))));
      } else if (key === 'enter' && active >= 0 && active < rows) {
        event.preventDefault();
        open(active);
      }
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [rows, open, active]);
  useEffect(() => {
    if (active >= 0) document.querySelector('.row-active')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return active < rows ? active : -1;
}
