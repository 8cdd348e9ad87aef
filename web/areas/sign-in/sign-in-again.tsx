import { useEffect, useRef, useState } from 'react';
import { Modal } from 'antd';
import type { Me } from '#web/api/me.ts';
import { setSignInDialog } from '#web/api/sign-in-again.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Asks the same person to sign in again over the open page when the session has ended; what was typed stays. */
export function SignInAgain({ me }: { me: Me }) {
  const [open, setOpen] = useState(false);
  const answer = useRef<((signedIn: boolean) => void) | null>(null);
  useEffect(
    () =>
      setSignInDialog(
        () =>
          new Promise<boolean>((resolve) => {
            answer.current = resolve;
            setOpen(true);
          }),
      ),
    [],
  );
  const close = (signedIn: boolean) => {
    setOpen(false);
    answer.current?.(signedIn);
    answer.current = null;
  };
  return (
    <Modal
      open={open}
      title={`${me.name}，请重新登录`}
      footer={null}
      mask={{ closable: false }}
      onCancel={() => {
        close(false);
      }}
      width={420}
      zIndex={2000}
      destroyOnHidden
    >
      <p className="quiet">登录已到期。重新登录后继续刚才的操作，页面上已填写的内容不会丢失。</p>
      <SignInForm
        login={me.login}
        onSignedIn={() => {
          close(true);
        }}
      />
    </Modal>
  );
}
