import type { MouseEvent, ReactNode } from 'react';
import { useRouter } from '@tanstack/react-router';
import { takeCarried } from './came-from.ts';
import { count } from './words.ts';

/** Opens an address of the platform (path with query) without loading the page anew. */
export function useGo(): (href: string) => void {
  const router = useRouter();
  return (href) => {
    const cameFrom = takeCarried();
    router.history.push(href, cameFrom === null ? undefined : { cameFrom });
  };
}

/** A link to an address of the platform; opens in a new tab as any link does with Ctrl. */
export function Go({
  to,
  children,
  className,
  title,
  onGo,
}: {
  to: string;
  children: ReactNode;
  className?: string | undefined;
  title?: string | undefined;
  onGo?: () => void;
}) {
  const go = useGo();
  const follow = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    onGo?.();
    go(to);
  };
  return (
    <a href={to} onClick={follow} className={className} title={title} aria-label={title}>
      {children}
    </a>
  );
}

/** A figure that opens the names behind it; plain where it is 0 or leads nowhere. `words` says it in another way than the number itself. */
export function GoFigure({
  n,
  to,
  words,
  title,
}: {
  n: number;
  to: string | null;
  words?: ReactNode;
  title?: string | undefined;
}) {
  const shown = words ?? count(n);
  return n === 0 || to === null ? (
    shown
  ) : (
    <Go to={to} title={title}>
      {shown}
    </Go>
  );
}
