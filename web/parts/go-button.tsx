import { Button, type ButtonProps } from 'antd';
import type { ReactNode } from 'react';
import { useGo } from '#web/ui/go.tsx';

/** A link to an address of the platform that looks like a button; opens in a new tab as any link does with Ctrl. */
export function GoButton({
  to,
  type,
  icon,
  block = false,
  children,
}: {
  to: string;
  type?: ButtonProps['type'];
  icon?: ReactNode;
  block?: boolean;
  children: ReactNode;
}) {
  const go = useGo();
  return (
    <Button
      href={to}
      block={block}
      {...(type === undefined ? {} : { type })}
      {...(icon === undefined ? {} : { icon })}
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
