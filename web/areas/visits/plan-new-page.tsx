import { Button, Form, Input, Radio, Select, Steps } from 'antd';
import { useState } from 'react';
import { getSchool } from '#contract/organisations.ts';
import { makePlan } from '#contract/visit-plans.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { planKindWords, planPurposeWords } from '#domain/visits/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Block, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { PickPupils } from './pick-pupils.tsx';
import { PlanPreview } from './plan-preview.tsx';
import { visitRefreshes } from './visits-words.ts';
import './visits.css';

type Asked = InputOf<typeof makePlan>;
type Made = OutputOf<typeof makePlan>;
type Kind = Asked['kind'];
interface Typed {
  kind: Kind;
  name: string;
  schoolId: string;
  from: string;
  to: string;
  classIds?: string[];
  childIds?: string[];
}
const kinds = ['term', 'holiday', 'atRisk'] as const;
const required = (message: string) => [{ required: true, message }];

/** 制定走访计划: choose, see who would visit whom and when, do, and what came of it. */
export function PlanNewPage() {
  const me = useMe();
  const phone = usePhone();
  const [form] = Form.useForm<Typed>();
  const [id] = useState(newRequestId);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [preview, setPreview] = useState<Made | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const look = useSend(makePlan, { refresh: [] });
  const make = useSend(makePlan, { done: '计划已制定，走访已分给班主任。', refresh: visitRefreshes });
  const step = made !== null ? 2 : preview !== null ? 1 : 0;
  const see = async (typed: Typed) => {
    const { kind, name, schoolId, from, to, classIds = [], childIds = [] } = typed;
    const next: Asked = {
      id,
      kind,
      name,
      schoolId,
      from,
      to,
      ...(classIds.length === 0 || kind === 'atRisk' ? {} : { classIds }),
      ...(kind === 'atRisk' ? { childIds } : {}),
      preview: true,
    };
    try {
      setPreview(await look.send(next));
      setAsked(next);
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  const act = async () => {
    if (asked === null) return;
    try {
      setMade(await make.send({ ...asked, preview: false }));
    } catch {
      // the refusal has been shown; the preview stays
    }
  };
  return (
    <Page title="制定走访计划" extra={<GoButton to="/visit-plans">回到列表</GoButton>}>
      <Steps
        className="vis-wizard"
        size="small"
        current={step}
        orientation="horizontal"
        items={[{ title: '选择' }, { title: phone ? '预览' : '看会怎样安排' }, { title: '完成' }]}
      />
      <div hidden={step !== 0}>
        <Choose
          form={form}
          school={me.posts.find((post) => post.unitKind === 'school')?.unitId}
          today={me.today}
          sending={look.sending}
          onSee={(typed) => void see(typed)}
        />
      </div>
      {step === 1 && preview !== null && asked !== null ? (
        <Block title={`“${asked.name}”将这样安排`}>
          <PlanPreview plan={preview} />
          <div className="vis-buttons">
            <Button
              onClick={() => {
                setPreview(null);
              }}
            >
              返回修改
            </Button>
            <Button
              type="primary"
              disabled={preview.visits === 0}
              title={preview.visits === 0 ? '没有需要新安排的走访。' : undefined}
              loading={make.sending}
              onClick={() => void act()}
            >
              制定计划
            </Button>
          </div>
        </Block>
      ) : null}
      {made !== null ? (
        <Block title={<Status kind="ok" words={`已制定“${asked?.name ?? ''}”`} />}>
          <PlanPreview plan={made} />
          <div className="vis-buttons">
            <GoButton to={`/visit-plans/${made.planId}`} type="primary">
              打开计划
            </GoButton>
            <GoButton to="/visit-plans">回到列表</GoButton>
          </div>
        </Block>
      ) : null}
    </Page>
  );
}

function Choose({
  form,
  school,
  today,
  sending,
  onSee,
}: {
  form: ReturnType<typeof Form.useForm<Typed>>[0];
  school: string | undefined;
  today: string;
  sending: boolean;
  onSee: (typed: Typed) => void;
}) {
  const kind = Form.useWatch('kind', form) ?? 'term';
  const schoolId = Form.useWatch('schoolId', form) ?? school;
  const from = Form.useWatch('from', form);
  return (
    <Block>
      <Form
        form={form}
        name="visit-plan"
        layout="vertical"
        requiredMark={false}
        className="vis-wizard"
        initialValues={{ kind: 'term', from: today, ...(school === undefined ? {} : { schoolId: school }) }}
        onFinish={onSee}
      >
        <Form.Item name="kind" label="种类" extra={planPurposeWords[kind]}>
          <Radio.Group options={kinds.map((value) => ({ value, label: planKindWords[value] }))} />
        </Form.Item>
        <Form.Item
          name="name"
          label="名称"
          rules={[{ required: true, whitespace: true, min: 2, message: '请填写名称，至少 2 个字。' }]}
        >
          <Input maxLength={40} placeholder="例如：2026年秋季学期全员走访" />
        </Form.Item>
        <Form.Item name="schoolId" label="学校" rules={required('请选择学校。')}>
          <PickSchool width="100%" allowClear={false} />
        </Form.Item>
        <div className="vis-fields">
          <Form.Item name="from" label="开始日期" rules={required('请选择开始日期。')}>
            <DayField words="开始日期" />
          </Form.Item>
          <Form.Item name="to" label="结束日期" rules={required('请选择结束日期。')}>
            <DayField words="结束日期" earliest={from} />
          </Form.Item>
        </div>
        {kind === 'atRisk' ? (
          <Form.Item
            name="childIds"
            label="重点对象"
            extra="每人每月上门走访一次。"
            rules={[{ required: true, type: 'array', min: 1, message: '请选择重点对象。' }]}
          >
            <PickPupils schoolId={schoolId} />
          </Form.Item>
        ) : (
          <Form.Item name="classIds" label="班级（不选则全校）">
            <PickClasses schoolId={schoolId} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" size="large" loading={sending}>
          看会怎样安排
        </Button>
      </Form>
    </Block>
  );
}

function PickClasses({
  schoolId,
  value,
  onChange,
  id,
}: {
  schoolId: string | undefined;
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
}) {
  const answer = useAnswer(getSchool, { id: schoolId ?? '' }, { enabled: schoolId !== undefined });
  const all = answer.data?.classList ?? [];
  const year = Math.max(0, ...all.map((one) => one.schoolYear));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      allowClear
      aria-label="班级"
      placeholder={schoolId === undefined ? '请先选择学校' : '全校'}
      disabled={schoolId === undefined}
      loading={answer.isFetching}
      optionFilterProp="label"
      value={value ?? []}
      options={all
        .filter((one) => one.schoolYear === year)
        .map((one) => ({ value: one.id, label: one.teacher === null ? `${one.name}（无班主任）` : one.name }))}
      onChange={(ids: string[]) => {
        onChange?.(ids);
      }}
    />
  );
}
