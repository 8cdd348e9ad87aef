import { useState, type FormEvent } from 'react';
import { signIn } from '#contract/security.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';

/** Signs a person in on the phone; the second factor is asked for where the account has one. */
export function SignIn({ login, onSignedIn }: { login: string | null; onSignedIn: () => void }) {
  const [typed, setTyped] = useState({ login: login ?? '', password: '', code: '' });
  const [needsCode, setNeedsCode] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      const answer = await call(signIn, {
        login: typed.login,
        password: typed.password,
        ...(needsCode ? { code: typed.code } : {}),
      });
      if (answer.signedIn) onSignedIn();
      else if (answer.secondFactorNeeded) setNeedsCode(true);
    } catch (error) {
      if (error instanceof Failure && error.code === 'second-factor-needed' && !needsCode) setNeedsCode(true);
      else setFault(error instanceof Failure ? error.message : '没有登录，请稍后再试。');
    } finally {
      setBusy(false);
    }
  };
  const field = (key: 'login' | 'password' | 'code', label: string, kind: string, complete: string) => (
    <label>
      <span>{label}</span>
      <input
        type={kind}
        inputMode={key === 'code' ? 'numeric' : undefined}
        autoComplete={complete}
        autoCapitalize="none"
        readOnly={key === 'login' && login !== null}
        required
        value={typed[key]}
        onChange={(event) => {
          setTyped({ ...typed, [key]: event.target.value });
        }}
      />
    </label>
  );
  return (
    <form className="sign-in" onSubmit={(event) => void send(event)}>
      {needsCode ? null : field('login', '登录名', 'text', 'username')}
      {needsCode ? null : field('password', '密码', 'password', 'current-password')}
      {needsCode ? field('code', '动态口令（6 位数字）', 'text', 'one-time-code') : null}
      {fault === null ? null : (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" className="main-button" disabled={busy}>
        {busy ? '正在登录……' : '登录'}
      </button>
    </form>
  );
}
