import { Drawer, Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { keepInspection, keepRecord, type WorkRecord } from '#contract/books-records.ts';
import { listStaff } from '#contract/organisations.ts';
import { roleUnit } from '#domain/basics/roles.ts';
import { workKindWords, workSorts, workSortWords, type WorkKind, type WorkSort } from '#domain/books/work-record.ts';
import type { z } from 'zod';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { ClassChoice, PupilTicks } from './pupil-ticks.tsx';

type Row = z.output<typeof WorkRecord>;

/** What is written in the form, of whatever kind. */
interface Fields {
  sort: WorkSort;
  schoolId: string;
  classId?: string | null;
  day: string;
  title: string;
  words?: string;
  people?: string;
  staffIds?: string[];
  childIds?: string[];
  findings?: string;
  dueDate?: string | null;
  reason?: string;
}

const titles: Record<WorkKind, { label: string; hint: string; words: string }> = {
  letter: { label: '责任书名称', hint: '如：2026年秋季控辍保学责任书', words: '原件存放处和说明' },
  aid: { label: '资助项目', hint: '如：秋季家庭经济困难学生生活补助', words: '资金来源和说明' },
  activity: { label: '活动内容', hint: '如：义务教育法宣传周', words: '开展情况' },
  inspection: { label: '督查内容', hint: '如：开学控辍保学督查', words: '总体情况' },
};

/** The people of a school, to choose those whose letter was signed. A field of a form. */
function StaffChoice({
  schoolId,
  value = [],
  onChange,
  id,
}: {
  schoolId: string | undefined;
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
}) {
  const staff = useAnswer(
    listStaff,
    { page: 1, size: 200, ...(schoolId === undefined ? {} : { unitId: schoolId }) },
    { enabled: schoolId !== undefined },
  );
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      aria-label="已签的教师"
      placeholder={schoolId === undefined ? '请先选择学校' : '选择已签的教师'}
      disabled={schoolId === undefined}
      loading={staff.isFetching}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      options={(staff.data?.rows ?? []).map((one) => ({
        value: one.id,
        label: `${one.name}（${one.posts
          .filter((post) => ['school', 'class'].includes(roleUnit[post.role]))
          .map((post) => `${post.unitName} ${post.roleName}`)
          .join('、')}）`,
      }))}
      onChange={onChange}
    />
  );
}

function startOf(row: Row | null, kind: WorkKind, schoolId: string | undefined, today: string): Partial<Fields> {
  const [sort] = workSorts[kind];
  if (row === null) return { sort, day: today, ...(schoolId === undefined ? {} : { schoolId }) };
  const { title, words, people, findings } = row.content;
  return {
    sort: Object.values(workSorts[kind]).find((one) => one === row.sort) ?? sort,
    schoolId: row.schoolId,
    classId: row.classId,
    day: row.day,
    title,
    words,
    people,
    staffIds: row.staff.map((one) => one.id),
    childIds: row.children.map((one) => one.id),
    findings: findings.join('\n'),
    dueDate: row.dueDate,
  };
}

