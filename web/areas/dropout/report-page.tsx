import { Alert, Button, Segmented } from 'antd';
import { getChild } from '#contract/population.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { EmergencyForm } from './emergency-form.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { PickChild } from '#web/parts/pick-child.tsx';
import { ReportForm } from './report-form.tsx';
import './dropout.css';

/** 报告疑似辍学: whose it is, then the report or, by the switch, the emergency. */
export function ReportPage() {
  const { state, set } = useListState();
  const go = useGo();
  const childId = state['child'];
  const urgent = state['emergency'] === 'yes';
  const child = useAnswer(getChild, { id: childId ?? '' }, { enabled: childId !== undefined });
  const back = <GoButton to="/cases">回到列表</GoButton>;
  if (childId === undefined)
    return (
      <Page title="报告疑似辍学" extra={back}>
        <Block title="报告谁">
          <PickChild
            width={480}
            onChange={(id) => {
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
    go(link);
  };
  return (
    <Page title={urgent ? '报告紧急情况' : '报告疑似辍学'} extra={back}>
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
      </Block>
      {child.isError && !child.isFetching ? null : (
        <Block>
          {urgent ? (
            <EmergencyForm key={childId} childId={childId} day={day} onDone={open} />
          ) : (
            <ReportForm key={childId} childId={childId} day={day} findingId={state['finding']} onDone={open} />
          )}
        </Block>
      )}
    </Page>
  );
}
