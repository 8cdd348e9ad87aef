import { Button, type ButtonProps } from 'antd';
import type { ReactNode } from 'react';
import { useGo } from '#web/ui/go.tsx';

/** A link to an address of the platform that looks like a button; opens in a new tab as any link does with Ctrl. */
export function GoButton({
  to,
  type,
  icon,
  block = false,
  off = null,
  children,
}: {
  to: string;
  type?: ButtonProps['type'];
  icon?: ReactNode;
  block?: boolean;
  /** Why it leads nowhere now; null where it does. */
  off?: string | null;
  children: ReactNode;
}) {
  const go = useGo();
  const look = { ...(type === undefined ? {} : { type }), ...(icon === undefined ? {} : { icon }) };
  if (off !== null)
    return (
      <Button block={block} disabled title={off} {...look}>
        {children}
      </Button>
    );
  return (
    <Button
      href={to}
      block={block}
      {...look}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Button>
  );
}
