import { Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { getSchool } from '#contract/organisations.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { attendingKindWords } from '#domain/enrolment/change-words.ts';
import type { ChangeField } from '#domain/enrolment/changes-record.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickChild } from '#web/parts/pick-child.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { choicesOf, type Change } from './change-words.ts';
import type { NewcomerTyped } from './newcomer-fields.tsx';

/** What is typed into the form of a change. */
export interface ChangeTyped {
  childId?: string;
  person?: { name?: string; number?: string };
  newcomer?: NewcomerTyped;
  fromDay: string;
  endsOn?: string;
  toSchoolId?: string;
  toClassId?: string;
  toGrade?: number;
  reason: string;
  elsewhere?: string;
  place?: string;
  placeKind?: 'otherSchool' | 'specialSchool' | 'correctionSchool' | 'hospital';
  quota?: number;
  pieces?: Record<string, string | undefined>;
}

const grades = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((grade) => ({ value: grade, label: wordsOfGrade(grade) }));
const { home: _home, regularClass: _regular, ...placeWords } = attendingKindWords;

/** `PickChild` as a field of a form. */
export function PickField({ value, onChange }: { value?: string; onChange?: (id: string | undefined) => void }) {
  return <PickChild value={value} width={480} onChange={(id) => onChange?.(id)} />;
}

/** A field that a kind of change needs. */
export function NeededField({
  field,
  form,
}: {
  field: ChangeField;
  form: ReturnType<typeof Form.useForm<ChangeTyped>>[0];
}) {
  const required = (words: string) => [{ required: true, message: words }];
  switch (field) {
    case 'toSchool':
      return (
        <Form.Item name="toSchoolId" label="转入学校" rules={required('请选择转入学校。')}>
          <PickSchool />
        </Form.Item>
      );
    case 'toGrade':
      return (
        <Form.Item name="toGrade" label="年级" rules={required('请选择年级。')}>
          <Select aria-label="年级" options={grades} style={{ width: 200 }} />
        </Form.Item>
      );
    case 'toClass':
      return <ClassField form={form} />;
    case 'endsOn':
      return (
        <Form.Item name="endsOn" label="结束日期" rules={required('请填写结束日期。')}>
          <DayField words="结束日期" />
        </Form.Item>
      );
    case 'elsewhere':
      return (
        <Form.Item name="elsewhere" label="外地学校（省、市、校名）" rules={required('请填写外地学校。')}>
          <Input maxLength={200} />
        </Form.Item>
      );
    case 'quota':
      return (
        <Form.Item name="quota" label="每月送教课时" rules={required('请填写每月送教课时。')}>
          <InputNumber min={1} max={40} precision={0} />
        </Form.Item>
      );
    case 'place':
      return (
        <>
          <Form.Item name="placeKind" label="就读地类别">
            <Select aria-label="就读地类别" options={choicesOf(placeWords)} style={{ width: 240 }} />
          </Form.Item>
          <AttendedSchool form={form} />
          <Form.Item name="place" label="就读地" rules={required('请填写就读地。')}>
            <Input maxLength={200} />
          </Form.Item>
        </>
      );
  }
}

/** The school of the district where he attends, with his class there; left empty for places that are no school of it. */
function AttendedSchool({ form }: { form: ReturnType<typeof Form.useForm<ChangeTyped>>[0] }) {
  const picked = Form.useWatch('toSchoolId', form);
  return (
    <>
      <Form.Item name="toSchoolId" label="本区学校（在本区其他学校就读的选填，今后在那里点名）">
        <PickSchool />
      </Form.Item>
      {picked === undefined ? null : <ClassField form={form} />}
    </>
  );
}

/** The classes of the receiving school, else of one's own. */
function ClassField({ form }: { form: ReturnType<typeof Form.useForm<ChangeTyped>>[0] }) {
  const me = useMe();
  const own = me.posts.find((post) => post.unitKind === 'school')?.unitId;
  const [picked, setPicked] = useState<string>();
  const schoolId = Form.useWatch('toSchoolId', form) ?? own ?? picked;
  const school = useAnswer(getSchool, { id: schoolId ?? '' }, { enabled: schoolId !== undefined });
  return (
    <>
      {own === undefined ? (
        <Form.Item label="所在学校">
          <PickSchool value={picked} onChange={setPicked} />
        </Form.Item>
      ) : null}
      <Form.Item name="toClassId" label="班级" rules={[{ required: true, message: '请选择班级。' }]}>
        <Select
          aria-label="班级"
          style={{ width: 240 }}
          loading={school.isFetching}
          options={(school.data?.classList ?? []).map((room) => ({ value: room.id, label: room.name }))}
        />
      </Form.Item>
    </>
  );
}

/** The class in which who has come is put: of the receiving school and of his grade. */
export function ArrivalClass({ record }: { record: Change }) {
  const { toSchoolId, toClassName } = record;
  const grade = record.toGrade ?? record.grade;
  const school = useAnswer(getSchool, { id: toSchoolId ?? '' }, { enabled: toSchoolId !== null });
  const rooms = (school.data?.classList ?? []).filter((room) => grade === null || room.grade === grade);
  const asked = toClassName === null ? '还没有分班的可以不选，以后办理转班' : `不选的按提出时的${toClassName}`;
  return (
    <Form.Item name="toClassId" label="编入班级" extra={`编入后由该班班主任点名；${asked}。`}>
      <Select
        aria-label="编入班级"
        allowClear
        style={{ width: 240, maxWidth: '100%' }}
        placeholder="请选择班级"
        loading={school.isFetching}
        notFoundContent={
          school.isFetching ? '正在读取' : `本校还没有${grade === null ? '' : wordsOfGrade(grade)}的班级`
        }
        options={rooms.map((room) => ({ value: room.id, label: `${room.name}（${String(room.pupils)} 人）` }))}
      />
    </Form.Item>
  );
}
