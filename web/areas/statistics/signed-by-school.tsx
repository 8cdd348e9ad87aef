import { Drawer } from 'antd';
import type { OutputOf } from '#contract/endpoint.ts';
import type { listReports } from '#contract/statistics-reports.ts';
import { courseParts, type PeriodKind } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { useMay } from '#web/api/me.ts';
import { useListState } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { reportAddress, reportLook } from './report-words.ts';

type Roll = OutputOf<typeof listReports>;

/** The schools that make up a sum of the roll-up: opens where the address names a `signed` part; each number opens its names as they were signed. */
export function SignedBySchool({ roll, period, day }: { roll: Roll; period: PeriodKind; day: string }) {
  const { state, set } = useListState();
  const phone = usePhone();
  const may = useMay('children.read');
  const part = courseParts.find((one) => one === state['signed']);
  if (part === undefined) return null;
  const names = (row: Roll['rows'][number]) =>
    may
      ? addressOf('/reports/district', { period, day, part, scopeKind: 'school', scopeKey: row.schoolId, knownAt: row.knownAt }) // prettier-ignore
      : null;
  return (
    <Drawer
      open
      onClose={() => {
        set({ signed: undefined });
      }}
      size={phone ? '100%' : 640}
      title={`${roll.words}：${partWords[part]}，各校签报`}
    >
      <WideTable
        rows={roll.rows.filter((row) => row.version > 0).sort((a, b) => b.counts[part] - a.counts[part])}
        keyOf={(row) => row.schoolId}
        columns={[
          {
            key: 'name',
            title: '学校',
            render: (row) => <Go to={reportAddress(row.schoolId, period, day)}>{row.name}</Go>,
          },
          {
            key: 'count',
            title: partWords[part],
            align: 'right',
            render: (row) => <GoFigure n={row.counts[part]} to={names(row)} />,
          },
          {
            key: 'state',
            title: '状态',
            render: (row) => <Status kind={reportLook[row.state]} words={row.stateWords} />,
          },
          { key: 'changed', title: '签报后', render: (row) => (row.changed ? '记录有变化' : '没有变化') },
        ]}
      />
    </Drawer>
  );
}
