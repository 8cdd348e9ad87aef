import { useParams } from '@tanstack/react-router';
import { getChildAttendance } from '#contract/attendance-views.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { Page } from '#web/ui/page.tsx';
import { addressOf } from '#web/ui/address.ts';
import { ChildAttendance } from './child-attendance.tsx';
import { GoButton } from '#web/parts/go-button.tsx';

/** 一名学生的考勤, with the way to the child's record. */
export function ChildAttendancePage() {
  const params: unknown = useParams({ strict: false });
  const id = typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : '';
  const { state } = useListState();
  const span = {
    ...(state['from'] === undefined ? {} : { from: state['from'] }),
    ...(state['to'] === undefined ? {} : { to: state['to'] }),
  };
  const answer = useAnswer(getChildAttendance, { childId: id, ...span });
  const name = answer.data?.childId === id ? answer.data.name : undefined;
  const mayOpen = useMay('children.read');
  return (
    <Page
      title={name === undefined ? '学生考勤' : `${name}的考勤`}
      extra={
        <>
          <GoButton to={addressOf('/attendance/corrections', { childId: id })}>点名更正</GoButton>
          {mayOpen ? <GoButton to={`/children/${id}`}>打开档案</GoButton> : null}
        </>
      }
    >
      <ChildAttendance childId={id} {...span} />
    </Page>
  );
}
