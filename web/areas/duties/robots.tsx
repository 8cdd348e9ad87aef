import { Button, Form, Input, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { addChannel, endChannel, listChannels } from '#contract/messages.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { reachFor, reachToken } from '#domain/basics/reach.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Block, Empty } from '#web/ui/page.tsx';
import { momentShort } from '#web/ui/words.ts';

type Robot = OutputOf<typeof listChannels>[number];

const kinds = { wecom: '企业微信', dingtalk: '钉钉' } as const;

/** 群机器人: the group robots of the bureau and the schools within reach; an address is shown to nobody once it is kept. */
export function Robots() {
  const answer = useAnswer(listChannels, {});
  const [adding, setAdding] = useState(false);
  const end = useSend(endChannel, { done: '已停用，不再向这个群发消息。' });
  if (answer.data === undefined)
    return <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />;
  return (
    <Block
      title="群机器人"
      extra={
        <Button
          onClick={() => {
            setAdding(true);
          }}
        >
          添加群机器人
        </Button>
      }
    >
      {answer.data.length === 0 ? (
        <Empty words="还没有群机器人。添加后，这个单位的岗位有新消息时，企业微信或钉钉群里会收到提醒；提醒只请登录平台查看，不含学生和事情的内容。" />
      ) : (
        <WideTable<Robot>
          rows={answer.data}
          keyOf={(row) => row.id}
          columns={[
            { key: 'label', title: '名称' },
            { key: 'kind', title: '种类', render: (row) => kinds[row.kind] },
            { key: 'unitName', title: '单位' },
            { key: 'host', title: '地址' },
            { key: 'set', title: '添加', render: (row) => `${row.setBy}，${momentShort(row.setAt)}` },
            {
              key: 'end',
              title: '办理',
              render: (row) => (
                <Popconfirm
                  title={`停用“${row.label}”？需要时可以重新添加。`}
                  okText="停用"
                  cancelText="返回"
                  onConfirm={() => end.send({ id: row.id }).catch(() => undefined)}
                >
                  <Button danger size="small">
                    停用
                  </Button>
                </Popconfirm>
              ),
            },
          ]}
        />
      )}
      {adding ? (
        <AddRobot
          onClose={() => {
            setAdding(false);
          }}
        />
      ) : null}
    </Block>
  );
}

interface Typed {
  kind: Robot['kind'];
  label: string;
  schoolId?: string;
  url: string;
  secret?: string;
}

/** The schools for which a person may add robots; null: for every unit of the district. */
function useOwnSchools(): { value: string; label: string }[] | null {
  const { posts } = useMe();
  const reach = reachFor(posts, 'duties.handle');
  if (reach?.all) return null;
  const own = posts.filter(
    ({ unitKind, unitId }) => unitKind === 'school' && reach?.tokens.includes(reachToken('school', unitId)),
  );
  return [...new Map(own.map(({ unitId, unitName }) => [unitId, { value: unitId, label: unitName }])).values()];
}

function AddRobot({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Typed>();
  const schools = useOwnSchools();
  const { send, sending } = useSend(addChannel, { done: '已添加。' });
  const save = async (typed: Typed) => {
    try {
      await send({
        kind: typed.kind,
        label: typed.label.trim(),
        schoolId: typed.schoolId ?? null,
        url: typed.url.trim(),
        secret: typed.secret?.trim() ?? '',
      });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Modal
      open
      title="添加群机器人"
      okText="添加"
      cancelText="返回"
      confirmLoading={sending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="robot"
        layout="vertical"
        initialValues={{ kind: 'wecom', schoolId: schools?.[0]?.value }}
        onFinish={(typed) => void save(typed)}
      >
        <Form.Item name="kind" label="种类">
          <Select
            options={[
              { value: 'wecom', label: kinds.wecom },
              { value: 'dingtalk', label: kinds.dingtalk },
            ]}
          />
        </Form.Item>
        <Form.Item name="label" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称。' }]}>
          <Input maxLength={40} placeholder="例如：局控辍工作群" />
        </Form.Item>
        <Form.Item name="schoolId" label={schools === null ? '单位（不选即区教育局）' : '单位'}>
          {schools === null ? <PickSchool width="100%" /> : <Select options={schools} />}
        </Form.Item>
        <Form.Item
          name="url"
          label="机器人地址"
          extra="只收企业微信（qyapi.weixin.qq.com）和钉钉（oapi.dingtalk.com）的地址。保存后不再显示，请勿外传。"
          rules={[{ required: true, type: 'url', message: '请填写完整的地址。' }]}
        >
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        <Form.Item name="secret" label="加签密钥（钉钉选填）">
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
