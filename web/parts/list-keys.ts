import { useEffect, useState } from 'react';

/** Says whether a dialog stands open over the list. */
function isCovered(): boolean {
  return document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null;
}

/** Says whether a letter belongs to the field that has the focus; a link, a button or the menu has no use for J and K. */
function takesLetters(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input,textarea,select,[contenteditable="true"],[role="combobox"]') !== null
  );
}

/** Says whether ↵ belongs to what has the focus. */
function takesEnter(target: EventTarget | null): boolean {
  return takesLetters(target) || (target instanceof Element && target.closest('button,a,[role^="menuitem"]') !== null);
}

/** Moves through rows with J and K and opens one with ↵; returns the index of the row in hand, -1 when none. */
export function useRowKeys(rows: number, open?: (index: number) => void): number {
  const [active, setActive] = useState(-1);
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isCovered()) return;
      const key = event.key.toLowerCase();
      if ((key === 'j' || key === 'k') && !takesLetters(event.target)) {
        event.preventDefault();
        setActive((at) => Math.max(0, Math.min(rows - 1, at + (key === 'j' ? 1 : -1))));
      } else if (key === 'enter' && active >= 0 && active < rows && !takesEnter(event.target)) {
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
