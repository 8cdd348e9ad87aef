import { SyncOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { runComparison } from '#contract/comparison.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { useGo } from '#web/ui/go.tsx';

/** The button that starts a comparison as of a day and opens its result; absent for those who may not. */
export function StartRun({ primary = false }: { primary?: boolean }) {
  const may = useMay('runs.manage');
  const { today } = useMe();
  const go = useGo();
  const { send, sending } = useSend(runComparison, {
    done: '比对已完成。',
    refresh: ['comparison', 'statistics', 'population', 'enrolment'],
  });
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState(today);
  if (!may) return null;
  const start = async () => {
    try {
      const run = await send({ asOf: day });
      setOpen(false);
      go(`/compare/runs/${run.runId}`);
    } catch {
      // the refusal has been shown; the dialog stays
    }
  };
  return (
    <>
      <Button
        {...(primary ? { type: 'primary' as const } : {})}
        icon={<SyncOutlined aria-hidden />}
        onClick={() => {
          setOpen(true);
        }}
      >
        进行比对
      </Button>
      <Modal
        open={open}
        title="进行数据比对"
        okText="开始比对"
        cancelText="返回"
        confirmLoading={sending}
        onOk={() => void start()}
        onCancel={() => {
          setOpen(false);
        }}
        destroyOnHidden
      >
        <p>
          把适龄档案、学籍名册、到校情况和重点群体名单按所选日期互相核对，找出没有着落的孩子。已核实的发现保留原有进展。
        </p>
        <label htmlFor="run-day">截至日期</label>
        <div style={{ marginTop: 8 }}>
          <DayField
            id="run-day"
            words="截至日期"
            value={day}
            onChange={(next) => {
              setDay(next ?? today);
            }}
            latest={today}
          />
        </div>
      </Modal>
    </>
  );
}
