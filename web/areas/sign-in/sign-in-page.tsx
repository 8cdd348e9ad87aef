import { Calm } from './calm.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The page before all others. */
export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  return (
    <Calm title="登录">
      <SignInForm onSignedIn={onSignedIn} />
      <p className="quiet calm-help">忘记密码或账号被锁定，请联系本区安全管理员。</p>
    </Calm>
  );
}
