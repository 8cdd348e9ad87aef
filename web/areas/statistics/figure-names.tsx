import { Alert, Button, Drawer, Pagination, Skeleton } from 'antd';
import { useState } from 'react';
import { listFigureNames } from '#contract/statistics-figures.ts';
import { courseParts, scopeKinds } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Go } from '#web/ui/go.tsx';
import { Empty } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { periodIn } from './report-words.ts';

const size = 50;

/** The names behind a number of a report: opens where the address names a `part`, with its scope and, for what was signed, the moment. */
export function FigureNames({ day, title }: { day: string; title: string }) {
  const { state, set } = useListState();
  const phone = usePhone();
  const part = courseParts.find((one) => one === state['part']);
  const close = () => {
    set({ part: undefined, scopeKind: undefined, scopeKey: undefined, knownAt: undefined });
  };
  return (
    <Drawer
      open={part !== undefined}
      onClose={close}
      size={phone ? '100%' : 720}
      title={part === undefined ? '' : `${title}：${partWords[part]}`}
      destroyOnHidden
    >
      {part === undefined ? null : (
        <Names
          key={`${part} ${state['scopeKey'] ?? ''} ${state['knownAt'] ?? ''}`}
          ask={{
            part,
            day,
            period: periodIn(state['period']),
            scopeKind: scopeKinds.find((one) => one === state['scopeKind']) ?? 'school',
            scopeKey: state['scopeKey'] ?? '',
            ...(state['knownAt'] === undefined ? {} : { knownAt: state['knownAt'] }),
          }}
        />
      )}
    </Drawer>
  );
}

function Names({ ask }: { ask: Omit<Parameters<typeof useAnswer<typeof listFigureNames>>[1], 'page' | 'size'> }) {
  const [page, setPage] = useState(1);
  const answer = useAnswer(listFigureNames, { ...ask, page, size });
  if (answer.error !== null)
    return (
      <Alert
        type="error"
        showIcon
        title={answer.error.message}
        action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
      />
    );
  if (answer.data === undefined) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (answer.data.total === 0) return <Empty words="没有可以查看的名单。" />;
  return (
    <>
      <p className="quiet">
        共 {answer.data.total} 人{ask.knownAt === undefined ? '' : '（按签报时所知）'}
      </p>
      <WideTable
        rows={answer.data.rows}
        keyOf={(row) => `${row.childId} ${row.day}`}
        columns={[
          { key: 'name', title: '姓名', render: (row) => <Go to={`/children/${row.childId}`}>{row.name}</Go> },
          { key: 'sex', title: '性别' },
          { key: 'birthDate', title: '出生日期' },
          { key: 'schoolName', title: '现在的学校' },
          { key: 'className', title: '现在的班级' },
          { key: 'day', title: '变动或起始日期' },
        ]}
      />
      {answer.data.total > size ? (
        <Pagination
          className="list-pages"
          simple
          current={page}
          pageSize={size}
          total={answer.data.total}
          showSizeChanger={false}
          onChange={setPage}
        />
      ) : null}
    </>
  );
}
