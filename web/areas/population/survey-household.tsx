import { HomeOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Input, Spin, Typography } from 'antd';
import { useState } from 'react';
import { listHouseholds } from '#contract/households.ts';
import { useAnswer } from '#web/api/use.ts';
import { PickCommunity } from '#web/parts/pick.tsx';
import { surveyWord } from './population-words.ts';
import type { DoorHousehold } from './survey-draft.ts';

/** First question at the door: which household. Found by number, address or a name, or written down as new. */
export function SurveyHousehold({
  communityCode,
  onCommunity,
  onChoose,
  newId,
}: {
  communityCode: string | null;
  onCommunity: (code: string | null) => void;
  onChoose: (household: DoorHousehold) => void;
  newId: () => string;
}) {
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const [address, setAddress] = useState<string | null>(null);
  const input = { community: communityCode ?? undefined, q: asked === '' ? undefined : asked, size: 30 };
  const found = useAnswer(listHouseholds, input, { enabled: communityCode !== null });
  const rows = found.data?.rows ?? [];

  return (
    <Flex vertical gap={12}>
      <div>
        <Typography.Paragraph strong style={{ marginBottom: 4 }}>
          社区
        </Typography.Paragraph>
        <PickCommunity
          width="100%"
          value={communityCode ?? undefined}
          onChange={(code) => {
            onCommunity(code ?? null);
            setAddress(null);
          }}
        />
      </div>
      {communityCode === null && (
        <Typography.Text type="secondary">先选择社区，再查找这一户；名册上没有的可以新增。</Typography.Text>
      )}
      {communityCode !== null && address === null && (
        <>
          <Input.Search
            size="large"
            aria-label="查找户"
            placeholder="门牌、户号或家中孩子的姓名"
            value={words}
            enterButton={<SearchOutlined aria-label="查找" />}
            allowClear
            onChange={(event) => {
              setWords(event.target.value);
            }}
            onSearch={(text) => {
              setAsked(text.trim());
            }}
          />
          {found.isFetching && <Spin />}
          {found.error !== null && <Alert type="error" showIcon title={found.error.message} />}
          {found.data !== undefined && rows.length === 0 && (
            <Alert
              type="info"
              showIcon
              title={
                asked === '' ? '本社区还没有登记的户。请新增一户。' : `没有找到“${asked}”。请换个写法，或新增一户。`
              }
            />
          )}
          {rows.map((row) => (
            <Button
              key={row.id}
              size="large"
              icon={<HomeOutlined />}
              onClick={() => {
                onChoose({ known: true, id: row.id, address: row.address, householdNo: row.householdNo });
              }}
              style={{
                height: 'auto',
                minHeight: 56,
                justifyContent: 'flex-start',
                textAlign: 'left',
                whiteSpace: 'normal',
                padding: '8px 12px',
              }}
            >
              <span>
                <div>{row.address}</div>
                <Typography.Text type="secondary">
                  {row.householdNo}
                  {'　'}
                  {row.children.length === 0 ? '未登记孩子' : row.children.map((child) => child.name).join('、')}
                  {row.lastSurvey === null
                    ? '　尚无入户结果'
                    : `　${row.lastSurvey.day} ${surveyWord(row.lastSurvey.result)}`}
                </Typography.Text>
              </span>
            </Button>
          ))}
          {(found.data?.total ?? 0) > rows.length && (
            <Typography.Text type="secondary">
              共 {found.data?.total} 户，只列出前 {rows.length} 户，请输入门牌缩小范围。
            </Typography.Text>
          )}
          <Button
            size="large"
            icon={<PlusOutlined />}
            onClick={() => {
              setAddress(words);
            }}
            style={{ minHeight: 48 }}
          >
            名册上没有，新增一户
          </Button>
        </>
      )}
      {address !== null && (
        <>
          <label>
            <Typography.Text strong>新增户的住址</Typography.Text>
            <Input.TextArea
              rows={2}
              className="grows"
              size="large"
              maxLength={120}
              value={address}
              placeholder="路、门牌、栋、单元、室"
              onChange={(event) => {
                setAddress(event.target.value);
              }}
            />
          </label>
          <Flex gap={8}>
            <Button
              onClick={() => {
                setAddress(null);
              }}
              style={{ minHeight: 48, flex: 1 }}
            >
              返回
            </Button>
            <Button
              type="primary"
              disabled={address.trim().length < 2}
              onClick={() => {
                onChoose({ known: false, id: newId(), address: address.trim() });
              }}
              style={{ minHeight: 48, flex: 2 }}
            >
              就是这一户
            </Button>
          </Flex>
        </>
      )}
    </Flex>
  );
}
