import { useEffect, useState } from 'react';
import { Alert, App, Button, Drawer, Form, Input, InputNumber, Popconfirm, Select } from 'antd';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { reviseReport, signReport } from '#contract/statistics-reports.ts';
import { courseParts } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { formFaults } from '#web/api/problem.ts';
import { useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { dropDraft, keepDraft, readDraft } from '#web/parts/draft.ts';
import { usePhone } from '#web/ui/phone.ts';
import { draftKey, isWritten, type ReportDraft, type Typed } from './report-draft.ts';
import { gapWords, type Report } from './report-words.ts';

const refresh = ['statistics', 'duties'];

/** Signing a report or a revision of it: gaps with their reason, what the school knows otherwise, and the summary to edit. What is half written stays when the drawer closes. */
export function SignDrawer({
  action,
  record,
  onClose,
}: {
  action: 'sign' | 'revise';
  record: Report;
  onClose: () => void;
}) {
  const phone = usePhone();
  const { message } = App.useApp();
  const { accountId } = useMe();
  const key = draftKey(accountId, record, action);
  const [kept, setKept] = useState(() => readDraft<ReportDraft>(key));
  const [written, setWritten] = useState(kept !== null);
  const [form] = Form.useForm<Typed>();
  useWarning(written);
  const signing = useSend(signReport, { done: '已签报。', refresh });
  const revising = useSend(reviseReport, { done: '已更正重报。', refresh });
  const words = action === 'sign' ? '签报' : '更正重报';
  const asksReason = action === 'revise' || record.gaps.length > 0;
  const save = async (typed: Typed) => {
    const told = { explanations: typed.explanations ?? [], summary: typed.summary };
    const reason = typed.reason?.trim() ?? '';
    try {
      if (action === 'revise' && record.id !== null) await revising.send({ id: record.id, reason, ...told });
      else
        await signing.send({
          schoolId: record.schoolId,
          period: record.period,
          day: record.from,
          ...(reason === '' ? {} : { reason }),
          ...told,
        });
      dropDraft(key);
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  const keep = (from: string) => {
    const typed = form.getFieldsValue();
    const now = isWritten(typed, record.draft);
    setWritten(now);
    if (now) keepDraft<ReportDraft>(key, { typed, from });
    else dropDraft(key);
  };
  const giveUp = () => {
    dropDraft(key);
    setKept(null);
    setWritten(false);
    form.setFieldsValue({ reason: '', explanations: [], summary: record.draft });
  };
  const takeNew = () => {
    form.setFieldValue('summary', record.draft);
    setKept(null);
    keep(record.draft);
  };
  const close = () => {
    if (written) void message.info('没写完的内容已留在这个页面，再次打开可以接着写；退出登录或关闭标签页后清除。', 6);
    onClose();
  };
  return (
    <Drawer
      open
      onClose={close}
      size={phone ? '100%' : 640}
      mask={{ closable: false }}
      title={`${words}：${record.schoolName} ${record.words}`}
      footer={
        <span className="rep-acts">
          <Button onClick={close}>返回</Button>
          <Button type="primary" loading={signing.sending || revising.sending} onClick={form.submit}>
            {words}
          </Button>
        </span>
      }
    >
      {record.gaps.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          className="rep-drawer-gaps"
          title="以下缺口未补齐，须写明原因"
          description={
            <ul>
              {record.gaps.map((gap, index) => (
                <li key={index}>{gapWords(gap, record.schoolId).words}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      {kept === null ? null : (
        <Alert
          type="info"
          showIcon
          className="rep-drawer-gaps"
          title="接着写：已恢复上次没写完的内容"
          description={
            kept.from === record.draft
              ? null
              : '您写完之后数据有了变化。请核对小结中的数字，或换成按现在的数据起草的小结。'
          }
          action={
            <span className="rep-draft-acts">
              {kept.from === record.draft ? null : <Button onClick={takeNew}>换成新起草的小结</Button>}
              <Popconfirm
                title="放弃没写完的内容"
                description="放弃后不能找回，表单恢复为系统起草的内容。"
                okText="放弃"
                cancelText="返回"
                onConfirm={giveUp}
              >
                <Button danger>放弃</Button>
              </Popconfirm>
            </span>
          }
        />
      )}
      <Form<Typed>
        form={form}
        name="sign"
        layout="vertical"
        initialValues={kept?.typed ?? { summary: record.draft }}
        onValuesChange={() => {
          keep(kept?.from ?? record.draft);
        }}
        onFinish={(typed) => void save(typed)}
      >
        {asksReason ? (
          <Form.Item
            name="reason"
            label={action === 'revise' ? '更正原因' : '缺口的原因'}
            rules={[{ required: true, min: 4, message: '请写明原因，不少于 4 个字。' }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        ) : null}
        <Form.Item label="与学校掌握情况的差异（数字不改，说明附在旁边）">
          <Differences record={record} />
        </Form.Item>
        <Form.Item
          name="summary"
          label="文字小结（系统按数据起草，可以修改）"
          rules={[{ required: true, min: 4, message: '请保留或写明小结。' }]}
        >
          <Input.TextArea rows={12} maxLength={4000} showCount />
        </Form.Item>
      </Form>
    </Drawer>
  );
}

/** Asks before the tab is closed or loaded anew while something is written: closing the tab takes it away. */
function useWarning(written: boolean): void {
  useEffect(() => {
    if (!written) return;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
    };
  }, [written]);
}

function Differences({ record }: { record: Report }) {
  return (
    <Form.List name="explanations">
      {(fields, { add, remove }) => (
        <div className="rep-differences">
          {fields.map(({ key, name }) => (
            <div key={key} className="rep-difference">
              <Form.Item name={[name, 'part']} rules={[{ required: true, message: '请选择项目。' }]}>
                <Select
                  aria-label="项目"
                  placeholder="项目"
                  showSearch={{ optionFilterProp: 'label' }}
                  options={courseParts.map((part) => ({
                    value: part,
                    label: `${partWords[part]}（系统 ${String(record.counts[part])}）`,
                  }))}
                />
              </Form.Item>
              <Form.Item name={[name, 'own']} rules={[{ required: true, message: '请填写人数。' }]}>
                <InputNumber aria-label="学校掌握的人数" placeholder="学校掌握" min={0} precision={0} />
              </Form.Item>
              <Button
                aria-label="删去这一项"
                icon={<DeleteOutlined />}
                onClick={() => {
                  remove(name);
                }}
              />
              <Form.Item
                name={[name, 'words']}
                className="rep-wide"
                rules={[{ required: true, min: 4, message: '请说明原因，不少于 4 个字。' }]}
              >
                <Input aria-label="说明" placeholder="说明差异的原因" maxLength={500} />
              </Form.Item>
            </div>
          ))}
          <Button
            icon={<PlusOutlined />}
            onClick={() => {
              add();
            }}
          >
            说明一项差异
          </Button>
        </div>
      )}
    </Form.List>
  );
}
