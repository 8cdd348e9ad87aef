import { Drawer, Form, Input, Select } from 'antd';
import { saveSchool, type getSchool } from '#contract/organisations.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { formFaults } from '#web/api/problem.ts';
import { useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickSubdistrict } from '#web/parts/pick.tsx';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';

type Written = Omit<InputOf<typeof saveSchool>, 'id'>;
const stages = ['小学', '初中', '九年一贯制', '完全中学', '特殊教育', '专门学校'] as const;

/** Adds a school, or changes one. */
export function SchoolDrawer({
  school,
  onClose,
  onSaved,
}: {
  school: OutputOf<typeof getSchool> | null;
  onClose: () => void;
  onSaved?: (id: string) => void;
}) {
  const [form] = Form.useForm<Written>();
  const phone = usePhone();
  const { today } = useMe();
  const { send, sending } = useSend(saveSchool, {
    done: school === null ? '已新增学校。' : '已保存。',
    refresh: ['organisations', 'enrolment', 'statistics'],
  });
  const stage = stages.find((each) => each === school?.stage);
  const start =
    school === null
      ? { fromDate: today }
      : {
          code: school.code,
          name: school.name,
          ...(stage === undefined ? {} : { stage }),
          subdistrictCode: school.subdistrictCode,
          contact: school.contact,
          fromDate: school.fromDate,
          toDate: school.toDate,
        };
  async function save(written: Written) {
    try {
      const answer = await send({
        ...(school === null ? {} : { id: school.id }),
        ...written,
        subdistrictCode: written.subdistrictCode ?? null,
        contact: written.contact || null,
        toDate: written.toDate || null,
      });
      onClose();
      onSaved?.(answer.id);
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 480}
      title={school === null ? '新增学校' : `修改：${school.name}`}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(written) => void save(written)}
        scrollToFirstError
      >
        <Form.Item
          name="name"
          label="学校名称"
          rules={[{ required: true, min: 2, whitespace: true, message: '请填写学校全称。' }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="code"
          label="学校标识码"
          rules={[{ required: true, pattern: /^\d{10}$/, message: '学校标识码是 10 位数字。' }]}
        >
          <Input maxLength={10} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="stage" label="办学类型" rules={[{ required: true, message: '请选择办学类型。' }]}>
          <Select options={stages.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="subdistrictCode" label="所在街道">
          <PickSubdistrict width="100%" />
        </Form.Item>
        <Form.Item name="contact" label="联系方式">
          <Input maxLength={60} placeholder="联系人与办公电话" />
        </Form.Item>
        <Form.Item name="fromDate" label="自哪一天起" rules={[{ required: true, message: '请填写开始日期。' }]}>
          <DayField words="自哪一天起" />
        </Form.Item>
        <Form.Item name="toDate" label="停办日期" extra="仍在办的学校空着。">
          <DayField words="停办日期" allowClear />
        </Form.Item>
        <FormFoot act="保存" sending={sending} onBack={onClose} />
      </Form>
    </Drawer>
  );
}
