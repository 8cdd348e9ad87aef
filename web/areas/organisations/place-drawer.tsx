import { Drawer, Form, Input, Radio } from 'antd';
import type { z } from 'zod';
import { savePlace, type Place } from '#contract/organisations.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickSubdistrict } from '#web/parts/pick.tsx';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';

type Written = InputOf<typeof savePlace>;

/** Adds a street or community, or changes one; the code stays once given. */
export function PlaceDrawer({
  place,
  parent,
  onClose,
}: {
  place: z.output<typeof Place> | null;
  parent: string | null;
  onClose: () => void;
}) {
  const [form] = Form.useForm<Written>();
  const kind = Form.useWatch('kind', form);
  const phone = usePhone();
  const { today, district } = useMe();
  const { send, sending } = useSend(savePlace, { done: '已保存。' });
  const start = place ?? {
    kind: parent === null ? 'subdistrict' : 'community',
    parentCode: parent,
    code: parent ?? district.code,
    fromDate: today,
  };
  const digits = kind === 'community' ? 12 : 9;
  async function save(written: Written) {
    try {
      await send({
        ...written,
        code: place?.code ?? written.code,
        kind: place?.kind ?? written.kind,
        parentCode: written.kind === 'community' ? (written.parentCode ?? null) : null,
        contact: written.contact || null,
        toDate: written.toDate || null,
      });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 480}
      title={place === null ? '新增街道或社区' : `修改：${place.name}`}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(written) => void save(written)}
        scrollToFirstError
      >
        <Form.Item name="kind" label="种类">
          <Radio.Group
            optionType="button"
            disabled={place !== null}
            options={[
              { value: 'subdistrict', label: '街道' },
              { value: 'community', label: '社区' },
            ]}
          />
        </Form.Item>
        {kind === 'community' && (
          <Form.Item name="parentCode" label="所属街道" rules={[{ required: true, message: '请选择所属街道。' }]}>
            <PickSubdistrict width="100%" allowClear={false} />
          </Form.Item>
        )}
        <Form.Item
          name="code"
          label={`区划代码（${String(digits)} 位）`}
          extra={place === null ? '国家统计局统计用区划代码。' : '代码一经建立不再改变；区划调整时停用旧的、新增新的。'}
          rules={[
            {
              required: true,
              pattern: digits === 12 ? /^\d{12}$/ : /^\d{9}$/,
              message: `代码是 ${String(digits)} 位数字。`,
            },
          ]}
        >
          <Input maxLength={digits} inputMode="numeric" disabled={place !== null} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称。' }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="contact" label="联系方式">
          <Input maxLength={60} placeholder="联系人与办公电话" />
        </Form.Item>
        <Form.Item name="fromDate" label="自哪一天起" rules={[{ required: true, message: '请填写开始日期。' }]}>
          <DayField words="自哪一天起" />
        </Form.Item>
        <Form.Item name="toDate" label="撤并日期" extra="现行的空着。">
          <DayField words="撤并日期" allowClear />
        </Form.Item>
        <FormFoot act="保存" sending={sending} onBack={onClose} />
      </Form>
    </Drawer>
  );
}
