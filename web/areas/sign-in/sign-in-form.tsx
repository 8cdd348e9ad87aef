import { useState } from 'react';
import { Alert, Button, Form, Input } from 'antd';
import { signIn } from '#contract/security.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';

interface Typed {
  login: string;
  password: string;
  code?: string;
}

/** Signs a person in: name and password, then the six figures where the account has a second factor. `login` fixes the name. */
export function SignInForm({ login, onSignedIn }: { login?: string; onSignedIn: () => void }) {
  const [form] = Form.useForm<Typed>();
  const [needsCode, setNeedsCode] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const send = async (typed: Typed) => {
    setSending(true);
    setFault(null);
    try {
      const answer = await call(signIn, {
        login: login ?? typed.login,
        password: typed.password,
        ...(needsCode && typed.code ? { code: typed.code } : {}),
      });
      if (answer.signedIn) onSignedIn();
      else if (answer.secondFactorNeeded) setNeedsCode(true);
    } catch (error) {
      if (error instanceof Failure && error.code === 'second-factor-needed' && !needsCode) setNeedsCode(true);
      else {
        setFault(error instanceof Failure ? error.message : '没有登录，请稍后再试。');
        form.setFieldValue('code', undefined);
      }
    } finally {
      setSending(false);
    }
  };
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(typed) => void send(typed)}
      initialValues={login === undefined ? {} : { login }}
    >
      <div hidden={needsCode}>
        <Form.Item name="login" label="登录名" rules={[{ required: true, message: '请填写登录名。' }]}>
          <Input
            autoComplete="username"
            autoFocus={login === undefined}
            disabled={login !== undefined}
            size="large"
            maxLength={60}
            autoCapitalize="none"
            spellCheck={false}
          />
        </Form.Item>
        <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码。' }]}>
          <Input.Password
            autoComplete="current-password"
            autoFocus={login !== undefined}
            size="large"
            maxLength={200}
          />
        </Form.Item>
      </div>
      {needsCode ? (
        <Form.Item
          name="code"
          label="动态口令"
          extra="打开手机上的验证器，输入 6 位数字。"
          rules={[{ pattern: /^\d{6}$/u, required: true, message: '动态口令是 6 位数字。' }]}
        >
          <Input
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            size="large"
            maxLength={6}
            className="code-input"
          />
        </Form.Item>
      ) : null}
      {fault === null ? null : <Alert type="error" showIcon title={fault} className="form-fault" />}
      <Button type="primary" htmlType="submit" size="large" block loading={sending}>
        登录
      </Button>
      {needsCode ? (
        <Button
          type="link"
          block
          onClick={() => {
            setNeedsCode(false);
            setFault(null);
          }}
        >
          返回上一步
        </Button>
      ) : null}
    </Form>
  );
}
