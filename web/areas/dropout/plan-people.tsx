import { AutoComplete, Button, Form, Input } from 'antd';
import { listStaff } from '#contract/organisations.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';

/** The people of a plan: who does what until when; people of the staff are proposed and then stand on the case, others are named in words. */
export function PlanPeople({ label }: { label: string }) {
  const form = Form.useFormInstance();
  const { today } = useMe();
  const may = useMay('staff.read');
  const staff = useAnswer(listStaff, { page: 1, size: 200 }, { enabled: may });
  const known = (staff.data?.rows ?? []).map((one) => ({
    value: one.name,
    label: [one.name, one.posts[0]?.unitName, one.posts[0]?.roleName].filter(Boolean).join(' · '),
    staffId: one.id,
  }));
  return (
    <Form.List name="people">
      {(lines, { add, remove }) => (
        <Form.Item label={label} required>
          {lines.map((line) => (
            <div key={line.key} className="drop-person">
              <Form.Item name={[line.name, 'name']} rules={[{ required: true, min: 2, message: '请填写姓名。' }]}>
                <AutoComplete
                  aria-label="姓名"
                  placeholder="姓名"
                  options={known}
                  showSearch={{ filterOption: (typed, option) => option?.label.includes(typed.trim()) === true }}
                  popupMatchSelectWidth={false}
                  onChange={(name: string) => {
                    const found = known.filter((one) => one.value === name);
                    form.setFieldValue(['people', line.name, 'staffId'], found.length === 1 ? found[0]?.staffId : null);
                  }}
                />
              </Form.Item>
              <Form.Item name={[line.name, 'staffId']} hidden>
                <Input />
              </Form.Item>
              <Form.Item name={[line.name, 'task']} rules={[{ required: true, min: 2, message: '请写明做什么。' }]}>
                <Input aria-label="做什么" placeholder="做什么" maxLength={200} />
              </Form.Item>
              <Form.Item name={[line.name, 'day']} rules={[{ required: true, message: '请填写日期。' }]}>
                <DayField words="完成日期" width={140} earliest={today} />
              </Form.Item>
              {lines.length > 1 ? (
                <Button
                  type="link"
                  onClick={() => {
                    remove(line.name);
                  }}
                >
                  移去
                </Button>
              ) : null}
            </div>
          ))}
          <Button
            onClick={() => {
              add({});
            }}
          >
            再加一人
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}
