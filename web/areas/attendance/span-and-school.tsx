import { useListState } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { SpanBar } from '#web/parts/span-bar.tsx';

/** The filters of what is listed over a span: its days, and a school. */
export function SpanAndSchool({ from, to }: { from: string; to: string }) {
  const { state, set } = useListState();
  return (
    <>
      <SpanBar from={from} to={to} />
      <PickSchool
        value={state['schoolId']}
        onChange={(id) => {
          set({ schoolId: id });
        }}
      />
    </>
  );
}
