import { PrinterOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { endPlan, planCoverage } from '#contract/visit-plans.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Next, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, momentWords, percent } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { PlanAssign } from './plan-assign.tsx';
import { Share } from './share.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { planLook, visitRefreshes } from './visits-words.ts';
import './visits.css';

type Coverage = OutputOf<typeof planCoverage>;
type Line = Coverage['uncovered'][number];

/** 一个走访计划: how far it is by household and pupil, by class, and by name who has not been visited. */
export function PlanPage() {
  const id = useRecordId();
  const { today } = useMe();
  const answer = useAnswer(planCoverage, { id }, { enabled: id !== '' });
  const { send, sending } = useSend(endPlan, { done: '计划已终止，已完成的走访保留。', refresh: visitRefreshes });
  const plan = answer.data?.id === id ? answer.data : undefined;
  if (plan === undefined)
    return (
      <Waiting
        title="一个走访计划"
        error={answer.isFetching ? null : answer.error}
        retry={() => void answer.refetch()}
        extra={<GoButton to="/visit-plans">回到列表</GoButton>}
      />
    );
  const look = planLook(plan, today);
  const end = async () => {
    const reason = await askReason({
      title: `终止“${plan.name}”`,
      words: '终止后未走访的不再催办，不能恢复；已完成的走访保留。',
      danger: true,
    });
    if (reason !== null) await send({ id, reason }).catch(() => undefined);
  };
  const endWhy = plan.ended === null ? '只有制定计划的学校或教育局可以终止。' : '这个计划已经终止。';
  const open = plan.uncovered.length;
  return (
    <Page
      title={
        <>
          {plan.name}{' '}
          <span className="vis-head-status">
            <Status kind={look.kind} words={look.words} />
          </span>
        </>
      }
      extra={
        <>
          <GoButton to="/visit-plans">回到列表</GoButton>
          <Button
            icon={<PrinterOutlined />}
            onClick={() => {
              window.print();
            }}
          >
            打印
          </Button>
          <Button
            danger
            disabled={!plan.allowed.end}
            loading={sending}
            title={plan.allowed.end ? undefined : endWhy}
            onClick={() => void end()}
          >
            终止计划
          </Button>
        </>
      }
    >
      {plan.ended !== null ? (
        <Next words={`${plan.ended.byName}于${momentWords(plan.ended.at)}终止：${plan.ended.reason}`} />
      ) : open === 0 ? (
        <Next words="不漏一户，不差一人：计划内的孩子都已走访。" />
      ) : (
        <Next words={`还有 ${count(open)} 人次未走访完，名单在下面。`} due={plan.to} overdue={today > plan.to} />
      )}
      <Figures plan={plan} />
      <Block title="计划">
        <Facts
          items={[
            { label: '种类', value: plan.kindWords },
            { label: '学校', value: plan.schoolName },
            { label: '起止', value: `${plan.from} 至 ${plan.to}` },
            { label: '算走访的方式', value: plan.modesWords },
            { label: '制定', value: `${plan.madeName}，${momentWords(plan.madeAt)}` },
          ]}
        />
      </Block>
      <Classes plan={plan} />
      <Uncovered plan={plan} />
    </Page>
  );
}

function Figures({ plan }: { plan: Coverage }) {
  const { counts } = plan;
  const share = (label: string, part: number, whole: number, unit: string) => (
    <div>
      <dt>{label}</dt>
      <dd>
        {percent(part, whole)}{' '}
        <small>
          {count(part)}/{count(whole)} {unit}
        </small>
      </dd>
    </div>
  );
  const plain = (label: string, number: number) => (
    <div>
      <dt>{label}</dt>
      <dd>{count(number)}</dd>
    </div>
  );
  return (
    <Block title="覆盖">
      <dl className="vis-figures">
        {share('按人', counts.covered, counts.due, '人次')}
        {share('按户', counts.householdsCovered, counts.households, '户')}
        {plain('逾期才走访', counts.late)}
        {plain('只有未遇', counts.attempted)}
        {plain('未走访', counts.none)}
      </dl>
    </Block>
  );
}

function Classes({ plan }: { plan: Coverage }) {
  return (
    <Block title="按班级">
      <div className="plain-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>班级</th>
              <th>走访人</th>
              <th>按人</th>
              <th>按户</th>
              <th className="num">逾期才走访</th>
              <th className="num">只有未遇</th>
              <th className="num">未走访</th>
            </tr>
          </thead>
          <tbody>
            {plan.classes.map((line) => (
              <tr key={line.classId ?? 'none'}>
                <td>{line.className}</td>
                <td>{line.teachers === '' ? <Status kind="warn" words="未指定" /> : line.teachers}</td>
                <td>
                  <Share part={line.covered} whole={line.due} unit="人次" />
                </td>
                <td>
                  <Share part={line.householdsCovered} whole={line.households} unit="户" />
                </td>
                <td className="num">{count(line.late)}</td>
                <td className="num">{count(line.attempted)}</td>
                <td className="num">{count(line.none)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Block>
  );
}

function Uncovered({ plan }: { plan: Coverage }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const mayRecord = useMay('visits.record');
  if (plan.uncovered.length === 0) return null;
  const may = plan.allowed.assign;
  return (
    <Block title={`未走访完的 ${count(plan.uncovered.length)} 人次`}>
      {may ? (
        chosen.length > 0 ? (
          <div className="list-batch">
            <span>已选 {count(chosen.length)} 次</span>
            <PlanAssign
              plan={plan}
              itemIds={chosen}
              onDone={() => {
                setChosen([]);
              }}
            />
            <Button
              type="link"
              onClick={() => {
                setChosen([]);
              }}
            >
              取消选择
            </Button>
          </div>
        ) : (
          <p className="quiet">勾选后可改派走访人或改期限。</p>
        )
      ) : (
        <p className="quiet">{plan.ended === null ? '改派由制定计划的学校或教育局办理。' : '计划已终止，不再改派。'}</p>
      )}
      <Table<Line>
        size="small"
        className="list-table"
        rowKey="itemId"
        dataSource={plan.uncovered}
        scroll={{ x: 'max-content' }}
        pagination={plan.uncovered.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
        {...(may
          ? {
              rowSelection: {
                selectedRowKeys: chosen,
                onChange: (keys) => {
                  setChosen(keys.map(String));
                },
              },
            }
          : {})}
        columns={[
          { key: 'name', title: '学生', render: (_value, row) => <Go to={`/children/${row.childId}`}>{row.name}</Go> },
          { key: 'className', title: '班级', dataIndex: 'className' },
          {
            key: 'staff',
            title: '走访人',
            render: (_value, row) => row.staffName ?? <Status kind="warn" words="未指定" />,
          },
          {
            key: 'due',
            title: '期限',
            render: (_value, row) =>
              row.overdue ? <Status kind="bad" words={`${row.dueDate} 已超期`} /> : row.dueDate,
          },
          {
            key: 'attempts',
            title: '未遇',
            render: (_value, row) => (row.attempts === 0 ? '—' : `${count(row.attempts)} 次，${row.lastAttempt ?? ''}`),
          },
          ...(mayRecord
            ? [
                {
                  key: 'do',
                  title: '',
                  render: (_value: unknown, row: Line) => <Go to={`/visits/new?child=${row.childId}`}>登记走访</Go>,
                },
              ]
            : []),
        ]}
      />
    </Block>
  );
}
