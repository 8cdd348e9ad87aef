import { Checkbox, Form, Input, Select } from 'antd';
import { DayField } from '#web/parts/day-field.tsx';

/** What is typed of a child from outside. */
export interface NewcomerTyped {
  sex: '男' | '女';
  birthDate: string;
  registryNo?: string;
  guardian: string;
  phone?: string;
  address: string;
}

const sexes = [
  { value: '男', label: '男' },
  { value: '女', label: '女' },
];

/** Who comes from outside and has no record yet: what the record needs, beside name and number. */
export function NewcomerFields({
  unknown,
  onUnknown,
  today,
}: {
  unknown: boolean;
  onUnknown: (unknown: boolean) => void;
  today: string;
}) {
  const required = (words: string) => [{ required: true, message: words }];
  return (
    <>
      <Form.Item>
        <Checkbox
          checked={unknown}
          onChange={(event) => {
            onUnknown(event.target.checked);
          }}
        >
          从区外来、平台还没有档案，一并登记
        </Checkbox>
      </Form.Item>
      {unknown ? (
        <>
          <Form.Item name={['newcomer', 'sex']} label="性别" rules={required('请选择性别。')}>
            <Select aria-label="性别" options={sexes} style={{ width: 120 }} />
          </Form.Item>
          <Form.Item name={['newcomer', 'birthDate']} label="出生日期" rules={required('请填写出生日期。')}>
            <DayField words="出生日期" latest={today} />
          </Form.Item>
          <Form.Item name={['newcomer', 'registryNo']} label="学籍号（有则填写）">
            <Input maxLength={30} />
          </Form.Item>
          <Form.Item name={['newcomer', 'guardian']} label="监护人" rules={required('请填写监护人。')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name={['newcomer', 'phone']} label="监护人电话">
            <Input maxLength={30} inputMode="tel" />
          </Form.Item>
          <Form.Item name={['newcomer', 'address']} label="现住址" rules={required('请填写现住址。')}>
            <Input maxLength={200} />
          </Form.Item>
        </>
      ) : null}
    </>
  );
}
