import { useSyncExternalStore } from 'react';

const heard = new Set<() => void>();
function tell(): void {
  for (const hear of heard) hear();
}

/** Goes to a page of the phone; `replace` leaves no way back to this one. */
export function goTo(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  tell();
  window.scrollTo(0, 0);
}

function listen(hear: () => void): () => void {
  heard.add(hear);
  window.addEventListener('popstate', hear);
  return () => {
    heard.delete(hear);
    window.removeEventListener('popstate', hear);
  };
}

/** The page that is open: its parts below `/field`. */
export function useWhere(): string[] {
  const path = useSyncExternalStore(listen, () => window.location.pathname);
  return path.split('/').slice(2).filter(Boolean).map(decodeURIComponent);
}
