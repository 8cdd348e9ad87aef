import { useSyncExternalStore } from 'react';

const narrow = () => window.matchMedia('(max-width: 767px)');

function listen(changed: () => void): () => void {
  const query = narrow();
  query.addEventListener('change', changed);
  return () => {
    query.removeEventListener('change', changed);
  };
}

/** Says whether the window is as narrow as a phone (under 768 px). */
export function usePhone(): boolean {
  return useSyncExternalStore(listen, () => narrow().matches);
}
