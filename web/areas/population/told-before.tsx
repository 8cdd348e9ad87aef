import { Alert } from 'antd';
import { childFilters, listChildren } from '#contract/population.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { count } from '#web/ui/words.ts';

/** Where a number of the cockpit led here and the records tell another one of that moment by now, both, and why they may differ. */
export function ToldBefore() {
  const { state } = useListState();
  const { told: _told, page: _page, size: _size, ...asked } = state;
  const told = Number(state['told'] ?? '');
  const input = childFilters.safeParse(asked).data ?? {};
  const answer = useAnswer(listChildren, { ...input, page: 1, size: 1 }, { enabled: told > 0 });
  const total = answer.data?.total;
  if (!(told > 0) || total === undefined || total === told) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={`驾驶舱的数字是当时比对的结果：${count(told)} 人；按现在的记录回看当时，名单是 ${count(total)} 人。比对之后档案有合并或拆分、疑似同一人有了结论，或孩子已不在您的管理范围，都会使两者不同。`}
    />
  );
}
