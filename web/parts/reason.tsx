import { useEffect, useState } from 'react';
import { Input, Modal } from 'antd';

/** What is asked before a step that needs a reason. */
export interface ReasonQuestion {
  title: string;
  words?: string;
  danger?: boolean;
  /** Fewest characters; default 2. */
  least?: number;
  placeholder?: string;
}

interface Asked extends ReasonQuestion {
  answer: (reason: string | null) => void;
}

let show: ((asked: Asked) => void) | null = null;

/** Asks for a reason in a dialog; null when the person turns back. */
export function askReason(question: ReasonQuestion): Promise<string | null> {
  return new Promise((resolve) => {
    if (show) show({ ...question, answer: resolve });
    else resolve(null);
  });
}

/** The dialog behind `askReason`; stands once in the shell. */
export function ReasonHost() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    show = (next) => {
      setText('');
      setAsked(next);
    };
    return () => {
      show = null;
    };
  }, []);
  const least = asked?.least ?? 2;
  const ready = text.trim().length >= least;
  const close = (reason: string | null) => {
    asked?.answer(reason);
    setAsked(null);
  };
  return (
    <Modal
      open={asked !== null}
      title={asked?.title}
      okText="确定"
      cancelText="返回"
      okButtonProps={{ danger: asked?.danger === true, disabled: !ready }}
      onOk={() => {
        close(text.trim());
      }}
      onCancel={() => {
        close(null);
      }}
      destroyOnHidden
    >
      {asked?.words === undefined ? null : <p>{asked.words}</p>}
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={200}
        showCount
        value={text}
        aria-label="原因"
        placeholder={asked?.placeholder ?? '请写明原因或依据，将记入审计。'}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) close(text.trim());
        }}
      />
    </Modal>
  );
}
