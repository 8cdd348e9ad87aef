import { Button, type ButtonProps } from 'antd';
import type { ReactNode } from 'react';
import { useGo } from '#web/ui/go.tsx';

/** A link to an address of the platform that looks like a button. */
export function LinkButton({
  to,
  type,
  block = false,
  children,
}: {
  to: string;
  type?: ButtonProps['type'];
  block?: boolean;
  children: ReactNode;
}) {
  const go = useGo();
  return (
    <Button
      href={to}
      block={block}
      {...(type === undefined ? {} : { type })}
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
