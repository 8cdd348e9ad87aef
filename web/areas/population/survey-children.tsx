import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Flex, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import type { getHousehold } from '#contract/households.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMay } from '#web/api/me.ts';
import { ChildEdit } from './child-edit.tsx';
import { DoorChildForm, type DoorChildInput } from './door-child-form.tsx';
import { standingWords } from './population-words.ts';

type KnownChild = OutputOf<typeof getHousehold>['children'][number];

/** Third question at the door: the children. Those on record are checked against what is seen, others are added. */
export function SurveyChildren({
  known,
  loading,
  added,
  onAdded,
  newId,
}: {
  known: readonly KnownChild[];
  loading: boolean;
  added: readonly DoorChildInput[];
  onAdded: (children: DoorChildInput[]) => void;
  newId: () => string;
}) {
  const mayEdit = useMay('children.edit');
  const [writing, setWriting] = useState<{ child: DoorChildInput | null } | null>(null);
  const [correcting, setCorrecting] = useState<string | null>(null);

  function keep(child: DoorChildInput) {
    const isNew = !added.some((other) => other.id === child.id);
    onAdded(isNew ? [...added, child] : added.map((other) => (other.id === child.id ? child : other)));
    setWriting(null);
  }

  return (
    <Flex vertical gap={8}>
      {loading && <Skeleton active paragraph={{ rows: 2 }} />}
      {known.length > 0 && (
        <Typography.Text type="secondary">已登记的孩子，请逐个核对，有变化的点“更正”：</Typography.Text>
      )}
      {known.map((child) => (
        <Card key={child.id} size="small">
          <Flex justify="space-between" align="center" gap={8}>
            <div>
              <Typography.Text strong>{child.name}</Typography.Text>　{child.sex ?? '性别未填'}
              {'　'}
              {child.birthDate ?? '出生日期未填'}
              <div>
                <Typography.Text type="secondary">
                  {standingWords[child.standing]}　{child.schoolName ?? child.studyStatus}
                </Typography.Text>
              </div>
            </div>
            {mayEdit && (
              <Button
                icon={<EditOutlined />}
                onClick={() => {
                  setCorrecting(child.id);
                }}
                style={{ minHeight: 48 }}
              >
                更正
              </Button>
            )}
          </Flex>
        </Card>
      ))}
      {added.map((child) => (
        <Card key={child.id} size="small">
          <Flex justify="space-between" align="center" gap={8} wrap>
            <div>
              <Typography.Text strong>{child.name}</Typography.Text>　{child.sex}　{child.birthDate}
              <div>
                <Typography.Text type="warning">新登记，随本次摸底一起提交</Typography.Text>
              </div>
            </div>
            <Flex gap={8}>
              <Button
                onClick={() => {
                  setWriting({ child });
                }}
                style={{ minHeight: 48 }}
              >
                修改
              </Button>
              <Button
                danger
                onClick={() => {
                  onAdded(added.filter((other) => other.id !== child.id));
                }}
                style={{ minHeight: 48 }}
              >
                去掉
              </Button>
            </Flex>
          </Flex>
        </Card>
      ))}
      {!loading && known.length + added.length === 0 && (
        <Alert type="info" showIcon title="这一户还没有登记孩子。请添加见到的每一个适龄孩子。" />
      )}
      <Button
        size="large"
        icon={<PlusOutlined />}
        disabled={added.length >= 12}
        onClick={() => {
          setWriting({ child: null });
        }}
        style={{ minHeight: 48 }}
      >
        {added.length >= 12 ? '一次最多添加 12 个孩子' : '添加孩子'}
      </Button>
      <DoorChildForm
        key={writing?.child?.id ?? 'new'}
        open={writing !== null}
        start={writing?.child ?? null}
        newId={newId}
        onSave={keep}
        onClose={() => {
          setWriting(null);
        }}
      />
      <ChildEdit
        childId={correcting}
        onClose={() => {
          setCorrecting(null);
        }}
      />
    </Flex>
  );
}
