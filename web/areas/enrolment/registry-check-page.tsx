import { Button } from 'antd';
import { useState } from 'react';
import { differenceFilters, exportDifferences, listDifferences } from '#contract/registry-check.ts';
import { differenceWords } from '#domain/enrolment/registry-check.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status, type StatusKind } from '#web/ui/status.tsx';
import { choicesOf } from './change-words.ts';
import { RegistryDifference, type DifferenceLine } from './registry-difference.tsx';
import './enrolment.css';

const look: Record<DifferenceLine['state'], StatusKind> = { open: 'warn', taken: 'wait', dismissed: 'quiet', settled: 'ok' }; // prettier-ignore
const stateChoices = [
  { value: 'open', label: '待核对' },
  { value: 'taken', label: '已采用' },
  { value: 'dismissed', label: '不予办理' },
  { value: 'settled', label: '已消除' },
  { value: 'all', label: '全部' },
];

const columns: readonly ListColumn<DifferenceLine>[] = [
  { key: 'name', title: '学生', phone: true, render: (row) => <strong>{row.name}</strong> },
  { key: 'kindWords', title: '差异', phone: true },
  { key: 'schoolName', title: '学校' },
  { key: 'oursWords', title: '本平台', phone: true },
  { key: 'theirsWords', title: '全国系统', phone: true },
  { key: 'proposals', title: '建议', render: (row) => row.proposals.map(({ words }) => words).join('、') },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => <Status kind={look[row.state]} words={row.changeWords ?? row.takenWords ?? row.stateWords} />,
  },
  { key: 'asOf', title: '比对日期' },
  { key: 'firstSeen', title: '首次发现', extra: true },
];

/** 全国系统比对: what a fresh export of the national registry and the platform do not agree on, by school and kind, each with the changes that would explain it. */
export function RegistryCheckPage() {
  const { state, set } = useListState();
  const [open, setOpen] = useState<DifferenceLine | null>(null);
  const mayImport = useMay('lists.import');
  const mayExport = useMay('export.lists');
  const tally = useAnswer(listDifferences, { page: 1, size: 1 });
  const upload = mayImport ? (
    <GoButton to="/compare/imports/new" type="primary">
      上传全国系统导出
    </GoButton>
  ) : undefined;
  const last = tally.data?.last;
  return (
    <Page title="全国系统比对" {...(tally.data ? { count: tally.data.total } : {})} extra={upload}>
      <p className="quiet">
        {last ? `最近一次按 ${last.asOf} 的导出比对。` : '还没有比对过。'}
        在导入名单中选“全国学籍系统比对”，文件与学籍花名册相同；只作比对，不改花名册。
      </p>
      {(tally.data?.bySchool.length ?? 0) > 1 ? (
        <p className="registry-schools" aria-label="各校待核对">
          {tally.data?.bySchool.map((school) => (
            <Button
              key={school.schoolId}
              type="link"
              size="small"
              onClick={() => {
                set({ schoolId: school.schoolId, state: undefined });
              }}
            >
              {school.schoolName} {school.count}
            </Button>
          ))}
        </p>
      ) : null}
      <List<DifferenceLine>
        endpoint={listDifferences}
        columns={columns}
        rowKey="id"
        onOpen={setOpen}
        empty={<Empty words="没有待核对的差异。上传全国系统的最新导出后，不一致的学生列在这里。" action={upload} />}
        {...(mayExport
          ? {
              exportUrl: (now: Record<string, string>) =>
                fileUrl(exportDifferences, differenceFilters.safeParse(now).data ?? {}),
            }
          : {})}
        filters={
          <>
            <FilterText placeholder="姓名" />
            <FilterChoice name="state" placeholder="待核对" options={stateChoices} width={120} />
            <FilterChoice name="kind" placeholder="差异" options={choicesOf(differenceWords)} width={210} />
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
          </>
        }
      />
      {open === null ? null : (
        <RegistryDifference
          line={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </Page>
  );
}
