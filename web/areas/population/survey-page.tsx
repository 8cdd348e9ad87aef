import { Alert, Button, Card, Flex, Input, Radio, Result, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { getHousehold, recordSurvey } from '#contract/households.ts';
import { surveyResultWords } from '#domain/population/words.ts';
import { newRequestId as newId } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { SignaturePad, signaturePicture } from '#web/parts/signature-pad.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import type { SurveyResult } from './population-words.ts';
import { emptyDraft, hasWritten, missingWords, type SurveyDraft } from './survey-draft.ts';
import { SurveyChildren } from './survey-children.tsx';
import { SurveyHousehold } from './survey-household.tsx';

const results = Object.entries(surveyResultWords) as [SurveyResult, string][]; // the table's keys are exactly the results

/** The door survey on a phone: household, result, children, signature, sent. */
export function SurveyPage() {
  const me = useMe();
  const phone = usePhone();
  const may = useMay('survey.record');
  const go = useGo();
  const { state: search } = useListState();
  const [draft, setDraft] = useState<SurveyDraft>(() => emptyDraft(newId, communityOf(me.posts)));
  const [sent, setSent] = useState<{ householdNo: string; householdId: string; address: string } | null>(null);
  const { send, sending } = useSend(recordSurvey);
  const householdId = draft.household?.known === true ? draft.household.id : search['household'];
  const household = useAnswer(
    getHousehold,
    { id: householdId ?? '' },
    { enabled: householdId !== undefined && draft.household?.known !== false },
  );
  const known = draft.household?.known === true ? (household.data?.children ?? []) : [];

  const change = (part: Partial<SurveyDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
  };
  useEffect(() => {
    const data = household.data;
    if (data === undefined || data.id !== search['household']) return;
    setDraft((before) =>
      before.household !== null
        ? before
        : {
            ...before,
            communityCode: data.communityCode,
            household: { known: true, id: data.id, address: data.address, householdNo: data.householdNo },
          },
    );
  }, [household.data, search['household']]);
  useEffect(() => {
    if (!hasWritten(draft) || sent !== null) return undefined;
    const hold = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', hold);
    return () => {
      window.removeEventListener('beforeunload', hold);
    };
  }, [draft, sent]);

  async function submit() {
    const place = draft.household;
    if (place === null || draft.result === null) return;
    const answer = await send({
      id: draft.id,
      householdId: place.id,
      day: me.today,
      result: draft.result,
      note: draft.note,
      signature: signaturePicture(draft.strokes),
      newChildren: draft.result === 'children' ? draft.newChildren : [],
      ...(place.known ? {} : { newHousehold: { communityCode: draft.communityCode ?? '', address: place.address } }),
    });
    setSent({ householdNo: answer.householdNo, householdId: place.id, address: place.address });
  }
  function next() {
    setSent(null);
    setDraft(emptyDraft(newId, draft.communityCode));
  }

  if (!may)
    return (
      <Page title="入户摸底">
        <Alert type="info" showIcon title="您的岗位不登记入户摸底。这项工作由社区网格员和街道教育专干完成。" />
      </Page>
    );
  if (sent !== null) {
    return (
      <Page title="入户摸底">
        <Result
          status="success"
          title="已登记"
          subTitle={
            <>
              {sent.address}
              <br />
              户号 {sent.householdNo}　结果：{draft.result === null ? '' : surveyResultWords[draft.result]}　{me.today}
            </>
          }
          extra={[
            <Button key="next" type="primary" size="large" onClick={next} style={{ minHeight: 48 }}>
              登记下一户
            </Button>,
            <Button
              key="open"
              size="large"
              onClick={() => {
                go(`/households/${sent.householdId}`);
              }}
              style={{ minHeight: 48 }}
            >
              查看这一户
            </Button>,
          ]}
        />
      </Page>
    );
  }
  const missing = missingWords(draft, known.length);
  return (
    <Page title="入户摸底">
      <Flex vertical gap={16} style={{ maxWidth: 640 }}>
        <Card size="small" title="1　哪一户">
          {draft.household === null ? (
            <SurveyHousehold
              communityCode={draft.communityCode}
              onCommunity={(communityCode) => {
                change({ communityCode });
              }}
              onChoose={(chosen) => {
                change({ household: chosen });
              }}
              newId={newId}
            />
          ) : (
            <Flex justify="space-between" align="center" gap={8}>
              <div>
                <Typography.Text strong>{draft.household.address}</Typography.Text>
                <div>
                  <Typography.Text type="secondary">
                    {draft.household.known ? draft.household.householdNo : '新增的户，提交后得到户号'}
                  </Typography.Text>
                </div>
              </div>
              <Button
                onClick={() => {
                  change({ household: null, result: null, strokes: [] });
                }}
                style={{ minHeight: 48 }}
              >
                换一户
              </Button>
            </Flex>
          )}
        </Card>
        {draft.household !== null && (
          <Card size="small" title="2　入户结果">
            <Radio.Group
              value={draft.result}
              onChange={(event) => {
                change({ result: event.target.value as SurveyResult }); /* the group holds only results */
              }}
              style={{ width: '100%' }}
            >
              <Flex vertical gap={8}>
                {results.map(([value, words]) => (
                  <Radio
                    key={value}
                    value={value}
                    style={{
                      minHeight: 48,
                      alignItems: 'center',
                      border: '1px solid var(--line)',
                      borderRadius: 6,
                      padding: '0 12px',
                      marginInlineEnd: 0,
                    }}
                  >
                    {words}
                  </Radio>
                ))}
              </Flex>
            </Radio.Group>
            {draft.result === 'noChild' && known.length > 0 && (
              <Alert
                type="warning"
                showIcon
                style={{ marginTop: 8 }}
                title={`这一户登记有 ${String(known.length)} 个孩子：${known.map((child) => child.name).join('、')}。孩子如已搬走，请选“有适龄儿童”并更正就读状态。`}
              />
            )}
          </Card>
        )}
        {draft.result === 'children' && (
          <Card size="small" title="孩子">
            <SurveyChildren
              known={known}
              loading={draft.household?.known === true && household.isPending}
              added={draft.newChildren}
              onAdded={(newChildren) => {
                change({ newChildren });
              }}
              newId={newId}
            />
          </Card>
        )}
        {draft.result !== null && (
          <Card size="small" title="3　说明与签名">
            <Flex vertical gap={12}>
              <Input.TextArea
                aria-label="说明"
                placeholder="说明（可不填），例如：邻居说白天上班，晚上 7 点后在家"
                maxLength={300}
                rows={2}
                className="grows"
                value={draft.note}
                onChange={(event) => {
                  change({ note: event.target.value });
                }}
              />
              <SignaturePad
                strokes={draft.strokes}
                onChange={(strokes) => {
                  change({ strokes });
                }}
                signer={me.name}
              />
            </Flex>
          </Card>
        )}
        {draft.result !== null && (
          <div
            style={{
              position: 'sticky',
              bottom: phone ? 'calc(58px + env(safe-area-inset-bottom))' : 0,
              background: 'var(--page)',
              padding: '8px 0',
              zIndex: 2,
            }}
          >
            {missing !== null && <Typography.Text type="warning">{missing}</Typography.Text>}
            <Button
              type="primary"
              size="large"
              block
              disabled={missing !== null}
              loading={sending}
              onClick={() => void submit()}
              style={{ minHeight: 48 }}
            >
              {sending ? '正在提交' : '提交入户结果'}
            </Button>
          </div>
        )}
      </Flex>
    </Page>
  );
}

function communityOf(posts: readonly { unitKind: string; unitId: string }[]): string | null {
  return posts.find((post) => post.unitKind === 'community')?.unitId ?? null;
}
