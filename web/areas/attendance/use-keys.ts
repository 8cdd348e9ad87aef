import { useEffect, useRef } from 'react';

/** Listens to single keys while no field, dialog, drawer or button has the focus. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest('input:not([type=radio]), textarea, select, [role=combobox]') != null) {
        if (event.key === 'Escape') target.blur();
        return;
      }
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return;
      const act = current.current[event.key.toLowerCase()];
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
