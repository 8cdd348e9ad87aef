import { Alert, Button, Segmented } from 'antd';
import { useState } from 'react';
import { getChild } from '#contract/population.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Block, Next, Page } from '#web/ui/page.tsx';
import { EmergencyForm } from './emergency-form.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { PickChild } from '#web/parts/pick-child.tsx';
import { ReportForm } from './report-form.tsx';
import './dropout.css';

/** 报告疑似辍学: whose it is, then the report or, by the switch, the emergency; who may not open cases is told that it was received. */
export function ReportPage() {
  const { state, set } = useListState();
  const go = useGo();
  const childId = state['child'];
  const urgent = state['emergency'] === 'yes';
  const again = urgent && state['again'] === 'yes';
  const mayCases = useMay('cases.read');
  const [told, setTold] = useState(false);
  const child = useAnswer(getChild, { id: childId ?? '' }, { enabled: childId !== undefined });
  const back = <GoButton to={mayCases ? '/cases' : '/children'}>回到列表</GoButton>;
  if (childId === undefined)
    return (
      <Page title="报告疑似辍学" extra={back}>
        <Block title="报告谁">
          <PickChild
            width={480}
            onChange={(id) => {
              setTold(false);
              set({ child: id });
            }}
          />
        </Block>
      </Page>
    );
  const found = child.data?.id === childId ? child.data : undefined;
  const asked = state['day'];
  const day = asked !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(asked) ? asked : undefined;
  const open = (link: string) => {
    if (mayCases) go(link);
    else setTold(true);
  };
  const title = again ? '补记报警或转介' : urgent ? '报告紧急情况' : '报告疑似辍学';
  if (told)
    return (
      <Page title={title} extra={back}>
        <Next
          words={`已收到对${found?.name ?? '这个孩子'}的报告，${urgent ? '校长和区控辍专干已得到通知，立即处置' : '由学校核实，区教育局督办'}。您的岗位不参与办理个案，有新情况可以再报告。`}
          button={
            <GoButton to={`/children/${childId}`} type="primary">
              打开档案
            </GoButton>
          }
        />
      </Page>
    );
  return (
    <Page title={title} extra={back}>
      <Block
        title={found === undefined ? '学生' : [found.name, found.sex].filter(Boolean).join('，')}
        extra={
          <Button
            onClick={() => {
              set({ child: undefined });
            }}
          >
            换一个孩子
          </Button>
        }
      >
        {child.isError && !child.isFetching ? (
          <Alert
            type="error"
            showIcon
            title={child.error.message}
            action={<Button onClick={() => void child.refetch()}>再试一次</Button>}
          />
        ) : null}
        {again ? (
          <p className="quiet">已有紧急情况的报告。报警的时间和回执号、新的情况、要转给的部门，在这里补上。</p>
        ) : (
          <Segmented<string>
            aria-label="报告什么"
            value={urgent ? 'yes' : 'no'}
            options={[
              { value: 'no', label: '疑似辍学' },
              { value: 'yes', label: '紧急情况' },
            ]}
            onChange={(next) => {
              set({ emergency: next === 'yes' ? 'yes' : undefined });
            }}
          />
        )}
      </Block>
      {child.isError && !child.isFetching ? null : (
        <Block>
          {urgent ? (
            <EmergencyForm key={childId} childId={childId} day={day} again={again} onDone={open} />
          ) : (
            <ReportForm
              key={childId}
              childId={childId}
              day={day}
              called={state['called'] === 'yes'}
              lost={state['lost'] === 'yes'}
              findingId={state['finding']}
              onDone={open}
            />
          )}
        </Block>
      )}
    </Page>
  );
}
