import { Button, Checkbox, Form, Input, Popconfirm, Select, Switch } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { saveOwnRobot, savePreferences, type getReminders } from '#contract/messages.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { Block, Facts } from '#web/ui/page.tsx';

type Reminders = OutputOf<typeof getReminders>;

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${String(hour)}:00` }));
const kinds = { wecom: '企业微信', dingtalk: '钉钉' } as const;

interface TypedHours {
  own: boolean;
  from: number;
  to: number;
  channels: Reminders['own']['channels'];
}

/** 我的时段和渠道: hours of one's own beside those of the bureau, and by which ways what is not urgent comes. */
export function OwnHours({ reminders }: { reminders: Reminders }) {
  const { quiet, own } = reminders;
  const [form] = Form.useForm<TypedHours>();
  const asksHours = Form.useWatch('own', form) ?? own.quiet !== null;
  const { send, sending } = useSend(savePreferences, { done: '已保存。' });
  const save = async (typed: TypedHours) => {
    try {
      await send({ quiet: typed.own ? { from: typed.from, to: typed.to } : null, channels: typed.channels });
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Block title="我的时段和渠道">
      <p className="quiet dut-lead">
        全区夜间免打扰为 {quiet.from}:00 至次日 {quiet.to}
        :00，始终有效；可以另加自己的时段。紧急情况不受时段和渠道限制，随时从各个渠道发出。
      </p>
      <Form
        form={form}
        name="own"
        layout="vertical"
        className="dut-form"
        initialValues={{
          own: own.quiet !== null,
          from: own.quiet?.from ?? 12,
          to: own.quiet?.to ?? 14,
          channels: own.channels,
        }}
        onFinish={(typed) => void save(typed)}
      >
        <Form.Item name="channels" label="不紧急的消息发到">
          <Checkbox.Group
            options={[
              { value: 'email', label: '邮箱' },
              { value: 'webhook', label: '我的机器人' },
            ]}
          />
        </Form.Item>
        <Form.Item name="own" label="另设我的免打扰时段" valuePropName="checked">
          <Switch checkedChildren="已设" unCheckedChildren="不设" />
        </Form.Item>
        <div className="dut-hours" hidden={!asksHours}>
          <Form.Item name="from" label="从">
            <Select options={hours} aria-label="免打扰开始" />
          </Form.Item>
          <Form.Item name="to" label="到（可跨午夜）">
            <Select options={hours} aria-label="免打扰结束" />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" loading={sending}>
          保存
        </Button>
      </Form>
    </Block>
  );
}

interface TypedRobot {
  robot: { kind: 'wecom' | 'dingtalk'; url: string; secret?: string };
}

/** 我的机器人: a robot that tells this person alone; its address is shown to nobody once it is kept. */
export function OwnRobot({ reminders }: { reminders: Reminders }) {
  const { robot } = reminders.own;
  const [changing, setChanging] = useState(false);
  const [form] = Form.useForm<TypedRobot>();
  const { send, sending } = useSend(saveOwnRobot, { done: '已保存。' });
  const save = async ({ robot: { kind, url, secret } }: TypedRobot) => {
    try {
      await send({ robot: { kind, url: url.trim(), secret: secret?.trim() ?? '' } });
      setChanging(false);
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Block title="我的机器人">
      <p className="quiet dut-lead">
        在企业微信或钉钉里建一个只有自己的群，添加群机器人，把地址填在这里，有消息时它会提醒您登录查看；提醒里没有学生和事情的内容。
      </p>
      {robot === null && !changing ? (
        <Button
          onClick={() => {
            setChanging(true);
          }}
        >
          添加我的机器人
        </Button>
      ) : null}
      {robot !== null && !changing ? (
        <>
          <Facts items={[{ label: '机器人', value: `${kinds[robot.kind]}，${robot.host}` }]} />
          <div className="dut-buttons">
            <Button
              onClick={() => {
                setChanging(true);
              }}
            >
              更换
            </Button>
            <Popconfirm
              title="清除后不再向这个机器人发消息。"
              okText="清除"
              cancelText="返回"
              onConfirm={() => send({ robot: null }).catch(() => undefined)}
            >
              <Button danger loading={sending}>
                清除
              </Button>
            </Popconfirm>
          </div>
        </>
      ) : null}
      {changing ? (
        <Form
          form={form}
          name="ownRobot"
          layout="vertical"
          className="dut-form"
          initialValues={{ robot: { kind: robot?.kind ?? 'wecom' } }}
          onFinish={(typed) => void save(typed)}
        >
          <Form.Item name={['robot', 'kind']} label="种类">
            <Select
              options={[
                { value: 'wecom', label: kinds.wecom },
                { value: 'dingtalk', label: kinds.dingtalk },
              ]}
            />
          </Form.Item>
          <Form.Item
            name={['robot', 'url']}
            label="机器人地址"
            extra="只收企业微信（qyapi.weixin.qq.com）和钉钉（oapi.dingtalk.com）的地址。保存后不再显示，请勿外传。"
            rules={[{ required: true, type: 'url', message: '请填写完整的地址。' }]}
          >
            <Input maxLength={500} autoComplete="off" />
          </Form.Item>
          <Form.Item name={['robot', 'secret']} label="加签密钥（钉钉选填）">
            <Input.Password maxLength={200} autoComplete="new-password" />
          </Form.Item>
          <div className="dut-buttons">
            <Button type="primary" htmlType="submit" loading={sending}>
              保存
            </Button>
            <Button
              onClick={() => {
                setChanging(false);
              }}
            >
              返回
            </Button>
          </div>
        </Form>
      ) : null}
    </Block>
  );
}
