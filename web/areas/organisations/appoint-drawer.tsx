import { Alert, Drawer, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { appoint, getSchool, type StaffMember } from '#contract/organisations.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { roles, roleUnit, roleWords, secondFactorRoles } from '#domain/basics/roles.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickCommunity, PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';

type Written = Omit<InputOf<typeof appoint>, 'id'>;

/** Gives a person a post: role, unit, from when, and who approved it. */
export function AppointDrawer({ member, onClose }: { member: z.output<typeof StaffMember>; onClose: () => void }) {
  const [form] = Form.useForm<Written>();
  const phone = usePhone();
  const { today, district } = useMe();
  const role = Form.useWatch('role', form);
  const unit = role === undefined ? null : roleUnit[role];
  const { send, sending } = useSend(appoint, {
    done: `已为${member.name}任职。`,
    refresh: ['organisations', 'security'],
  });
  async function save(written: Written) {
    try {
      await send({
        ...written,
        id: member.id,
        unitId: roleUnit[written.role] === 'district' ? district.code : written.unitId,
        toDate: written.toDate || null,
      });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 440} title={`任职：${member.name}`}>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ fromDate: today }}
        onFinish={(written) => void save(written)}
        scrollToFirstError
      >
        <Form.Item name="role" label="岗位" rules={[{ required: true, message: '请选择岗位。' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={roles.map((value) => ({ value, label: roleWords[value] }))}
            onChange={() => {
              form.setFieldValue('unitId', undefined);
            }}
          />
        </Form.Item>
        {role !== undefined && secondFactorRoles.includes(role) && (
          <Alert type="info" showIcon title="这个岗位登录时要用动态口令。" style={{ marginBottom: 16 }} />
        )}
        {unit === 'district' && <p style={{ marginBottom: 16 }}>任职单位：{district.name}</p>}
        {unit !== null && unit !== 'district' && (
          <Form.Item name="unitId" label="任职单位" rules={[{ required: true, message: '请选择任职单位。' }]}>
            {unit === 'school' ? (
              <PickSchool width="100%" />
            ) : unit === 'subdistrict' ? (
              <PickSubdistrict width="100%" />
            ) : unit === 'community' ? (
              <PickCommunity width="100%" />
            ) : (
              <PickClass />
            )}
          </Form.Item>
        )}
        <Form.Item name="fromDate" label="自哪一天起" rules={[{ required: true, message: '请填写任职日期。' }]}>
          <DayField words="自哪一天起" />
        </Form.Item>
        <Form.Item name="toDate" label="到哪一天止" extra="长期任职的空着；督查组成员填督查结束日期。">
          <DayField words="到哪一天止" allowClear />
        </Form.Item>
        <Form.Item
          name="approvedBy"
          label="批准人"
          rules={[{ required: true, min: 2, whitespace: true, message: '请写明批准人。' }]}
        >
          <Input maxLength={40} placeholder="姓名与职务" />
        </Form.Item>
        <FormFoot act="任职" sending={sending} onBack={onClose} />
      </Form>
    </Drawer>
  );
}

/** Picks a class by its school; a field of the form. */
function PickClass({ value, onChange }: { value?: string; onChange?: (id: string | undefined) => void }) {
  const [schoolId, setSchoolId] = useState<string>();
  const school = useAnswer(getSchool, { id: schoolId ?? '' }, { enabled: schoolId !== undefined });
  const classes = (school.data?.classList ?? []).map((each) => ({
    value: each.id,
    label: each.teacher === null ? each.name : `${each.name}（班主任 ${each.teacher}）`,
  }));
  return (
    <Flex vertical gap={8}>
      <PickSchool
        width="100%"
        value={schoolId}
        onChange={(id) => {
          setSchoolId(id);
          onChange?.(undefined);
        }}
      />
      <Select
        aria-label="班级"
        placeholder={schoolId === undefined ? '先选学校，再选班级' : '班级'}
        disabled={schoolId === undefined}
        loading={school.isFetching}
        value={value ?? null}
        options={classes}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(id: string | null) => {
          onChange?.(id ?? undefined);
        }}
      />
    </Flex>
  );
}
