import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { takeOverSheet } from '#contract/attendance-views.ts';
import { useSend } from '#web/api/use.ts';
import { markRefreshes } from './attendance-words.ts';

/** Takes the imported 到校情况 sheet of a school as the roll call of its day. */
export function SheetButton({ schoolId, schoolName, day }: { schoolId: string; schoolName: string; day: string }) {
  const { modal } = App.useApp();
  const [open, setOpen] = useState(false);
  const { send, sending } = useSend(takeOverSheet, { refresh: markRefreshes });
  const take = async () => {
    try {
      const taken = await send({ schoolId, day });
      setOpen(false);
      modal.info({
        title: `已采用 ${String(taken.classes)} 个班的到校情况`,
        content: (
          <>
            {taken.already > 0 ? <p>{taken.already} 个班此前已点名，保持不变。</p> : null}
            {taken.without > 0 ? <p>{taken.without} 个班在表中没有内容，仍为未点名。</p> : null}
            {taken.unknown > 0 ? <p>{taken.unknown} 名学生在表中没有写明，记为待核，请逐人更正。</p> : null}
          </>
        ),
        okText: '知道了',
      });
    } catch {
      // the refusal has been shown
    }
  };
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        采用导入的到校表
      </Button>
      <Modal
        open={open}
        title={`把导入的到校情况作为 ${day} 的点名`}
        okText="采用"
        cancelText="返回"
        confirmLoading={sending}
        onOk={() => void take()}
        onCancel={() => {
          setOpen(false);
        }}
      >
        <p>{schoolName}最近一次导入的到校情况表将作为这一天的点名。已经点过名的班不变；表中没有写到的班仍为未点名。</p>
      </Modal>
    </>
  );
}
