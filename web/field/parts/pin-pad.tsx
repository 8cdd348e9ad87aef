import { useRef, useState, type FormEvent } from 'react';

const length = 6;

/** Asks for the six figures of the phone's PIN; `twice` asks again so that a slip is seen. `onPin` answers a fault in words, or null. */
export function PinPad({ twice = false, onPin }: { twice?: boolean; onPin: (pin: string) => Promise<string | null> }) {
  const [first, setFirst] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (pin.length !== length) {
      setFault(`请输入 ${String(length)} 位数字。`);
      return;
    }
    if (twice && first === null) {
      if (/^(\d)\1+$/u.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin))
        setFault('这组数字太容易猜到，请换一组。');
      else {
        setFirst(pin);
        setFault(null);
      }
      setPin('');
      field.current?.focus();
      return;
    }
    if (first !== null && pin !== first) {
      setFirst(null);
      setPin('');
      setFault('两次输入不一样，请从头再设一次。');
      return;
    }
    setBusy(true);
    try {
      setFault(await onPin(pin));
    } catch {
      setFault('没有办成，请检查网络后再试。');
    } finally {
      setPin('');
      setBusy(false);
    }
  };
  return (
    <form className="pin" onSubmit={(event) => void send(event)}>
      <label>
        <span>{first === null ? '手机口令' : '再输入一次'}</span>
        <input
          ref={field}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          maxLength={length}
          value={pin}
          disabled={busy}
          onChange={(event) => {
            setPin(event.target.value.replace(/\D/gu, ''));
          }}
        />
      </label>
      {fault === null ? null : (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" className="main-button" disabled={busy}>
        {busy ? '正在打开……' : first === null && twice ? '下一步' : '打开'}
      </button>
    </form>
  );
}
