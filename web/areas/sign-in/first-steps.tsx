import { Button } from 'antd';
import { signOut } from '#contract/security.ts';
import { call } from '#web/api/call.ts';
import type { Me } from '#web/api/me.ts';
import { Calm } from './calm.tsx';
import { PasswordForm } from '#web/parts/password-form.tsx';
import { SecondFactorForm } from '#web/parts/second-factor-form.tsx';

async function leave(): Promise<void> {
  await call(signOut, {}).catch(() => undefined);
  window.location.reload();
}

function Leave() {
  return (
    <Button type="link" block className="calm-help" onClick={() => void leave()}>
      退出登录
    </Button>
  );
}

/** The first sign-in: the password handed out is replaced by one's own. */
export function FirstPassword({ me, onDone }: { me: Me; onDone: () => void }) {
  return (
    <Calm title="请先修改密码" district={me.district.name}>
      <p>{me.name}，首次登录或密码刚被重置，请换成只有您自己知道的密码。</p>
      <PasswordForm minimum={me.passwordMinimum} onDone={onDone} button="修改并继续" />
      <Leave />
    </Calm>
  );
}

/** The first sign-in of a post that needs a second factor. */
export function FirstSecondFactor({ me, onDone }: { me: Me; onDone: () => void }) {
  return (
    <Calm title="绑定动态口令" district={me.district.name}>
      <p>您的岗位（{me.posts.map((post) => post.roleName).join('、')}）须使用动态口令登录。</p>
      <SecondFactorForm onDone={onDone} />
      <Leave />
    </Calm>
  );
}
