import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, Form, Input, InputNumber, Modal, Popconfirm, Skeleton, Table } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { createToken, listTokens, revokeToken, tokenPermissions, type ApiToken } from '#contract/tokens.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { SecretOnce, type ShownOnce } from '#web/ui/secret-once.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';

type Token = z.output<typeof ApiToken>;
type TokenPermission = (typeof tokenPermissions)[number];

const permissionWords: Record<TokenPermission, string> = {
  'cockpit.read': '读取汇总数字',
  'children.read': '读取适龄人口（号码遮盖）',
  'roster.read': '读取花名册（号码遮盖）',
  'findings.read': '读取比对发现',
  'organisations.read': '读取学校、街道与社区',
  'lists.import': '导入名单',
  'runs.manage': '进行数据比对',
  'changes.read': '读取学籍异动和学业轨迹',
  'reports.read': '读取统计报表',
  'open.read': '读取开放数据',
  'province.read': '读取上级汇总',
};
const words: Readonly<Record<string, string>> = permissionWords;

/** Tokens of other systems: what each may do, until when, last used; given here, shown once, taken back at once. */
export function TokensPage() {
  const { today } = useMe();
  const answer = useAnswer(listTokens, {});
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<ShownOnce | null>(null);
  const { send, sending } = useSend(revokeToken, { done: '已收回，立即失效。' });
  return (
    <Page
      title="接口令牌"
      extra={
        <Button
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => {
            setAdding(true);
          }}
        >
          发放令牌
        </Button>
      }
    >
      <Block
        extra={
          <a href="/api/openapi.json" target="_blank" rel="noreferrer">
            接口说明（OpenAPI）
          </a>
        }
        title="其他系统凭令牌读取或导入数据"
      >
        {answer.isError && (
          <Alert
            type="error"
            showIcon
            title={answer.error.message}
            action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
          />
        )}
        {answer.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
        {answer.data?.length === 0 && <Empty words="还没有发放过令牌。其他系统需要读取或导入数据时，点“发放令牌”。" />}
        {answer.data !== undefined && answer.data.length > 0 && (
          <Table<Token>
            size="small"
            rowKey="id"
            dataSource={answer.data}
            pagination={false}
            scroll={{ x: 'max-content' }}
            columns={[
              { key: 'name', title: '用于', render: (_value, row) => row.name },
              {
                key: 'permissions',
                title: '能做什么',
                render: (_value, row) =>
                  row.permissions.map((permission) => <div key={permission}>{words[permission] ?? permission}</div>),
              },
              { key: 'state', title: '状态', render: (_value, row) => <State row={row} today={today} /> },
              {
                key: 'usedAt',
                title: '最近使用',
                render: (_value, row) => (row.usedAt === null ? '从未使用' : momentShort(row.usedAt)),
              },
              {
                key: 'created',
                title: '发放',
                render: (_value, row) => `${row.createdBy}，${momentShort(row.createdAt)}`,
              },
              {
                key: 'do',
                title: '',
                render: (_value, row) =>
                  row.revokedAt !== null || row.expiresAt.slice(0, 10) < today ? null : (
                    <Popconfirm
                      title={`收回“${row.name}”的令牌`}
                      description="使用它的系统立即不能再连接；收回后不能恢复，只能重新发放。"
                      okText="收回"
                      cancelText="返回"
                      okButtonProps={{ danger: true }}
                      onConfirm={() => send({ id: row.id })}
                    >
                      <Button danger loading={sending}>
                        收回
                      </Button>
                    </Popconfirm>
                  ),
              },
            ]}
          />
        )}
      </Block>
      {adding && (
        <TokenCreate
          onClose={() => {
            setAdding(false);
          }}
          onCreated={(secret) => {
            setAdding(false);
            setShown(secret);
          }}
        />
      )}
      <SecretOnce
        shown={shown}
        onClose={() => {
          setShown(null);
        }}
      />
    </Page>
  );
}

function State({ row, today }: { row: Token; today: string }) {
  if (row.revokedAt !== null) return <Status kind="quiet" words={`已收回（${momentShort(row.revokedAt)}）`} />;
  if (row.expiresAt.slice(0, 10) < today)
    return <Status kind="quiet" words={`已到期（${momentShort(row.expiresAt)}）`} />;
  return <Status kind="ok" words={`有效，至 ${momentShort(row.expiresAt)}`} />;
}

interface Written {
  name: string;
  permissions: TokenPermission[];
  days: number;
}

function TokenCreate({ onClose, onCreated }: { onClose: () => void; onCreated: (secret: ShownOnce) => void }) {
  const { permissions } = useMe();
  const [form] = Form.useForm<Written>();
  const { send, sending } = useSend(createToken);
  async function save(written: Written) {
    try {
      const answer = await send(written);
      onCreated({
        title: '令牌已发放',
        owner: written.name,
        secret: answer.token,
        words: '请通过安全的途径交给对方系统的管理人员。遗失时收回重发。',
      });
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Modal
      open
      title="发放接口令牌"
      okText="发放"
      cancelText="返回"
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
      okButtonProps={{ loading: sending }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ permissions: [], days: 90 }}
        onFinish={(written) => void save(written)}
      >
        <Form.Item
          name="name"
          label="用于哪个系统、什么事"
          rules={[{ required: true, min: 2, whitespace: true, message: '请写明用于哪个系统。' }]}
        >
          <Input maxLength={60} placeholder="例如：区数据共享平台每日取数" />
        </Form.Item>
        <Form.Item
          name="permissions"
          label="能做什么"
          extra="只能交出自己有的权限；灰色的项目请由有相应权限的人员（如控辍专干）发放。"
          rules={[{ required: true, type: 'array', min: 1, message: '至少选一项，够用即可。' }]}
        >
          <Checkbox.Group
            options={tokenPermissions.map((value) => ({
              value,
              label: permissionWords[value],
              disabled: !permissions.includes(value),
            }))}
            style={{ display: 'grid', gap: 8 }}
          />
        </Form.Item>
        <Form.Item
          name="days"
          label="有效天数"
          extra="最长 366 天，到期自动失效。"
          rules={[{ required: true, message: '请填写有效天数。' }]}
        >
          <InputNumber min={1} max={366} precision={0} suffix="天" style={{ width: 160 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