/** Keeps a letter, aid, activity or inspection, or corrects one with a reason. */
export function RecordForm({
  kind,
  row,
  schoolId: own,
  onClose,
}: {
  kind: WorkKind;
  row: Row | null;
  schoolId: string | undefined;
  onClose: () => void;
}) {
  const [form] = Form.useForm<Fields>();
  const phone = usePhone();
  const { today, posts } = useMe();
  const [id] = useState(newRequestId);
  // An inspector may have several schools: then the school is chosen, as in the bureau.
  const schools = new Set(posts.filter((post) => post.unitKind === 'school').map((post) => post.unitId));
  const choosing = schools.size > 1 || posts.some((post) => post.unitKind === 'district');
  const start = startOf(row, kind, choosing ? undefined : own, today);
  const sort = Form.useWatch('sort', form) ?? start.sort;
  const schoolId = Form.useWatch('schoolId', form) ?? start.schoolId;
  const classId = Form.useWatch('classId', form) ?? undefined;
  const record = useSend(keepRecord, { done: '已登记。' });
  const inspection = useSend(keepInspection, { done: '已登记督查。' });
  const toStaff = sort === 'schoolTeacher';
  const words = titles[kind];

  async function save(written: Fields) {
    const { findings, dueDate, reason, ...rest } = written;
    const head = {
      id,
      ...(row === null ? {} : { firstId: row.firstId, seen: row.version, ...(reason === undefined ? {} : { reason }) }),
    };
    const { title, day, schoolId: school } = rest;
    try {
      if (kind === 'inspection') {
        const lines = (findings ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore
        await inspection.send({
          ...head,
          written: {
            sort: rest.sort === 'unannounced' ? 'unannounced' : 'planned',
            schoolId: school,
            day,
            title,
            words: rest.words ?? '',
            people: rest.people ?? '',
            findings: lines,
            dueDate: dueDate || null,
          },
        });
      } else
        await record.send({
          ...head,
          written: {
            kind,
            // as: the choices are those of the kind
            sort: rest.sort as Exclude<WorkSort, 'planned' | 'unannounced'>,
            schoolId: school,
            classId: rest.classId ?? null,
            day,
            title,
            words: rest.words ?? '',
            people: rest.people ?? '',
            staffIds: toStaff ? (rest.staffIds ?? []) : [],
            childIds: toStaff || kind === 'activity' ? [] : (rest.childIds ?? []),
          },
        });
      onClose();
    } catch (error) {
      // as: the faults name fields of this form, below `written` in the contract
      form.setFields(formFaults(error).map((fault) => ({ ...fault, name: [fault.name].flat().filter((part) => part !== 'written') as never }))); // prettier-ignore
    }
  }

  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 560}
      title={`${row === null ? '登记' : '更正'}${workKindWords[kind]}`}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(written) => void save(written)}
        scrollToFirstError
      >
        <Form.Item name="sort" label="形式">
          {workSorts[kind].length > 3 ? (
            <Select options={workSorts[kind].map((value) => ({ value, label: workSortWords[value] }))} />
          ) : (
            <Segmented options={workSorts[kind].map((value) => ({ value, label: workSortWords[value] }))} />
          )}
        </Form.Item>
        <Form.Item
          name="schoolId"
          label="学校"
          hidden={row !== null || (!choosing && own !== undefined)}
          rules={[{ required: true, message: '请选择学校。' }]}
        >
          <PickSchool width="100%" allowClear={false} />
        </Form.Item>
        {kind === 'inspection' || toStaff ? null : (
          <Form.Item
            name="classId"
            label={kind === 'letter' ? '班级' : '班级（全校的空着）'}
            {...(kind === 'letter' ? { rules: [{ required: true, message: '请选择班级。' }] } : {})}
          >
            <ClassChoice schoolId={schoolId} />
          </Form.Item>
        )}
        <Form.Item name="day" label="日期" rules={[{ required: true, message: '请填写日期。' }]}>
          <DayField words="日期" latest={today} />
        </Form.Item>
        <Form.Item
          name="title"
          label={words.label}
          rules={[{ required: true, whitespace: true, min: 2, message: `请填写${words.label}。` }]}
        >
          <Input maxLength={60} placeholder={words.hint} />
        </Form.Item>
        {kind === 'activity' || kind === 'inspection' ? (
          <Form.Item
            name="people"
            label={kind === 'activity' ? '负责人' : '督查人员'}
            {...(kind === 'inspection' ? { rules: [{ required: true, min: 2, message: '请写明督查人员。' }] } : {})}
          >
            <Input maxLength={200} />
          </Form.Item>
        ) : null}
        {toStaff ? (
          <Form.Item name="staffIds" label="已签的教师" rules={[{ required: true, message: '请选择已签的教师。' }]}>
            <StaffChoice schoolId={schoolId} />
          </Form.Item>
        ) : null}
        {!toStaff && (kind === 'letter' || kind === 'aid') ? (
          <Form.Item
            name="childIds"
            label={kind === 'letter' ? '已签的学生（没有签的去掉）' : '受资助的学生'}
            rules={[{ required: true, type: 'array', min: 1, message: '请选择学生。' }]}
          >
            <PupilTicks schoolId={schoolId} classId={classId ?? undefined} oneClass={kind === 'letter'} />
          </Form.Item>
        ) : null}
        {kind === 'inspection' ? (
          <>
            <Form.Item name="findings" label="发现的问题（一行一条，没有的空着）">
              <Input.TextArea rows={5} maxLength={6000} />
            </Form.Item>
            <Form.Item name="dueDate" label="整改期限（有问题时填写）">
              <DayField words="整改期限" allowClear />
            </Form.Item>
          </>
        ) : null}
        <Form.Item name="words" label={words.words} extra="不要写学生姓名和病情、残疾等信息。">
          <Input.TextArea rows={4} maxLength={1000} />
        </Form.Item>
        {row === null ? null : (
          <Form.Item name="reason" label="更正的原因" rules={[{ required: true, min: 2, message: '请写明原因。' }]}>
            <Input maxLength={200} />
          </Form.Item>
        )}
        <FormFoot
          act={row === null ? '登记' : '更正'}
          sending={record.sending || inspection.sending}
          onBack={onClose}
        />
      </Form>
    </Drawer>
  );
}
