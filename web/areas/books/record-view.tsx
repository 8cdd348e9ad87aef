import { Button, Drawer, Form, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { mendFindings, recheckFindings, withdrawRecord, type WorkRecord } from '#contract/books-records.ts';
import { workKindWords, workStateWords } from '#domain/books/work-record.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { Go } from '#web/ui/go.tsx';
import { Facts } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status, type StatusKind } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';

/** A record as lists show it. */
export type RecordRow = z.output<typeof WorkRecord>;

/** How the state of a record reads. */
export function RecordState({ row }: { row: RecordRow }) {
  const kinds: Record<RecordRow['state'], StatusKind> = {
    stands: 'ok',
    withdrawn: 'quiet',
    open: row.late ? 'bad' : 'warn',
    mended: 'wait',
    settled: 'ok',
  };
  return <Status kind={kinds[row.state]} words={row.late ? '待整改，已超期' : workStateWords[row.state]} />;
}

type Act = 'mend' | 'recheck' | 'withdraw';
interface Fields {
  day: string;
  words: string;
  passed?: boolean;
  dueDate?: string | null;
  reason?: string;
}

const actWords: Record<Act, string> = { mend: '登记整改', recheck: '复查', withdraw: '撤销' };

/** One step with a record: what was mended, the recheck, or taking it back. */
function ActDialog({ row, act, onClose }: { row: RecordRow; act: Act; onClose: (done: boolean) => void }) {
  const [form] = Form.useForm<Fields>();
  const { today } = useMe();
  const [id] = useState(newRequestId);
  const passed = Form.useWatch('passed', form) ?? true;
  const mend = useSend(mendFindings, { done: '已登记整改，等待复查。' });
  const recheck = useSend(recheckFindings, { done: '已登记复查。' });
  const withdraw = useSend(withdrawRecord, { done: '已撤销，原记录仍可查。' });
  async function save(written: Fields) {
    const { firstId, version: seen } = row;
    try {
      if (act === 'withdraw') await withdraw.send({ firstId, id, seen, reason: written.reason ?? '' });
      else if (act === 'mend') await mend.send({ firstId, id, seen, day: written.day, words: written.words });
      else await recheck.send({ firstId, id, seen, day: written.day, words: written.words, passed, dueDate: passed ? null : (written.dueDate ?? null) }); // prettier-ignore
      onClose(true);
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Modal
      open
      title={`${actWords[act]}：${row.content.title}`}
      okText={actWords[act]}
      cancelText="返回"
      okButtonProps={{ loading: mend.sending || recheck.sending || withdraw.sending }}
      onCancel={() => {
        onClose(false);
      }}
      onOk={() => {
        form.submit();
      }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ day: today, passed: true }}
        onFinish={(written) => void save(written)}
      >
        {act === 'withdraw' ? (
          <Form.Item name="reason" label="撤销的原因" rules={[{ required: true, min: 2, message: '请写明原因。' }]}>
            <Input maxLength={200} />
          </Form.Item>
        ) : (
          <>
            {act === 'recheck' ? (
              <Form.Item name="passed" label="复查结果">
                <Segmented
                  options={[
                    { value: true, label: '通过，办结' },
                    { value: false, label: '未通过，继续整改' },
                  ]}
                />
              </Form.Item>
            ) : null}
            <Form.Item name="day" label="日期" rules={[{ required: true, message: '请填写日期。' }]}>
              <DayField words="日期" earliest={row.day} latest={today} />
            </Form.Item>
            <Form.Item
              name="words"
              label={act === 'mend' ? '整改情况' : '复查意见'}
              rules={[{ required: true, min: 2, message: '请写明情况。' }]}
            >
              <Input.TextArea rows={5} maxLength={1000} />
            </Form.Item>
            {act === 'recheck' && !passed ? (
              <Form.Item name="dueDate" label="新的整改期限" rules={[{ required: true, message: '请填写新的期限。' }]}>
                <DayField words="新的整改期限" earliest={today} />
              </Form.Item>
            ) : null}
          </>
        )}
      </Form>
    </Modal>
  );
}

/** One record whole, with what may be done with it. */
export function RecordView({
  row,
  onCorrect,
  onClose,
}: {
  row: RecordRow;
  onCorrect: () => void;
  onClose: () => void;
}) {
  const phone = usePhone();
  const [act, setAct] = useState<Act | null>(null);
  const { content, allowed } = row;
  const facts = [
    { label: '形式', value: row.sortWords },
    { label: '状态', value: <RecordState row={row} /> },
    { label: '学校', value: row.schoolName },
    ...(row.kind === 'inspection' ? [] : [{ label: '范围', value: row.className ?? '全校' }]),
    { label: '日期', value: row.day },
    ...(content.people === '' ? [] : [{ label: row.kind === 'inspection' ? '督查人员' : '负责人', value: content.people }]), // prettier-ignore
    ...(content.words === '' ? [] : [{ label: '说明', value: content.words }]),
    ...(row.staff.length === 0 ? [] : [{ label: `教师 ${String(row.staff.length)} 人`, value: row.staff.map((one) => one.name).join('、') }]), // prettier-ignore
    ...(row.dueDate === null ? [] : [{ label: '整改期限', value: row.dueDate }]),
    ...(content.mended === null ? [] : [{ label: '整改', value: `${content.mended.day} ${content.mended.byName}：${content.mended.words}` }]), // prettier-ignore
    ...(content.rechecked === null ? [] : [{ label: '复查', value: `${content.rechecked.day} ${content.rechecked.byName}，${content.rechecked.passed ? '通过' : '未通过'}：${content.rechecked.words}` }]), // prettier-ignore
    { label: '登记', value: `${row.byName} ${momentShort(row.knownAt)}${row.version > 1 ? `，第 ${String(row.version)} 版` : ''}${row.reason === null ? '' : `，${row.reason}`}` }, // prettier-ignore
  ];
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 560} title={`${workKindWords[row.kind]}：${content.title}`}>
      <Facts items={facts} />
      {content.findings.length === 0 ? null : (
        <>
          <h3>发现的问题</h3>
          <ol className="books-findings">
            {content.findings.map((one, at) => (
              <li key={`${String(at)} ${one}`}>{one}</li>
            ))}
          </ol>
        </>
      )}
      {row.children.length === 0 ? null : (
        <>
          <h3>学生 {row.children.length} 人</h3>
          <p className="books-names">
            {row.children.map((one) => (
              <Go key={one.id} to={`/children/${one.id}`}>
                {one.name}
              </Go>
            ))}
          </p>
        </>
      )}
      <div className="books-take">
        {allowed.mend ? (
          <Button type="primary" onClick={() => { setAct('mend'); }}>登记整改</Button> // prettier-ignore
        ) : null}
        {allowed.recheck ? (
          <Button type="primary" onClick={() => { setAct('recheck'); }}>复查</Button> // prettier-ignore
        ) : null}
        {allowed.change ? <Button onClick={onCorrect}>更正</Button> : null}
        {allowed.change && row.kind !== 'inspection' ? (
          <Button danger onClick={() => { setAct('withdraw'); }}>撤销</Button> // prettier-ignore
        ) : null}
      </div>
      {act === null ? null : (
        <ActDialog
          row={row}
          act={act}
          onClose={(done) => {
            setAct(null);
            if (done) onClose();
          }}
        />
      )}
    </Drawer>
  );
}
