import { Drawer, Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { keepInspection, keepRecord } from '#contract/books-records.ts';
import { workSorts, type WorkKind, type WorkSort } from '#domain/books/work-record.ts';
import { workKindWords, workSortWords } from '#domain/books/work-words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PapersField } from '#web/parts/papers-field.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { DifficultyTicks, PupilChoice, StaffChoice } from './people-choice.tsx';
import { ClassChoice, PupilTicks } from './pupil-ticks.tsx';
import { fieldWords, startOf, type RecordFields, type RecordRow } from './record-fields.ts';

const personWords: Partial<Record<WorkKind, string>> = {
  plan: '制订人',
  activity: '负责人',
  inspection: '督查人员',
  pairing: '其他帮扶人',
};

/** Keeps a plan, letter, aid, help to a pupil, activity or inspection with its scans, or corrects one with a reason. */
export function RecordForm({
  kind,
  row,
  schoolId: own,
  onClose,
}: {
  kind: WorkKind;
  row: RecordRow | null;
  schoolId: string | undefined;
  onClose: () => void;
}) {
  const [form] = Form.useForm<RecordFields>();
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
  const words = fieldWords[kind];
  const ofClass = kind === 'letter' || kind === 'pairing';

  async function save(written: RecordFields) {
    const { findings, dueDate, reason, ...rest } = written;
    const head = {
      id,
      ...(row === null ? {} : { firstId: row.firstId, seen: row.version, ...(reason === undefined ? {} : { reason }) }),
    };
    const { title, day, schoolId: school, words: text = '', people = '', papers = [] } = rest;
    try {
      if (kind === 'inspection') {
        const lines = (findings ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore
        const how = rest.sort === 'unannounced' ? 'unannounced' : 'planned';
        const due = dueDate || null;
        await inspection.send({
          ...head,
          written: { sort: how, schoolId: school, day, title, words: text, people, findings: lines, dueDate: due, papers }, // prettier-ignore
        });
      } else {
        const named = kind === 'letter' || kind === 'aid' || kind === 'pairing';
        await record.send({
          ...head,
          written: {
            kind,
            // as: the choices are those of the kind
            sort: rest.sort as Exclude<WorkSort, 'planned' | 'unannounced'>,
            schoolId: school,
            classId: kind === 'plan' ? null : (rest.classId ?? null),
            day,
            title,
            words: text,
            people,
            staffIds: toStaff || kind === 'pairing' ? (rest.staffIds ?? []) : [],
            childIds: named && !toStaff ? (rest.childIds ?? []) : [],
            difficulties: kind === 'pairing' ? (rest.difficulties ?? []) : [],
            papers,
          },
        });
      }
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
        <Form.Item name="sort" label="形式" hidden={workSorts[kind].length === 1}>
          {workSorts[kind].length > (phone ? 3 : 4) ? (
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
        {kind === 'inspection' || kind === 'plan' || toStaff ? null : (
          <Form.Item
            name="classId"
            label={ofClass ? '班级' : '班级（全校的空着）'}
            {...(ofClass ? { rules: [{ required: true, message: '请选择班级。' }] } : {})}
          >
            <ClassChoice schoolId={schoolId} />
          </Form.Item>
        )}
        {kind === 'pairing' ? (
          <>
            <Form.Item name="childIds" label="学生" rules={[{ required: true, message: '请选择学生。' }]}>
              <PupilChoice classId={classId} />
            </Form.Item>
            <Form.Item
              name="difficulties"
              label="困难（至少两方面）"
              rules={[{ required: true, type: 'array', min: 2, message: '双困生至少有两方面的困难。' }]}
            >
              <DifficultyTicks kept={start.difficulties ?? []} />
            </Form.Item>
          </>
        ) : null}
        <Form.Item
          name="day"
          label={kind === 'pairing' ? '结对日期' : '日期'}
          rules={[{ required: true, message: '请填写日期。' }]}
        >
          <DayField words={kind === 'pairing' ? '结对日期' : '日期'} latest={today} />
        </Form.Item>
        {toStaff || kind === 'pairing' ? (
          <Form.Item
            name="staffIds"
            label={toStaff ? '已签的教师' : '帮扶教师'}
            {...(toStaff ? { rules: [{ required: true, message: '请选择已签的教师。' }] } : {})}
          >
            <StaffChoice schoolId={schoolId} words={toStaff ? '已签的教师' : '帮扶教师'} />
          </Form.Item>
        ) : null}
        <Form.Item
          name="title"
          label={words.label}
          rules={[{ required: true, whitespace: true, min: 2, message: `请填写${words.label}。` }]}
        >
          <Input maxLength={60} placeholder={words.hint} />
        </Form.Item>
        {personWords[kind] === undefined ? null : (
          <Form.Item
            name="people"
            label={personWords[kind]}
            {...(kind === 'inspection' ? { rules: [{ required: true, min: 2, message: '请写明督查人员。' }] } : {})}
          >
            <Input maxLength={200} />
          </Form.Item>
        )}
        {!toStaff && (kind === 'letter' || kind === 'aid') ? (
          <Form.Item
            name="childIds"
            label={kind === 'aid' ? '受资助的学生' : sort === 'entryNotice' ? '已收到的学生（没有收到的去掉）' : '已签的学生（没有签的去掉）'} // prettier-ignore
            rules={[{ required: true, type: 'array', min: 1, message: '请选择学生。' }]}
          >
            <PupilTicks schoolId={schoolId} classId={classId} oneClass={kind === 'letter'} />
          </Form.Item>
        ) : null}
        {kind === 'inspection' ? (
          <>
            <Form.Item name="findings" label="发现的问题（一行一条，没有的空着）">
              <Input.TextArea rows={5} maxLength={6000} />
            </Form.Item>
            <Form.Item name="dueDate" label="整改期限（有问题时填写）" extra="登记后成为学校的一项任务，逾期逐级上报。">
              <DayField words="整改期限" allowClear />
            </Form.Item>
          </>
        ) : null}
        <Form.Item
          name="words"
          label={words.words}
          {...(kind === 'plan' ? {} : { extra: '不要写学生姓名和病情、残疾等信息。' })}
        >
          <Input.TextArea rows={kind === 'plan' ? 14 : 4} maxLength={kind === 'plan' ? 20_000 : 1000} />
        </Form.Item>
        <Form.Item name="papers" label="扫描件或照片">
          <PapersField known={row?.papers ?? []} />
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
