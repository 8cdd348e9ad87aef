import { Checkbox } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import { listSigns } from '#contract/risk.ts';
import { riskLevels, signKinds } from '#domain/risk/record.ts';
import { riskLevelWords, signKindWords } from '#domain/risk/words.ts';
import { useMay } from '#web/api/me.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { ChildSigns } from './child-signs.tsx';
import { levelLook } from './risk-look.ts';
import './risk.css';

type Row = OutputOf<typeof listSigns>['rows'][number];

const columns: readonly ListColumn<Row>[] = [
  { key: 'name', title: '姓名', phone: true, render: (row) => <strong>{row.name}</strong> },
  {
    key: 'where',
    title: '班级',
    phone: true,
    render: (row) => [row.schoolName, row.className].filter((name) => name !== null).join(' ') || '—',
  },
  {
    key: 'signs',
    title: '迹象与理由',
    phone: true,
    render: (row) => (
      <ul className="risk-reasons">
        {row.signs.map((sign) => (
          <li key={sign.id}>
            <span className="quiet">{sign.kindWords}</span> {sign.words}
          </li>
        ))}
      </ul>
    ),
  },
  {
    key: 'level',
    title: '建议',
    phone: true,
    render: (row) => <Status kind={levelLook[row.level]} words={row.levelWords} />,
  },
  { key: 'since', title: '自' },
  {
    key: 'acted',
    title: '处理',
    phone: true,
    render: (row) =>
      row.acted ? (
        <Status kind="ok" words={row.signs.find((sign) => sign.actedWords !== null)?.actedWords ?? '已有人处理'} />
      ) : (
        <Status kind="warn" words="还没有人处理" />
      ),
  },
];

/** 预警: pupils whose records show signs, each with its reasons in words; on whom nobody has acted. Signs advise and decide nothing. */
export function RisksPage() {
  const { state, set } = useListState();
  const [open, setOpen] = useState<Row | null>(null);
  const mayHandIn = useMay('scores.sheet');
  return (
    <Page title="预警" extra={mayHandIn ? <GoButton to="/risks/scores">成绩登记</GoButton> : null}>
      <p className="quiet">
        迹象来自各项记录，只提醒人去看一看，不作任何决定。走访、与家长联系或劝返的一步，都算处理。
      </p>
      <List<Row>
        endpoint={listSigns}
        columns={columns}
        rowKey="childId"
        onOpen={setOpen}
        empty={
          state['acted'] === 'no'
            ? '有迹象的学生都已有人处理。'
            : '没有符合条件的学生。缺勤、成绩下滑、曾辍学、刚复学、需要关注、多次搬迁、同户有未在校的，会连同理由列在这里。'
        }
        filters={
          <>
            <Checkbox
              checked={state['acted'] === 'no'}
              onChange={(event) => {
                set({ acted: event.target.checked ? 'no' : undefined });
              }}
            >
              有迹象而没有人处理
            </Checkbox>
            <FilterChoice
              name="level"
              placeholder="建议"
              options={riskLevels.map((value) => ({ value, label: riskLevelWords[value] }))}
            />
            <FilterChoice
              name="kind"
              placeholder="迹象"
              width={160}
              options={signKinds.map((value) => ({ value, label: signKindWords[value] }))}
            />
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
          </>
        }
      />
      {open ? (
        <ChildSigns
          childId={open.childId}
          name={open.name}
          onClose={() => {
            setOpen(null);
          }}
        />
      ) : null}
    </Page>
  );
}
