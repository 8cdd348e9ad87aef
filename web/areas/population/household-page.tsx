import { FormOutlined } from '@ant-design/icons';
import { Button, Flex, Skeleton, Tooltip } from 'antd';
import { useParams } from '@tanstack/react-router';
import { getHousehold } from '#contract/households.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useAnswer } from '#web/api/use.ts';
import { Go, useGo } from '#web/ui/go.tsx';
import { Block, Empty, Facts, Page, Timeline } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { standingKind, standingWords, surveyWord } from './population-words.ts';

type Household = OutputOf<typeof getHousehold>;

/** One household: where it is, its children, and every visit to its door. */
export function HouseholdPage() {
  const params = useParams({ strict: false });
  const id = 'id' in params ? String(params.id) : '';
  const answer = useAnswer(getHousehold, { id });
  if (answer.data === undefined) {
    return (
      <Page title="住户档案">
        {answer.error === null ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <Empty words={answer.error.message} action={<Go to="/households">回到住户</Go>} />
        )}
      </Page>
    );
  }
  return <HouseholdRecord household={answer.data} />;
}

function HouseholdRecord({ household }: { household: Household }) {
  const go = useGo();
  const [last] = household.surveys;
  const survey = (
    <Button
      type="primary"
      size="large"
      icon={<FormOutlined />}
      disabled={!household.allowed.survey}
      onClick={() => {
        go(`/survey?household=${household.id}`);
      }}
      style={{ minHeight: 48 }}
    >
      登记入户
    </Button>
  );
  return (
    <Page
      title={
        <Flex component="span" align="center" gap={12} wrap>
          {household.address}
          <Status
            kind={last === undefined ? 'warn' : 'ok'}
            words={last === undefined ? '尚无入户结果' : `${surveyWord(last.result)}（${last.day}）`}
          />
        </Flex>
      }
      extra={
        household.allowed.survey ? (
          survey
        ) : (
          <Tooltip title="入户由本社区网格员、街道教育专干或控辍专干登记。">
            <span>{survey}</span>
          </Tooltip>
        )
      }
    >
      <Block title="基本情况">
        <Facts
          items={[
            { label: '户号', value: household.householdNo },
            { label: '住址', value: household.address },
            { label: '街道', value: household.subdistrictName },
            { label: '社区', value: household.communityName },
          ]}
        />
      </Block>
      <Block title={`孩子（${String(household.children.length)}）`}>
        {household.children.length === 0 && <p className="quiet">这一户没有登记孩子。</p>}
        {household.children.map((child) => (
          <Flex key={child.id} gap={12} wrap align="center" style={{ minHeight: 44 }}>
            <Go to={`/children/${child.id}`}>{child.name}</Go>
            <span>{child.sex ?? '—'}</span>
            <span>{child.birthDate ?? '出生日期未填'}</span>
            <Status kind={standingKind[child.standing]} words={standingWords[child.standing]} />
            <span className="quiet">
              {[child.schoolName, child.className].filter((part) => part !== null).join(' ')}
            </span>
          </Flex>
        ))}
      </Block>
      <Block title={`入户记录（${String(household.surveys.length)}）`}>
        <Timeline
          items={household.surveys.map((visit) => ({
            at: visit.day,
            actor: visit.surveyor,
            words: (
              <>
                {surveyWord(visit.result)}
                {visit.note === null || visit.note === '' ? null : `：${visit.note}`}
                <span className="quiet">　{visit.signed ? '摸底人已签名' : '没有签名'}</span>
              </>
            ),
          }))}
        />
      </Block>
    </Page>
  );
}
