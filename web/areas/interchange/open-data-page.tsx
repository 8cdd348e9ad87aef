import { Button, Select } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { downloadOpenData, getOpenData } from '#contract/interchange.ts';
import { schoolYearWords } from '#domain/basics/school-year.ts';
import { fileUrl, saveFile } from '#web/api/call.ts';
import { useAnswer } from '#web/api/use.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import type { ListColumn } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import './interchange.css';

type Form = OutputOf<typeof getOpenData>;
type Row = Form['rows'][number];

const rate = (value: number | null) => (value === null ? '—' : `${value.toFixed(2)} %`);

function columnsOf(form: Form): ListColumn<Row>[] {
  return [
    { key: 'streetName', title: '街道', render: (row) => <strong>{row.streetName}</strong> },
    { key: 'levelName', title: '学段' },
    ...form.measures.map(({ id, words }): ListColumn<Row> => ({
      key: id,
      title: words,
      align: 'right',
      render: (row) => (row.values[id] === null ? <span className="quiet">不公布</span> : String(row.values[id] ?? '')),
    })),
    { key: 'retention', title: '巩固率', align: 'right', render: (row) => rate(row.retention) },
    { key: 'dropoutRate', title: '辍学率', align: 'right', render: (row) => rate(row.dropoutRate) },
  ];
}

/** 开放数据: the sums by school year, street and level as they may be published, with what a reader must know, and both files. */
export function OpenDataPage() {
  const answer = useAnswer(getOpenData, {});
  const [year, setYear] = useState<number>();
  const form = answer.data;
  if (!form) return <Waiting title="开放数据" error={answer.error} retry={() => void answer.refetch()} />;
  const years = [...new Set(form.rows.map((row) => row.schoolYear))].reverse();
  const shown = year ?? years[0];
  const save = (as: 'csv' | 'json') => void saveFile(fileUrl(downloadOpenData, { form: as }));
  return (
    <Page
      title="开放数据"
      extra={
        <>
          <Button
            type="primary"
            disabled={shown === undefined}
            onClick={() => {
              save('csv');
            }}
          >
            下载 CSV
          </Button>
          <Button
            disabled={shown === undefined}
            onClick={() => {
              save('json');
            }}
          >
            下载 JSON
          </Button>
        </>
      }
    >
      <Block>
        <p>
          {form.districtName} · 截至 {form.asOf}（一学年四期：11 月末、2 月末、5 月末、8 月末）· 共 {form.cells}{' '}
          个数，其中 {form.hidden} 个不公布。
        </p>
        <p className="quiet">{form.suppression}</p>
        <ul className="quiet open-formulas">
          {form.formula.map((one) => (
            <li key={one.id}>
              {one.name} v{one.version} ＝ {one.words}
            </li>
          ))}
        </ul>
        {shown === undefined ? (
          <Empty words={`截至 ${form.asOf} 还没有学籍记载，没有可公布的数。请在下一期公布后再看。`} />
        ) : (
          <Select
            aria-label="学年"
            style={{ width: 160 }}
            value={shown}
            options={years.map((value) => ({ value, label: schoolYearWords(value) }))}
            onChange={setYear}
          />
        )}
      </Block>
      {shown === undefined ? null : (
        <WideTable<Row>
          rows={form.rows.filter((row) => row.schoolYear === shown)}
          columns={columnsOf(form)}
          keyOf={(row) => `${row.street}|${row.level}`}
        />
      )}
    </Page>
  );
}
