import { Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { endAttending } from '#contract/enrolment-acts.ts';
import {
  approveChange,
  confirmArrival,
  correctChange,
  refuseChange,
  withdrawChange,
} from '#contract/enrolment-changes.ts';
import { addPieces } from '#contract/enrolment-papers.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { useMe } from '#web/api/me.ts';
import { isHealthPiece } from '#domain/enrolment/change-rules.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PaperField } from '#web/parts/paper-field.tsx';
import { Next } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { ArrivalClass } from './change-fields.tsx';
import { changeRefreshes, type Change } from './change-words.ts';

interface ActOf {
  words: string;
  endpoint: Endpoint;
  asks: readonly ('day' | 'room' | 'note' | 'reason' | 'reply' | 'proof' | 'pieces')[];
  danger?: boolean;
}

function actsOf(record: Change): Record<string, ActOf> {
  const out = record.kind === 'transferOutProvince' || record.kind === 'transferOutOther';
  return {
    addPieces: { words: '补交材料', endpoint: addPieces, asks: ['pieces'] },
    arrive: {
      words: '确认到校',
      endpoint: confirmArrival,
      asks: out ? ['day', 'proof', 'note'] : ['day', 'room', 'note'],
    },
    approve: {
      words: record.state === 'elsewhere' ? '登记外地答复' : '同意',
      endpoint: approveChange,
      asks: record.state === 'elsewhere' ? ['reply', 'note'] : ['note'],
    },
    refuse: { words: '不同意', endpoint: refuseChange, asks: ['reason'], danger: true },
    withdraw: { words: '撤回', endpoint: withdrawChange, asks: ['reason'], danger: true },
    back: { words: '返校就读', endpoint: endAttending, asks: ['day', 'note'] },
    correct: { words: '更正', endpoint: correctChange, asks: ['reason'], danger: true },
  };
}

/** What is next on a change, and the buttons of what this person may do now. */
export function ChangeActs({ record }: { record: Change }) {
  const [open, setOpen] = useState<string>();
  const acts = actsOf(record);
  const offered = Object.keys(acts).filter((action) => record.allowed[action]?.may === true);
  const chosen = open === undefined ? undefined : acts[open];
  return (
    <>
      <Next
        words={
          record.allowed['addPieces']?.may === true
            ? `还缺材料：${record.pieces
                .filter((piece) => piece.paperId === null)
                .map((piece) => piece.label)
                .join('、')}`
            : record.state === 'late'
              ? `去向未落实：查明去向，到校后确认${record.ownerWords === null ? '' : `（${record.ownerWords}）`}`
              : record.ownerWords === null
                ? record.stateWords
                : `${record.stateWords}（${record.ownerWords}）`
        }
        due={record.dueDate}
        overdue={record.overdue}
        button={
          <span className="enrol-acts">
            {offered.map((action, index) => (
              <Button
                key={action}
                type={index === 0 && acts[action]?.danger !== true ? 'primary' : 'default'}
                danger={acts[action]?.danger === true}
                onClick={() => {
                  setOpen(action);
                }}
              >
                {acts[action]?.words}
              </Button>
            ))}
          </span>
        }
      />
      {chosen === undefined ? null : (
        <ActForm
          key={open}
          act={chosen}
          record={record}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </>
  );
}

function ActForm({ act, record, onClose }: { act: ActOf; record: Change; onClose: () => void }) {
  const phone = usePhone();
  const { today } = useMe();
  const [form] = Form.useForm<Record<string, unknown>>();
  const { send, sending } = useSend(act.endpoint, { done: `${act.words}：已办。`, refresh: changeRefreshes });
  const save = async (typed: Record<string, unknown>) => {
    const given = typed['pieces'];
    const pieces =
      typeof given === 'object' && given !== null
        ? Object.entries(given).flatMap(([code, paperId]) => (typeof paperId === 'string' ? [{ code, paperId }] : []))
        : undefined;
    const filled = Object.fromEntries(
      Object.entries<unknown>({ ...typed, pieces }).filter(([, value]) => value !== undefined && value !== ''),
    );
    try {
      await send({ ...filled, id: record.id });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 520}
      mask={{ closable: false }}
      title={`${act.words}：${record.name} ${record.kindWords}`}
      footer={
        <span className="enrol-acts">
          <Button onClick={onClose}>返回</Button>
          <Button type="primary" danger={act.danger === true} loading={sending} onClick={form.submit}>
            {act.words}
          </Button>
        </span>
      }
    >
      <Form
        form={form}
        name="act"
        layout="vertical"
        initialValues={{ day: today }}
        onFinish={(typed) => void save(typed)}
      >
        {act.asks.map((ask) => (
          <AskField key={ask} ask={ask} record={record} today={today} />
        ))}
      </Form>
    </Drawer>
  );
}

function AskField({ ask, record, today }: { ask: ActOf['asks'][number]; record: Change; today: string }) {
  switch (ask) {
    case 'day':
      return (
        <Form.Item
          name="day"
          label={record.attended === null ? '到校日期' : '返校日期（从这一天起在原班点名）'}
          rules={[{ required: true, message: '请填写日期。' }]}
        >
          <DayField words={record.attended === null ? '到校日期' : '返校日期'} latest={today} />
        </Form.Item>
      );
    case 'room':
      return <ArrivalClass record={record} />;
    case 'note':
      return (
        <Form.Item name="note" label="说明">
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      );
    case 'reason':
      return (
        <Form.Item name="reason" label="原因" rules={[{ required: true, min: 2, message: '请写明原因。' }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      );
    case 'pieces':
      return (
        <>
          {record.pieces
            .filter((piece) => piece.paperId === null)
            .map((piece) => (
              <Form.Item key={piece.code} name={['pieces', piece.code]} label={piece.label}>
                <PaperField
                  words={piece.label}
                  kind={isHealthPiece(piece.code) ? 'hospitalPaper' : 'scan'}
                  childId={record.childId}
                />
              </Form.Item>
            ))}
        </>
      );
    case 'reply':
      return (
        <Form.Item name="replyPaperId" label="答复扫描件" rules={[{ required: true, message: '请上传答复的扫描件。' }]}>
          <PaperField words="答复" kind="reply" childId={record.childId} />
        </Form.Item>
      );
    case 'proof':
      return (
        <Form.Item name="proofPaperId" label="到校证明" rules={[{ required: true, message: '请上传到校证明。' }]}>
          <PaperField words="到校证明" kind="certificate" childId={record.childId} />
        </Form.Item>
      );
  }
}
