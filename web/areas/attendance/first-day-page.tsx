import { Alert, Tabs } from 'antd';
import { listFirstDays, listMyFirstDays } from '#contract/attendance-first-day.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { FirstDayBar } from './first-day-bar.tsx';
import { FirstDayPupils } from './first-day-pupils.tsx';
import { FirstDaySchools } from './first-day-schools.tsx';
import './attendance.css';
import './first-day.css';

/** 开学首日核对: a teacher sees the own classes, a school its list, the bureau every school and the names behind the numbers. */
export function FirstDayPage() {
  const { today } = useMe();
  const consents = useMay('attendance.consent');
  const { state } = useListState();
  const day = state['day'] ?? today;
  const mine = useAnswer(listMyFirstDays, { day });
  const schools = useAnswer(listFirstDays, { day, page: 1, size: 1 });
  const { data } = mine;
  const whole = schools.data;
  const fault = mine.error ?? schools.error;
  if (data === undefined || whole === undefined || fault !== null)
    return (
      <Page title="开学首日核对">
        <FirstDayBar />
        <Awaited
          error={mine.isFetching || schools.isFetching ? null : fault}
          retry={() => {
            void mine.refetch();
            void schools.refetch();
          }}
        />
      </Page>
    );
  const only = whole.signed + whole.missing === 1 ? whole.rows[0] : undefined;
  return (
    <Page title="开学首日核对">
      <FirstDayBar head={data} />
      {data.begun ? null : <Alert type="info" showIcon title={`${data.term}首日是 ${data.day}，当天起核对。`} />}
      {!consents && data.classes.length > 0 ? <Mine rows={data.classes} day={data.day} /> : null}
      {only ? (
        <Block
          title={only.schoolName}
          extra={<Status kind={only.state === 'signed' ? 'ok' : 'wait'} words={`名单${only.stateWords}`} />}
        >
          <p>
            {only.classes} 个班，已核对 {only.done} 个；应到 {only.onRoll} 人，到校 {only.present} 人，未到已说明{' '}
            {only.absent} 人，待说明 {only.open} 人。
          </p>
          <GoButton to={addressOf(`/attendance/first-day/school/${only.schoolId}`, { day: data.day })} type="primary">
            打开本校名单
          </GoButton>
        </Block>
      ) : null}
      {whole.signed + whole.missing === 0 && data.classes.length === 0 ? (
        <Block>
          <Empty
            words={`${data.term}首日 ${data.day}，您可以查看的班级还不在名册上。班级随学籍名册而来，请换一个学期。`}
          />
        </Block>
      ) : null}
      {whole.signed + whole.missing > 0 ? <Lists day={data.day} /> : null}
    </Page>
  );
}

function Lists({ day }: { day: string }) {
  const { state, set } = useListState();
  return (
    <Tabs
      activeKey={state['tab'] === 'pupils' ? 'pupils' : 'schools'}
      destroyOnHidden
      onChange={(key) => {
        set({ tab: key === 'pupils' ? key : undefined, reason: undefined, which: undefined, state: undefined });
      }}
      items={[
        { key: 'schools', label: '各校', children: <FirstDaySchools day={day} /> },
        { key: 'pupils', label: '未到校学生', children: <FirstDayPupils day={day} /> },
      ]}
    />
  );
}

type Row = {
  classId: string;
  className: string;
  schoolName: string;
  onRoll: number;
  present: number;
  marked: boolean;
  open: number;
  done: boolean;
};

function Mine({ rows, day }: { rows: readonly Row[]; day: string }) {
  return (
    <Block title="我的班级">
      <ul className="att-classes">
        {rows.map((row) => (
          <li key={row.classId} className="att-class">
            <span className="att-class-name">
              <strong>{row.className}</strong>
              <span className="quiet">{row.schoolName}</span>
            </span>
            <span className="att-class-part">
              {row.done ? (
                <Status kind="ok" words="已核对完" />
              ) : row.marked ? (
                <Status kind="bad" words={`${String(row.open)} 人未到校，待说明`} />
              ) : (
                <Status kind="wait" words="还没有点名" />
              )}
              <span className="quiet">
                到校 {row.present} / {row.onRoll} 人
              </span>
            </span>
            <span className="att-class-do">
              <GoButton
                to={addressOf(`/attendance/first-day/${row.classId}`, { day })}
                {...(row.done ? {} : { type: 'primary' as const })}
              >
                {row.done ? '查看' : '去核对'}
              </GoButton>
            </span>
          </li>
        ))}
      </ul>
    </Block>
  );
}
