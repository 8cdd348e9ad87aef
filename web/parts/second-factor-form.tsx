import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { confirmSecondFactor, startSecondFactor } from '#contract/security.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useSend } from '#web/api/use.ts';

type Started = OutputOf<typeof startSecondFactor>;

/** Binds a second factor: password, then the code to scan, then the first six figures. */
export function SecondFactorForm({ onDone }: { onDone: () => void }) {
  const [started, setStarted] = useState<Started | null>(null);
  const start = useSend(startSecondFactor);
  const confirm = useSend(confirmSecondFactor, { done: '动态口令已绑定，今后登录时需要输入。' });
  if (!started) {
    return (
      <Form<{ password: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ password }) => void start.send({ password }).then(setStarted)}
      >
        <p>请在手机上装好任一标准验证器（支持 TOTP 的身份验证器应用），再填写密码开始绑定。</p>
        <Form.Item name="password" label="登录密码" rules={[{ required: true, message: '请填写登录密码。' }]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={start.sending} block>
          开始绑定
        </Button>
      </Form>
    );
  }
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => void confirm.send({ code }).then(onDone)}
    >
      <p>用手机验证器扫描二维码：</p>
      <img
        className="qr"
        alt="绑定动态口令的二维码"
        width={200}
        height={200}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(started.qrSvg)}`}
      />
      <p className="quiet">
        不便扫码时，在验证器中手工输入密钥：
        <code className="secret">{started.secret.replace(/(.{4})(?=.)/gu, '$1 ')}</code>
      </p>
      <Form.Item
        name="code"
        label="验证器上显示的 6 位数字"
        rules={[{ required: true, pattern: /^\d{6}$/u, message: '动态口令是 6 位数字。' }]}
      >
        <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="code-input" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={confirm.sending} block>
        完成绑定
      </Button>
    </Form>
  );
}
