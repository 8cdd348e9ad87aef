import { Segmented } from 'antd';
import { exportLedger, ledgers, listLedger } from '#contract/dropout-ledgers.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { MomentField } from '#web/parts/moment-field.tsx';
import { PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';

type Ledger = (typeof ledgers)[number];
type Row = OutputOf<typeof listLedger>['rows'][number];

const ledgerWords: Record<Ledger, string> = { schoolAge: '适龄儿童', suspected: '疑似辍学', dropout: '辍学' };

/** What a card on a phone shows of a ledger's columns. */
const onPhone = ['姓名', '就读学校', '年级班级', '监护人', '监护人电话', '家庭住址'];

/** 三本台账: 适龄儿童, 疑似辍学 and 辍学 as they stood on a day, exported as a workbook. */
export function LedgersPage() {
  const { state, set } = useListState();
  const { today } = useMe();
  const go = useGo();
  const ledger = ledgers.find((one) => one === state['ledger']) ?? 'suspected';
  const { page: _page, size: _size, ledger: _ledger, ...rest } = state;
  const asked: InputOf<typeof exportLedger> = { ...rest, ledger };
  // the server names the columns of each ledger; one row is enough to learn them
  const head = useAnswer(listLedger, { ...rest, ledger, page: 1, size: 1 });
  const columns: ListColumn<Row>[] = (head.data?.columns ?? []).map((title, index) => ({
    key: String(index),
    title,
    phone: onPhone.includes(title),
    render: (row) => row.cells[index] || '—',
  }));
  return (
    <Page title={head.data?.title ?? '三本台账'}>
      <List<Row>
        key={`${ledger} ${String(columns.length)}`}
        endpoint={listLedger}
        input={{ ledger }}
        columns={columns}
        rowKey={(row) => `${row.childId} ${row.caseId ?? ''}`}
        onOpen={(row) => {
          go(row.caseId === null ? `/children/${row.childId}` : `/cases/${row.caseId}`);
        }}
        exportUrl={fileUrl(exportLedger, asked)}
        empty={<Empty words="这一天这本台账上没有人。可以换一天、换一所学校再看。" />}
        filters={
          <>
            <Segmented<Ledger>
              aria-label="台账"
              value={ledger}
              options={ledgers.map((value) => ({ value, label: ledgerWords[value] }))}
              onChange={(next) => {
                set({ ledger: next });
              }}
            />
            <DayField
              words="截至哪天"
              width={150}
              latest={today}
              value={state['day'] ?? today}
              onChange={(day) => {
                set({ day: day === today ? undefined : day });
              }}
            />
            <MomentField
              value={state['knownAt'] ?? null}
              onChange={(moment) => {
                set({ knownAt: moment });
              }}
            />
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
            <PickSubdistrict
              value={state['subdistrict']}
              onChange={(code) => {
                set({ subdistrict: code });
              }}
            />
          </>
        }
      />
    </Page>
  );
}
