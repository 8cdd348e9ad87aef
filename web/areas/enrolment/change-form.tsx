import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { askChange } from '#contract/enrolment-changes.ts';
import { changeRules, isAttending, isHealthPiece, papersFor, unlawfulChanges } from '#domain/enrolment/change-rules.ts';
import { changeKindWords, unlawfulKindWords } from '#domain/enrolment/change-words.ts';
import { changeKinds, unlawfulKinds, type ChangeKind } from '#domain/enrolment/changes-record.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PaperField } from '#web/parts/paper-field.tsx';
import { takePrefill, type Prefill } from './change-prefill.ts';
import { NeededField, PickField, type ChangeTyped } from './change-fields.tsx';
import { changeRefreshes, choicesOf } from './change-words.ts';
import { NewcomerFields } from './newcomer-fields.tsx';

const asked = changeKinds.filter((kind) => kind !== 'placement');

/** The form of a registry change: the kind first (or that of the page that leads here), then what it needs and its papers; unlawful kinds say why. */
export function ChangeForm({
  childId: chosen,
  kind: wanted,
  reason,
  onDone,
}: {
  childId: string | undefined;
  kind?: string | undefined;
  reason?: string | undefined;
  onDone: (id: string) => void;
}) {
  const [filled] = useState(takePrefill);
  const [kind, setKind] = useState<string | undefined>(filled?.act ?? wanted);
  const childId = chosen ?? filled?.childId ?? undefined;
  const known = asked.find((one) => one === kind);
  const unlawful = unlawfulKinds.find((one) => one === kind);
  return (
    <div className="enrol-form">
      <label htmlFor="kind">办理哪一类异动</label>
      <Select
        id="kind"
        aria-label="异动类别"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder="请选择类别"
        value={kind ?? null}
        options={[
          { label: '义务教育阶段可办理', options: asked.map((one) => ({ value: one, label: changeKindWords[one] })) },
          { label: '依法不予办理', options: choicesOf(unlawfulKindWords) },
        ]}
        onChange={(next: string) => {
          setKind(next);
        }}
      />
      {unlawful === undefined ? null : (
        <p role="alert" className="enrol-refused">
          {unlawfulChanges[unlawful]}
        </p>
      )}
      {known === undefined ? null : (
        <KindForm
          key={known}
          kind={known}
          childId={childId}
          filled={filled?.act === known ? filled : null}
          reason={known === wanted ? reason : undefined}
          onDone={onDone}
        />
      )}
    </div>
  );
}

function valuesOf(filled: Prefill | null): Partial<ChangeTyped> {
  if (filled === null) return {};
  return {
    reason: filled.reason,
    ...(filled.person === null ? {} : { person: filled.person }),
    ...(filled.toSchoolId === null ? {} : { toSchoolId: filled.toSchoolId }),
    ...(filled.toClassId === null ? {} : { toClassId: filled.toClassId }),
    ...(filled.toGrade === null ? {} : { toGrade: filled.toGrade }),
  };
}

function KindForm({
  kind,
  childId,
  filled,
  reason,
  onDone,
}: {
  kind: ChangeKind;
  childId: string | undefined;
  filled: Prefill | null;
  reason: string | undefined;
  onDone: (id: string) => void;
}) {
  const { today } = useMe();
  const [form] = Form.useForm<ChangeTyped>();
  const [id] = useState(newRequestId);
  const { send, sending } = useSend(askChange, { done: '已提出，按流程办理。', refresh: changeRefreshes });
  const rule = changeRules[kind];
  const child = Form.useWatch('childId', form) ?? childId;
  const byPapers = rule.asker === 'receiving';
  const pieces = papersFor(kind, kind === 'deferral');
  const incoming = kind === 'entry' || kind === 'transferInProvince' || kind === 'transferInOther';
  const [unknown, setUnknown] = useState(false);
  const save = async (typed: ChangeTyped) => {
    const { person, newcomer, pieces: given, ...rest } = typed;
    const named = person?.name && person.number ? { person: { name: person.name, number: person.number } } : {};
    const entered = unknown && newcomer !== undefined ? { newcomer } : {};
    try {
      const answer = await send({
        ...rest,
        ...(rest.childId === undefined && !byPapers ? { childId } : {}),
        ...(rest.childId === undefined ? { ...named, ...entered } : {}),
        id,
        kind,
        pieces: Object.entries(given ?? {}).flatMap(([code, paperId]) => (paperId ? [{ code, paperId }] : [])),
      });
      onDone(answer.id);
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Form
      form={form}
      name="change"
      layout="vertical"
      initialValues={{
        fromDay: today,
        ...(childId === undefined ? {} : { childId }),
        ...(reason === undefined ? {} : { reason }),
        ...valuesOf(filled),
      }}
      onFinish={(typed) => void save(typed)}
      scrollToFirstError
    >
      <Form.Item
        name="childId"
        label="学生"
        {...(byPapers ? { extra: '不在本校的学生，请按证件填写下面两项。' } : {})}
        rules={byPapers ? [] : [{ required: true, message: '请选择学生。' }]}
      >
        <PickField />
      </Form.Item>
      {byPapers ? (
        <>
          <Form.Item name={['person', 'name']} label="姓名（按证件）">
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name={['person', 'number']} label="证件号码或学籍号">
            <Input maxLength={30} />
          </Form.Item>
          {incoming ? <NewcomerFields unknown={unknown} onUnknown={setUnknown} today={today} /> : null}
        </>
      ) : null}
      <Form.Item name="fromDay" label="生效日期" rules={[{ required: true, message: '请填写生效日期。' }]}>
        <DayField words="生效日期" />
      </Form.Item>
      {rule.needs.map((field) => (
        <NeededField key={field} field={field} form={form} />
      ))}
      {isAttending(kind) ? (
        <Form.Item name="endsOn" label="结束日期（选填）" extra="最后一天；未填的，返校时由学校办理返校就读。">
          <DayField words="结束日期" />
        </Form.Item>
      ) : null}
      <Form.Item name="reason" label="事由" rules={[{ required: true, min: 2, message: '请写明事由。' }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      {pieces.map((piece) => (
        <Form.Item
          key={piece.code}
          name={['pieces', piece.code]}
          label={piece.label}
          {...(piece.code === 'street' ? { extra: '已委托街道批准的须附。' } : {})}
          rules={piece.code === 'street' ? [] : [{ required: true, message: `请上传${piece.label}。` }]}
        >
          <PaperField words={piece.label} kind={isHealthPiece(piece.code) ? 'hospitalPaper' : 'scan'} childId={child} />
        </Form.Item>
      ))}
      <Button type="primary" htmlType="submit" size="large" loading={sending}>
        提出{changeKindWords[kind]}
      </Button>
    </Form>
  );
}
