import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Door } from './parts/door.tsx';
import { PinPad } from './parts/pin-pad.tsx';
import { SignIn } from './parts/sign-in.tsx';
import type { Owner } from './keep/store.ts';
import { claimPhone, unlock, type Unlocked } from './keep/unlock.ts';
import { askServerKey, askSigned, store, type Signed } from './session.ts';

// Whoever stands at the door types while the rooms behind it are fetched.
const fetchApp = async () => ({ default: (await import('./app.tsx')).FieldApp });
const FieldApp = lazy(fetchApp);

type State =
  | { at: 'looking' }
  | { at: 'signIn'; login: string | null; words: string | null }
  | { at: 'newPin'; who: Extract<Signed, { kind: 'in' }> }
  | { at: 'pin'; owner: Owner; words: string | null };

const again = '手机口令连错 5 次，为保护孩子的信息，已清除这部手机上的名单；没有上传的登记还在。请重新登录。';

/** Lets a person in: signed in and with a PIN of the phone set; without signal the PIN alone opens what was fetched. */
export function FieldGate() {
  const [state, setState] = useState<State>({ at: 'looking' });
  const [open, setOpen] = useState<Unlocked | null>(null);
  const look = useCallback(async (words: string | null = null) => {
    const owner = await store.owner.get('owner');
    // Nobody's phone yet: who comes may type while the platform is asked.
    if (!owner) setState({ at: 'signIn', login: null, words });
    const signed = await askSigned();
    if (signed.kind === 'noSignal') {
      if (owner) setState({ at: 'pin', owner, words });
      else setState({ at: 'signIn', login: null, words: '现在没有信号。第一次使用须联网登录。' });
      return;
    }
    if (signed.kind === 'in' && owner?.accountId === signed.accountId) setState({ at: 'pin', owner, words });
    else if (signed.kind === 'in') setState({ at: 'newPin', who: signed });
    else if (owner) setState({ at: 'pin', owner, words });
    else setState({ at: 'signIn', login: null, words });
  }, []);
  useEffect(() => {
    void look()
      .then(fetchApp)
      .catch(() => undefined);
  }, [look]);

  if (open)
    return (
      <Suspense fallback={<p className="boot">正在打开……</p>}>
        <FieldApp
          who={open}
          onLeft={() => {
            setOpen(null);
            void look('已退出。没有上传的登记仍保存在手机上，本人重新登录后自动上传。');
          }}
        />
      </Suspense>
    );
  switch (state.at) {
    case 'looking':
      return (
        <Door>
          <p className="quiet" role="status">
            正在打开……
          </p>
        </Door>
      );
    case 'signIn':
      return (
        <Door>
          {state.words === null ? null : <p className="note">{state.words}</p>}
          <SignIn login={state.login} onSignedIn={() => void look()} />
        </Door>
      );
    case 'newPin':
      return (
        <Door>
          <h2>{state.who.name}，请设 6 位手机口令</h2>
          <p className="quiet">
            打开手机登记时输入它。连错 5 次，手机上的名单会清除，须重新登录；没有上传的登记不会丢。
          </p>
          <PinPad
            twice
            onPin={async (pin) => {
              const { accountId, login, name } = state.who;
              setOpen(await claimPhone(store, { accountId, login, name, server: await askServerKey() }, pin));
              return null;
            }}
          />
        </Door>
      );
    case 'pin':
      return (
        <Door>
          <h2>{state.owner.name}，请输入手机口令</h2>
          {state.words === null ? null : <p className="note">{state.words}</p>}
          <PinPad
            onPin={async (pin) => {
              const tried = await unlock(store, pin);
              if ('key' in tried) {
                setOpen(tried);
                return null;
              }
              if ('triesLeft' in tried) return `口令不对，还可以试 ${String(tried.triesLeft)} 次。`;
              setState({ at: 'signIn', login: state.owner.login, words: again });
              return null;
            }}
          />
          <button
            type="button"
            className="link"
            onClick={() => {
              setState({ at: 'signIn', login: null, words: null });
            }}
          >
            换人登录
          </button>
        </Door>
      );
  }
}
