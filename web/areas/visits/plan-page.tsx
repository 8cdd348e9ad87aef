import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { endPlan, planCoverage } from '#contract/visit-plans.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { CoverageState } from '#domain/visits/record.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { AsOf, pairOf, useThen } from '#web/parts/as-of.tsx';
import { askReason } from '#web/parts/reason.tsx';
import { GoFigure } from '#web/ui/go.tsx';
import { Block, Facts, Next, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { count, momentWords } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { PlanItems } from './plan-items.tsx';
import { Share } from './share.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { namesOf, planLook, visitRefreshes } from './visits-words.ts';
import './visits.css';

type Coverage = OutputOf<typeof planCoverage>;

/** 一个走访计划: how far it is by household and pupil and by class; each number opens its names in the list below. */
export function PlanPage() {
  const id = useRecordId();
  const { today } = useMe();
  const then = useThen();
  const answer = useAnswer(planCoverage, { id, ...pairOf(then) }, { enabled: id !== '' });
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
  const day = then?.day ?? today;
  const look = planLook(plan, day);
  const end = async () => {
    const reason = await askReason({
      title: `终止“${plan.name}”`,
      words: '终止后未走访的不再催办，不能恢复；已完成的走访保留。',
      danger: true,
    });
    if (reason !== null) await send({ id, reason }).catch(() => undefined);
  };
  const endWhy =
    then !== null ? then.why : plan.ended === null ? '只有制定计划的学校或教育局可以终止。' : '这个计划已经终止。';
  const open = plan.counts.due - plan.counts.covered;
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
      <AsOf />
      {plan.ended !== null ? (
        <Next words={`${plan.ended.byName}于${momentWords(plan.ended.at)}终止：${plan.ended.reason}`} />
      ) : open === 0 ? (
        <Next words="不漏一户，不差一人：计划内的孩子都已走访。" />
      ) : (
        <Next words={`还有 ${count(open)} 人次未走访完，名单在下面。`} due={plan.to} overdue={day > plan.to} />
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
      <PlanItems plan={plan} />
    </Page>
  );
}

function Figures({ plan }: { plan: Coverage }) {
  const pair = pairOf(useThen());
  const { counts } = plan;
  const share = (label: string, part: number, whole: number, unit: string, by: 'household' | null) => (
    <div>
      <dt>{label}</dt>
      <dd>
        <Share part={part} whole={whole} unit={unit} to={(state) => namesOf(plan.id, { ...pair, by, state })} />
      </dd>
    </div>
  );
  const plain = (label: string, state: CoverageState) => (
    <div>
      <dt>{label}</dt>
      <dd>
        <GoFigure n={counts[state]} to={namesOf(plan.id, { ...pair, state })} />
      </dd>
    </div>
  );
  return (
    <Block title="覆盖">
      <dl className="vis-figures">
        {share('按人', counts.covered, counts.due, '人次', null)}
        {share('按户', counts.householdsCovered, counts.households, '户', 'household')}
        {plain('逾期才走访', 'late')}
        {plain('只有未遇', 'attempted')}
        {plain('未走访', 'none')}
      </dl>
    </Block>
  );
}

function Classes({ plan }: { plan: Coverage }) {
  const pair = pairOf(useThen());
  const phone = usePhone();
  const lines = plan.classes.map((line) => ({
    line,
    names: (more: { by?: 'household'; state: CoverageState | 'all' }) =>
      namesOf(plan.id, { ...pair, ...more, classId: line.classId, noClass: line.classId === null ? 'yes' : null }),
  }));
  const who = (teachers: string) => (teachers === '' ? <Status kind="warn" words="未指定" /> : teachers);
  // A table of seven columns is cut off on a phone: a card for each class.
  if (phone)
    return (
      <Block title="按班级">
        <ul className="vis-classes">
          {lines.map(({ line, names }) => (
            <li key={line.classId ?? 'none'}>
              <p>
                <strong>{line.className}</strong> <span className="quiet">{who(line.teachers)}</span>
              </p>
              <p>
                按人 <Share part={line.covered} whole={line.due} unit="人次" to={(state) => names({ state })} />
              </p>
              <p>
                按户{' '}
                <Share
                  part={line.householdsCovered}
                  whole={line.households}
                  unit="户"
                  to={(state) => names({ by: 'household', state })}
                />
              </p>
              <p className="vis-classes-left">
                <span>
                  未走访 <GoFigure n={line.none} to={names({ state: 'none' })} />
                </span>
                <span>
                  只有未遇 <GoFigure n={line.attempted} to={names({ state: 'attempted' })} />
                </span>
                <span>
                  逾期才走访 <GoFigure n={line.late} to={names({ state: 'late' })} />
                </span>
              </p>
            </li>
          ))}
        </ul>
      </Block>
    );
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
            {lines.map(({ line, names }) => (
              <tr key={line.classId ?? 'none'}>
                <td>{line.className}</td>
                <td>{who(line.teachers)}</td>
                <td>
                  <Share part={line.covered} whole={line.due} unit="人次" to={(state) => names({ state })} />
                </td>
                <td>
                  <Share
                    part={line.householdsCovered}
                    whole={line.households}
                    unit="户"
                    to={(state) => names({ by: 'household', state })}
                  />
                </td>
                <td className="num">
                  <GoFigure n={line.late} to={names({ state: 'late' })} />
                </td>
                <td className="num">
                  <GoFigure n={line.attempted} to={names({ state: 'attempted' })} />
                </td>
                <td className="num">
                  <GoFigure n={line.none} to={names({ state: 'none' })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Block>
  );
}
