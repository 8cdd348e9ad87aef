import { Button, Drawer, Popconfirm, Segmented } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { countUnread, listMessages, readAllMessages, readMessage } from '#contract/messages.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { count, momentShort, momentWords } from '#web/ui/words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import './duties.css';

type Message = OutputOf<typeof listMessages>['rows'][number];

const shows = [
  { value: 'all', label: '全部' },
  { value: 'yes', label: '未读' },
];

const columns: readonly ListColumn<Message>[] = [
  {
    key: 'subject',
    title: '消息',
    phone: true,
    render: (row) => (
      <>
        {row.urgent ? <Status kind="bad" words="紧急" /> : null}{' '}
        {row.readAt === null ? <strong>{row.subject}</strong> : row.subject}
      </>
    ),
  },
  { key: 'body', title: '内容', render: (row) => <span className="dut-why">{row.body}</span> },
  { key: 'at', title: '时间', phone: true, render: (row) => momentShort(row.at) },
  {
    key: 'readAt',
    title: '状态',
    phone: true,
    render: (row) => (row.readAt === null ? <Status kind="wait" words="未读" /> : <Status kind="quiet" words="已读" />),
  },
];

/** 站内消息: the unread first; opening one marks it as read and shows the way to what it is about. */
export function MessagesPage() {
  const { state, set } = useListState();
  const phone = usePhone();
  const [open, setOpen] = useState<Message | null>(null);
  const { send } = useSend(readMessage, { refresh: ['duties'] });
  return (
    <Page
      title="站内消息"
      extra={
        <>
          <GoButton to="/reminders">提醒设置</GoButton>
          <ReadAll />
        </>
      }
    >
      <List<Message>
        endpoint={listMessages}
        columns={columns}
        rowKey="id"
        onOpen={(row) => {
          setOpen(row);
          if (row.readAt === null) send({ id: row.id }).catch(() => undefined);
        }}
        empty={
          state['unread'] === 'yes'
            ? '没有未读的消息。'
            : '还没有消息。有紧急情况、任务超期上报或移交给您、每日摘要时，平台会在这里告诉您。'
        }
        filters={
          <Segmented
            value={state['unread'] === 'yes' ? 'yes' : 'all'}
            options={shows}
            onChange={(value) => {
              set({ unread: value === 'yes' ? 'yes' : undefined });
            }}
          />
        }
      />
      {open === null ? null : (
        <Drawer
          open
          title={open.subject}
          size={phone ? '100%' : 480}
          onClose={() => {
            setOpen(null);
          }}
        >
          <p className="quiet">
            {open.urgent ? <Status kind="bad" words="紧急" /> : null} {momentWords(open.at)}
          </p>
          <p className="dut-body">{open.body}</p>
          {open.to === '' ? null : (
            <GoButton to={open.to} type="primary">
              去办理
            </GoButton>
          )}
        </Drawer>
      )}
    </Page>
  );
}

/** 全部标为已读: what arrived after the page was opened stays unread. */
function ReadAll() {
  const unread = useAnswer(countUnread, {});
  const { send, sending } = useSend(readAllMessages, { done: '已全部标为已读。', refresh: ['duties'] });
  const many = unread.data?.unread ?? 0;
  return (
    <Popconfirm
      title={`把 ${count(many)} 条未读消息标为已读？任务不受影响，仍在任务清单里。`}
      okText="标为已读"
      cancelText="返回"
      disabled={many === 0}
      onConfirm={() => send({ upTo: unread.data?.at ?? '' }).catch(() => undefined)}
    >
      <Button loading={sending} disabled={many === 0}>
        全部标为已读
      </Button>
    </Popconfirm>
  );
}
