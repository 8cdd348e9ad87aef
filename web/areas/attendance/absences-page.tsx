import { Tabs } from 'antd';
import { useMe } from '#web/api/me.ts';
import { useListState } from '#web/parts/list.tsx';
import { Page } from '#web/ui/page.tsx';
import { Absentees } from './absentees.tsx';
import { ClassMonthButton } from './class-month.tsx';
import { Gaps } from './gaps.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { MadeRollCalls } from './made-roll-calls.tsx';
import { Standings } from './standings.tsx';
import { Tallies } from './tallies.tsx';
import './attendance.css';

/** 缺勤情况: what each school marked in a span, which half-days are made and missing, and who has been absent, in the term or in the span. */
export function AbsencesPage() {
  const me = useMe();
  const { state, set } = useListState();
  const tab = ['gaps', 'standings', 'marked'].find((key) => key === state['tab']) ?? 'tallies';
  const from = state['from'] ?? `${me.today.slice(0, 7)}-01`;
  const to = state['to'] ?? me.today;
  const ofSpan = state['from'] !== undefined || state['to'] !== undefined;
  return (
    <Page
      title="缺勤情况"
      extra={
        <>
          <GoButton to="/rollcall">当天点名</GoButton>
          <ClassMonthButton month={me.today.slice(0, 7)} />
        </>
      }
    >
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(key) => {
          set({ tab: key === 'tallies' ? undefined : key, crossed: undefined, figure: undefined });
        }}
        items={[
          { key: 'tallies', label: '各校汇总', children: <Tallies from={from} to={to} /> },
          {
            key: 'standings',
            label: '缺勤学生',
            children: ofSpan ? <Absentees from={from} to={to} /> : <Standings from={from} to={to} />,
          },
          { key: 'marked', label: '已点名', children: <MadeRollCalls from={from} to={to} /> },
          { key: 'gaps', label: '没有点名', children: <Gaps from={from} to={to} /> },
        ]}
      />
    </Page>
  );
}
