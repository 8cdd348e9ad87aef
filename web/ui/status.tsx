import type { ReactNode } from 'react';
import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';

/** How a state reads: settled, waiting, needs care, wrong, or of no account. */
export type StatusKind = 'ok' | 'wait' | 'warn' | 'bad' | 'quiet';

const icons: Record<StatusKind, ReactNode> = {
  ok: <CheckCircleOutlined aria-hidden />,
  wait: <ClockCircleOutlined aria-hidden />,
  warn: <ExclamationCircleOutlined aria-hidden />,
  bad: <CloseCircleOutlined aria-hidden />,
  quiet: <MinusCircleOutlined aria-hidden />,
};

/** A state as icon and word; colour never speaks alone. */
export function Status({ kind, words }: { kind: StatusKind; words: ReactNode }) {
  return (
    <span className={`status status-${kind}`}>
      {icons[kind]}
      <span>{words}</span>
    </span>
  );
}
