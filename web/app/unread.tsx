import { useEffect, useState } from 'react';
import { Badge, Button } from 'antd';
import { BellOutlined } from '@ant-design/icons';
import { countUnread } from '#contract/messages.ts';
import { useAnswer } from '#web/api/use.ts';
import { useGo } from '#web/ui/go.tsx';

const minute = 60_000;
const restAfter = 5 * minute;

/** Whether somebody has touched the page within the last five minutes. */
function useAttended(): boolean {
  const [attended, setAttended] = useState(true);
  useEffect(() => {
    let touched = performance.now();
    const touch = () => {
      touched = performance.now();
      setAttended(true);
    };
    const look = setInterval(() => {
      if (performance.now() - touched > restAfter) setAttended(false);
    }, minute);
    window.addEventListener('pointerdown', touch);
    window.addEventListener('keydown', touch);
    return () => {
      clearInterval(look);
      window.removeEventListener('pointerdown', touch);
      window.removeEventListener('keydown', touch);
    };
  }, []);
  return attended;
}

/** The bell in the head of every page: how many messages wait to be read, asked each minute and when the window is looked at again. */
export function Unread() {
  const go = useGo();
  // A page left alone does not ask, so that its session ends when its idle time is over.
  const attended = useAttended();
  const answer = useAnswer(countUnread, {}, { refetchInterval: attended ? minute : false });
  const { unread = 0, urgent = 0 } = answer.data ?? {};
  const words =
    unread === 0
      ? '站内消息，没有未读'
      : `站内消息，${String(unread)} 条未读${urgent > 0 ? `，其中紧急 ${String(urgent)} 条` : ''}`;
  return (
    <Button
      type="text"
      href={unread > 0 ? '/messages?unread=yes' : '/messages'}
      className="top-bell"
      aria-label={words}
      title={words}
      icon={
        <Badge count={unread} overflowCount={99} size="small" {...(urgent > 0 ? {} : { color: 'var(--primary)' })}>
          <BellOutlined className="top-bell-icon" />
        </Badge>
      }
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(unread > 0 ? '/messages?unread=yes' : '/messages');
      }}
    />
  );
}
