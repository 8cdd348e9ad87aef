import { useEffect, useRef } from 'react';

/** What the keys of a task page do; Escape leaves a field so that the letters work again. */
export type TaskKeys = Readonly<Record<string, () => void>>;

/** Listens to single keys (lower case, or `Enter`) while no field, dialog or button has the focus. */
export function useTaskKeys(keys: TaskKeys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest('input:not([type=radio]), textarea, select, [contenteditable], [role=combobox]') != null) {
        if (event.key === 'Escape') target.blur();
        return;
      }
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return;
      if (event.key === 'Enter' && target?.closest('button, a') != null) return;
      const act = current.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    }
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, []);
}
