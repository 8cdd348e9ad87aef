import { Button, Form, Input, Modal, Segmented, Select, Switch, Upload } from 'antd';
import { useState } from 'react';
import { addField, fieldSheet, listFields, switchField, takeFieldSheet } from '#contract/books-design.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { fieldKinds, fieldSubjects } from '#domain/books/record.ts';
import { fieldKindWords, fieldSubjectWords } from '#domain/books/words.ts';
import { fileUrl, isFailure, newRequestId, saveFile, upload } from '#web/api/call.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import type { ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Block, Empty } from '#web/ui/page.tsx';

type Field = OutputOf<typeof listFields>[number];

/** The bureau's own fields of children and schools: what there is, a new one, in and out of use, and filling them by a sheet. */
export function OwnFields() {
  const fields = useAnswer(listFields, {}).data ?? [];
  const [adding, setAdding] = useState(false);
  const { send } = useSend(switchField, { done: '已更改。' });
  const columns: ListColumn<Field>[] = [
    { key: 'name', title: '字段' },
    { key: 'subject', title: '用于', render: (row) => fieldSubjectWords[row.subject] },
    {
      key: 'kind',
      title: '类型',
      render: (row) => `${fieldKindWords[row.kind]}${row.choices.length > 0 ? `：${row.choices.join('、')}` : ''}`,
    },
    { key: 'personal', title: '保存方式', render: (row) => (row.personal ? '加密' : '不加密') },
    { key: 'madeName', title: '设置人' },
    {
      key: 'active',
      title: '启用',
      render: (row) => (
        <Switch
          aria-label={`启用${row.name}`}
          checked={row.active}
          onChange={(active) => void send({ id: row.id, active }).catch(() => undefined)}
        />
      ),
    },
  ];
  return (
    <Block
      title="自设字段"
      extra={
        <Button
          onClick={() => {
            setAdding(true);
          }}
        >
          新设字段
        </Button>
      }
    >
      {fields.length === 0 ? (
        <Empty words="还没有自设字段。新设后，学生的在学生档案里填写，学校的在学校档案里填写，也可在表里加为一栏。" />
      ) : (
        <WideTable rows={fields} columns={columns} keyOf={(row) => row.id} />
      )}
      {fields.some((field) => field.active && field.subject === 'child') ? <BySheet /> : null}
      {adding ? (
        <AddField
          onClose={() => {
            setAdding(false);
          }}
        />
      ) : null}
    </Block>
  );
}

function BySheet() {
  const [schoolId, setSchoolId] = useState<string>();
  const [told, setTold] = useState<string[]>([]);
  const words = (error: unknown) => [isFailure(error) ? error.message : '没有办成，请稍后再试。'];
  return (
    <div className="books-asked">
      <PickSchool value={schoolId} onChange={setSchoolId} />
      <Button
        disabled={schoolId === undefined}
        onClick={() => {
          if (schoolId !== undefined)
            saveFile(fileUrl(fieldSheet, { schoolId })).catch((error: unknown) => {
              setTold(words(error));
            });
        }}
      >
        导出填报表
      </Button>
      <Upload
        showUploadList={false}
        accept=".xlsx,.xls,.csv"
        beforeUpload={(file) => {
          upload(takeFieldSheet, { fileName: file.name }, file)
            .then((taken) => {
              setTold([
                `收到 ${String(taken.rows)} 行，更新 ${String(taken.changed)} 项，未收 ${String(taken.refused.length)} 行。`,
                ...taken.refused.map((one) => `第 ${String(one.row)} 行：${one.words}`),
              ]);
            })
            .catch((error: unknown) => {
              setTold(words(error));
            });
          return false;
        }}
      >
        <Button>交回填报表</Button>
      </Upload>
      <div role="status">
        {told.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  );
}

function AddField({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Omit<InputOf<typeof addField>, 'id'>>();
  const kind = Form.useWatch('kind', form);
  const { send, sending } = useSend(addField, { done: '已新设字段。' });
  return (
    <Modal
      open
      title="新设字段"
      okText="新设"
      cancelText="返回"
      okButtonProps={{ loading: sending }}
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ subject: 'child', kind: 'text', choices: [] }}
        onFinish={(written) => void send({ id: newRequestId(), ...written }).then(onClose, () => undefined)}
      >
        <Form.Item name="subject" label="用于">
          <Segmented options={fieldSubjects.map((value) => ({ value, label: fieldSubjectWords[value] }))} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称。' }]}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item
          name="kind"
          label="类型"
          extra="学生的字段一律加密保存。名称、类型和选项设定后不能更改，不用时可以停用。"
        >
          <Segmented options={fieldKinds.map((value) => ({ value, label: fieldKindWords[value] }))} />
        </Form.Item>
        {kind === 'choice' ? (
          <Form.Item
            name="choices"
            label="选项"
            rules={[{ required: true, type: 'array', min: 2, message: '至少两个选项。' }]}
          >
            <Select mode="tags" open={false} tokenSeparators={['、', '，', ',']} placeholder="逐个输入后按回车" />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
