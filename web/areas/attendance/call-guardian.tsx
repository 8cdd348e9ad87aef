import { PhoneOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { revealChild } from '#contract/population.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';

const secondsOpen = 60;

/** 拨打: opens the guardian's number for 60 seconds with its purpose in the trail; a tap on the number dials. */
export function CallGuardian({ childId, name, day }: { childId: string; name: string; day: string }) {
  const { message } = App.useApp();
  const may = useMay('children.reveal');
  const [number, setNumber] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (number === null) return;
    const timer = setTimeout(() => {
      setNumber(null);
    }, secondsOpen * 1000);
    return () => {
      clearTimeout(timer);
    };
  }, [number]);
  if (!may) return <span className="quiet">您的岗位不能查看家长电话，请请班主任联系。</span>;
  if (number !== null)
    return (
      <a className="reveal-call att-call" href={`tel:${number}`}>
        <PhoneOutlined aria-hidden /> {number}
      </a>
    );
  const open = async () => {
    setWaiting(true);
    try {
      const answer = await call(revealChild, { id: childId, what: 'phone', reason: `${day} 缺勤，联系家长` });
      if (answer.phone === null) {
        void message.info(`没有登记${name}家长的电话，请上门或向社区查询。`);
        return;
      }
      setNumber(answer.phone);
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有打开电话，请稍后再试。', 6);
    } finally {
      setWaiting(false);
    }
  };
  return (
    <Button icon={<PhoneOutlined />} loading={waiting} aria-label={`拨打${name}家长电话`} onClick={() => void open()}>
      拨打
    </Button>
  );
}
