import { Button, Drawer, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { recordService } from '#contract/notices.ts';
import type { Strokes } from '#domain/basics/strokes.ts';
import { serviceModes, type ServiceMode } from '#domain/notices/record.ts';
import { publicNoticeDays } from '#domain/notices/service.ts';
import { serviceModeWords } from '#domain/notices/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { SignaturePad } from '#web/parts/signature-pad.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { documentRefreshes, type DocumentRecord } from './notices-words.ts';
import { ServePapers } from './serve-papers.tsx';
import { Witnesses } from './witnesses.tsx';

interface Typed {
  mode: ServiceMode;
  outcome: 'served' | 'failed';
  day: string;
  place?: string;
  recipient?: string;
  relation?: string;
  servers?: string[];
  signature?: Strokes;
  refusal?: string;
  witnesses?: { name?: string; unit?: string }[];
  reference?: string;
  consent?: string;
  note?: string;
  papers?: string[];
}

const dayLabels: Record<ServiceMode, string> = {
  inPerson: '送达日期',
  left: '留置日期',
  post: '签收日期',
  electronic: '到达日期',
  public: '公告日期',
};
const referenceLabels: Partial<Record<ServiceMode, string>> = {
  post: '邮件号码',
  electronic: '发往的号码或邮箱',
  public: '公告的地点或媒体',
};

/** 登记送达: how the document was served, or why the attempt failed; asks only what the mode needs. */
export function ServeDrawer({ document, onClose }: { document: DocumentRecord; onClose: () => void }) {
  const me = useMe();
  const phone = usePhone();
  const [form] = Form.useForm<Typed>();
  const [serviceId] = useState(newRequestId);
  const mode = Form.useWatch('mode', form) ?? 'inPerson';
  const failed = Form.useWatch('outcome', form) === 'failed';
  const { send, sending } = useSend(recordService, { done: '已登记送达情况。', refresh: documentRefreshes });
  const save = async (typed: Typed) => {
    const { signature, witnesses, ...rest } = typed;
    try {
      await send({
        ...rest,
        id: document.id,
        serviceId,
        witnesses: (witnesses ?? []).map((one) => ({ name: one.name ?? '', unit: one.unit ?? '' })),
        ...(signature === undefined || signature.length === 0 ? {} : { signature }),
      });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  const reference = referenceLabels[mode];
  const byHand = mode === 'inPerson' || mode === 'left';
  return (
    <Drawer
      open
      size={phone ? '100%' : 560}
      title={`登记送达：${document.kindWords}`}
      onClose={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" loading={sending} onClick={form.submit}>
          登记
        </Button>
      }
    >
      <Form
        form={form}
        name="serve"
        layout="vertical"
        initialValues={{ mode: 'inPerson', outcome: 'served', day: me.today, servers: [me.name] }}
        onFinish={(typed) => void save(typed)}
      >
        <Form.Item name="mode" label="送达方式" extra={modeHint(mode)}>
          <Select options={serviceModes.map((value) => ({ value, label: serviceModeWords[value] }))} />
        </Form.Item>
        <Form.Item name="outcome" label="结果">
          <Radio.Group
            options={[
              { value: 'served', label: '已送达' },
              { value: 'failed', label: '未能送达' },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="day"
          label={failed ? '日期' : dayLabels[mode]}
          rules={[{ required: true, message: '请填写。' }]}
        >
          <DayField words="日期" earliest={document.issuedDay} latest={me.today} />
        </Form.Item>
        {byHand ? (
          <>
            <Form.Item name="servers" label="送达人">
              <Select mode="tags" maxCount={4} open={false} suffixIcon={null} placeholder="输入姓名后回车" />
            </Form.Item>
            <Form.Item name="place" label={mode === 'left' ? '留置地点' : '地点'}>
              <Input maxLength={120} />
            </Form.Item>
          </>
        ) : null}
        {!failed && mode !== 'public' ? (
          <>
            <Form.Item name="recipient" label={mode === 'inPerson' ? '签收人' : '受送达人'}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="relation" label="与学生的关系">
              <Input maxLength={40} placeholder="例如：父亲、同住成年家属" />
            </Form.Item>
          </>
        ) : null}
        {!failed && mode === 'inPerson' ? (
          <Form.Item name="signature" label="签收人签名（或附已签收的送达回证）">
            <SignatureField />
          </Form.Item>
        ) : null}
        {!failed && byHand ? (
          <>
            <Form.Item name="refusal" label={mode === 'left' ? '拒收的情况' : '拒绝签名的理由（没有则不填）'}>
              <Input.TextArea rows={2} maxLength={200} />
            </Form.Item>
            <Witnesses />
          </>
        ) : null}
        {reference === undefined ? null : (
          <Form.Item name="reference" label={reference}>
            <Input maxLength={120} />
          </Form.Item>
        )}
        {!failed && mode === 'electronic' ? (
          <Form.Item name="consent" label="受送达人何时、以何种方式同意电子送达">
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        ) : null}
        <Form.Item name="papers" label={mode === 'left' ? '送达过程的照片' : '送达回证、照片、回执'}>
          <ServePapers key={String(mode === 'left')} childId={document.childId} photos={mode === 'left'} />
        </Form.Item>
        <Form.Item name="note" label={failed ? '未能送达的原因' : '说明'}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}

function modeHint(mode: ServiceMode): string {
  if (mode === 'public')
    return `其他方式都未能送达时才用；自公告之日起满 ${String(publicNoticeDays)} 日视为送达，期限从那时起算。`;
  if (mode === 'left') return '受送达人拒收时，由见证人见证并拍照后留置。';
  if (mode === 'electronic') return '须先取得受送达人同意。';
  return '能当面送达的，先当面送达。';
}

/** The signature of the recipient as a field of the form. */
function SignatureField({ value, onChange }: { value?: Strokes; onChange?: (strokes: Strokes) => void }) {
  return <SignaturePad strokes={value ?? []} signer="签收人" onChange={(strokes) => onChange?.(strokes)} />;
}
