import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Tabs } from 'antd';
import { listHouseholds } from '#contract/households.ts';
import { surveyResults, surveyResultWords } from '#domain/population/words.ts';
import { useMay } from '#web/api/me.ts';
import { offThen, useThen } from '#web/parts/as-of.tsx';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState } from '#web/parts/list.tsx';
import { PickCommunity, PickSubdistrict } from '#web/parts/pick.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { HouseholdCoverage } from './household-coverage.tsx';
import { standingWords, surveyWord } from './population-words.ts';

/** Households: how far each community is surveyed, and the households themselves. */
export function HouseholdsPage() {
  const { state, set } = useListState();
  const go = useGo();
  const maySurvey = useMay('survey.record');
  const then = useThen();
  const view = state['view'] === 'list' ? 'list' : 'coverage';
  return (
    <Page
      title="住户"
      extra={
        maySurvey ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            {...offThen(then)}
            onClick={() => {
              go('/survey');
            }}
          >
            登记入户
          </Button>
        ) : null
      }
    >
      <Tabs
        activeKey={view}
        onChange={(next) => {
          set({ view: next === 'list' ? 'list' : undefined });
        }}
        items={[
          { key: 'coverage', label: '各社区入户情况' },
          { key: 'list', label: '住户名册' },
        ]}
      />
      {view === 'coverage' ? <HouseholdCoverage /> : <HouseholdList />}
    </Page>
  );
}

function HouseholdList() {
  const { state, set } = useListState();
  const go = useGo();
  return (
    <List
      endpoint={listHouseholds}
      rowKey="id"
      onOpen={(row) => {
        go(`/households/${row.id}`);
      }}
      columns={[
        { key: 'address', title: '住址', phone: true },
        { key: 'householdNo', title: '户号', phone: true },
        {
          key: 'communityName',
          title: '街道与社区',
          render: (row) => [row.subdistrictName, row.communityName].filter((part) => part !== null).join(' ') || '—',
        },
        {
          key: 'children',
          title: '孩子',
          phone: true,
          render: (row) =>
            row.children.length === 0 ? (
              '未登记'
            ) : (
              <Flex gap={8} wrap>
                {row.children.map((child) => (
                  <Go key={child.id} to={`/children/${child.id}`} title={standingWords[child.standing]}>
                    {child.name}
                  </Go>
                ))}
              </Flex>
            ),
        },
        {
          key: 'lastSurvey',
          title: '最近入户',
          phone: true,
          render: (row) =>
            row.lastSurvey === null
              ? '尚无结果'
              : `${row.lastSurvey.day}　${surveyWord(row.lastSurvey.result)}　${row.lastSurvey.surveyor}`,
        },
      ]}
      filters={
        <>
          <FilterText placeholder="住址、户号或孩子姓名" />
          <PickSubdistrict
            value={state['subdistrict']}
            width={150}
            onChange={(subdistrict) => {
              set({ subdistrict, community: undefined });
            }}
          />
          <PickCommunity
            value={state['community']}
            subdistrict={state['subdistrict']}
            width={180}
            onChange={(community) => {
              set({ community });
            }}
          />
          <FilterChoice
            name="surveyed"
            placeholder="入户结果"
            options={[
              { value: 'no', label: '尚无结果' },
              { value: 'yes', label: '已有结果' },
            ]}
            width={120}
          />
          <FilterChoice
            name="result"
            placeholder="结果种类"
            options={surveyResults.map((value) => ({ value, label: surveyResultWords[value] }))}
            width={130}
          />
        </>
      }
      empty="没有符合条件的户。导入适龄儿童少年信息档案或入户登记后，会列在这里。"
    />
  );
}
