import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { closeFigures, getProvince } from '#contract/interchange.ts';
import { schoolYearOf, schoolYearWords } from '#domain/basics/school-year.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { useListState, type ListColumn } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';

type Row = OutputOf<typeof getProvince>['rows'][number];

const rate = (value: number | null) => (value === null ? '—' : `${value.toFixed(2)} %`);
const columns: readonly ListColumn<Row>[] = [
  { key: 'districtName', title: '区', render: (row) => <strong>{row.districtName}</strong> },
  { key: 'pupils', title: '在校学生', align: 'right', render: (row) => count(row.pupils) },
  { key: 'retention', title: '年巩固率', align: 'right', render: (row) => rate(row.retention) },
  { key: 'dropoutRate', title: '辍学率', align: 'right', render: (row) => rate(row.dropoutRate) },
  { key: 'dropouts', title: '本学年辍学', align: 'right', render: (row) => count(row.dropouts) },
  { key: 'untraced', title: '去向未落实', align: 'right', render: (row) => count(row.untraced) },
  { key: 'open', title: '未复学', align: 'right', render: (row) => count(row.open) },
  { key: 'asOf', title: '截至' },
  { key: 'version', title: '版本', align: 'right' },
];
const levels = [
  { value: 'all' as const, label: '合计' },
  { value: 'primary' as const, label: '小学' },
  { value: 'junior' as const, label: '初中' },
];

/** 上级汇总: the closed figures of the districts below, their sum and who is missing; a district hands its own up here. */
export function ProvincePage() {
  const { state, set } = useListState();
  const { today } = useMe();
  const mayClose = useMay('reports.accept');
  const thisYear = schoolYearOf(today);
  const schoolYear = Number(state['year'] ?? thisYear);
  const [level, setLevel] = useState<'all' | 'primary' | 'junior'>('all');
  const answer = useAnswer(getProvince, { schoolYear, level });
  const { send, sending } = useSend(closeFigures, { done: '已报送新版本。', refresh: ['interchange'] });
  const hand = mayClose ? (
    <Button type="primary" loading={sending} onClick={() => void send({ schoolYear }).catch(() => undefined)}>
      报送本区数据
    </Button>
  ) : undefined;
  const found = answer.data;
  return (
    <Page title="上级汇总" extra={hand}>
      <Block>
        <Select
          aria-label="学年"
          style={{ width: 170 }}
          value={schoolYear}
          options={[0, 1, 2, 3].map((back) => ({ value: thisYear - back, label: schoolYearWords(thisYear - back) }))}
          onChange={(year) => {
            set({ year: String(year) });
          }}
        />{' '}
        <Segmented aria-label="学段" options={levels} value={level} onChange={setLevel} />
        {found ? (
          <p>
            {found.rows.length} 个区已报送，在校 {count(found.total.pupils)} 人，年巩固率 {rate(found.total.retention)}
            ，辍学率 {rate(found.total.dropoutRate)}。
            {found.missing.length === 0
              ? ''
              : `未报送：${found.missing.map(({ districtName }) => districtName).join('、')}。`}
          </p>
        ) : null}
        <p className="quiet">各区报送的是封存的人数，没有学生名单；更正后重新报送，旧版本保留。</p>
      </Block>
      {found ? (
        found.rows.length === 0 ? (
          <Empty words="这个学年还没有报送的数据。" />
        ) : (
          <WideTable<Row> rows={found.rows} columns={columns} keyOf={(row) => row.districtCode} />
        )
      ) : (
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      )}
    </Page>
  );
}
