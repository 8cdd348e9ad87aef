import { Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { createCalendarLink, endCalendarLink, getReminders, saveEmail } from '#contract/messages.ts';
import { formFaults } from '#web/api/problem.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Page } from '#web/ui/page.tsx';
import { SecretOnce } from '#web/ui/secret-once.tsx';
import { momentWords } from '#web/ui/words.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { OwnHours, OwnRobot } from './own-reminders.tsx';
import { Robots } from './robots.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import './duties.css';

type Reminders = OutputOf<typeof getReminders>;

/** 提醒设置: the person's own e-mail address and robot, his hours and ways, his secret calendar link, the hours in which messages go out, and the group robots of the units. */
export function RemindersPage() {
  const answer = useAnswer(getReminders, {});
  const mayRobots = useMay('duties.handle');
  return (
    <Page title="提醒设置" extra={<GoButton to="/messages">站内消息</GoButton>}>
      {answer.data === undefined ? (
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      ) : (
        <>
          <Email key={answer.data.email ?? ''} reminders={answer.data} />
          <OwnRobot reminders={answer.data} />
          <OwnHours key={JSON.stringify(answer.data.own)} reminders={answer.data} />
          <Calendar reminders={answer.data} />
          <Hours reminders={answer.data} />
          {mayRobots ? <Robots /> : null}
        </>
      )}
    </Page>
  );
}

function Email({ reminders }: { reminders: Reminders }) {
  const [form] = Form.useForm<{ email?: string }>();
  const { send, sending } = useSend(saveEmail, { done: '已保存。' });
  const save = async (typed: { email?: string }) => {
    const email = typed.email?.trim() ?? '';
    try {
      await send({ email: email === '' ? null : email });
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Block title="邮箱提醒">
      <p className="quiet dut-lead">
        {reminders.mail
          ? '紧急情况、任务超期上报和移交给您、每日摘要会发邮件。邮件里没有学生的全名和证件号码，须登录后查看。留空保存即不再发送。'
          : '本平台还没有设置发邮件的服务器，现在不会发出邮件；可以先填好，设置后即生效。'}
      </p>
      <Form
        form={form}
        name="email"
        layout="vertical"
        className="dut-form"
        initialValues={{ email: reminders.email ?? '' }}
        onFinish={(typed) => void save(typed)}
      >
        <Form.Item name="email" label="邮箱" rules={[{ type: 'email', message: '邮箱地址不正确。' }]}>
          <Input type="email" autoComplete="email" maxLength={120} allowClear />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={sending}>
          保存
        </Button>
      </Form>
    </Block>
  );
}

function Calendar({ reminders }: { reminders: Reminders }) {
  const [shown, setShown] = useState<string | null>(null);
  const create = useSend(createCalendarLink, {});
  const end = useSend(endCalendarLink, { done: '已收回，原链接立即失效。' });
  const { calendar } = reminders;
  const make = async () => {
    try {
      const { path } = await create.send({});
      setShown(new URL(path, window.location.origin).href);
    } catch {
      // the refusal has been shown
    }
  };
  return (
    <Block title="日历订阅">
      <p className="quiet dut-lead">
        把链接加到手机或电脑的日历里，任务的期限会出现在日历上。凭链接即可读取，不必登录，请勿转发。
      </p>
      <Facts
        items={[
          { label: '链接', value: calendar === null ? '没有' : `${momentWords(calendar.createdAt)}生成` },
          { label: '最近读取', value: calendar?.usedAt ? momentWords(calendar.usedAt) : '还没有读取过' },
        ]}
      />
      <div className="dut-buttons">
        {calendar === null ? (
          <Button type="primary" loading={create.sending} onClick={() => void make()}>
            生成链接
          </Button>
        ) : (
          <>
            <Popconfirm
              title="重新生成后，原链接随即失效。"
              okText="重新生成"
              cancelText="返回"
              onConfirm={() => make()}
            >
              <Button loading={create.sending}>重新生成</Button>
            </Popconfirm>
            <Popconfirm
              title="收回后，用这个链接的日历不再更新。"
              okText="收回"
              cancelText="返回"
              onConfirm={() => end.send({}).catch(() => undefined)}
            >
              <Button danger loading={end.sending}>
                收回链接
              </Button>
            </Popconfirm>
          </>
        )}
      </div>
      <SecretOnce
        shown={
          shown === null
            ? null
            : {
                title: '日历订阅链接',
                secret: shown,
                words: '在日历应用里选“添加订阅日历”，贴上这个链接。手机丢失或链接外传时，请马上回到本页收回。',
              }
        }
        onClose={() => {
          setShown(null);
        }}
      />
    </Block>
  );
}

/** When messages go out; the bureau sets it for all. */
function Hours({ reminders }: { reminders: Reminders }) {
  const maySettings = useMay('settings.read');
  const { from, to } = reminders.quiet;
  return (
    <Block title="时间" extra={maySettings ? <Go to="/settings">参数</Go> : null}>
      <Facts
        items={[
          {
            label: '夜间免打扰',
            value: `${String(from)}:00 至次日 ${String(to)}:00 不发邮件和群消息，紧急情况除外`,
          },
          {
            label: '每日任务摘要',
            value:
              reminders.digestHour === null ? '您的岗位不发摘要' : `每天 ${String(reminders.digestHour)}:00 发给您`,
          },
        ]}
      />
    </Block>
  );
}
