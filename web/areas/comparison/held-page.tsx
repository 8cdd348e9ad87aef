import { Alert, Segmented } from 'antd';
import { useCallback } from 'react';
import { heldWords } from '#domain/basics/list-row.ts';
import { listHeld, listKindWords } from '#contract/imports.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { useListState } from '#web/parts/list.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { listKindOrder, listKindWord } from './comparison-words.ts';
import { readPaging } from './finding-query.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { faultyKeys } from './held-faults.ts';
import { HeldExport } from './held-export.tsx';
import { HeldForm, type HeldAnswer } from './held-form.tsx';
import { useImports } from './import-queries.ts';
import { TaskBar } from './task-bar.tsx';
import { useTaskKeys } from '#web/parts/use-task-keys.ts';
import { useTaskList } from './use-task-list.ts';
import './comparison.css';

const states = [
  { value: 'held', label: '待更正' },
  { value: 'accepted', label: '已更正接收' },
  { value: 'discarded', label: '不接收' },
] as const;

/** 待更正的行: one row at a time, what the sheet said on the left, its correction on the right; ↵ saves and goes on. */
export function HeldPage() {
  const { state, set } = useListState();
  const shown = states.find((choice) => choice.value === state['state'])?.value ?? 'held';
  const kind = listKindOrder.find((code) => code === state['kind']);
  const importId = state['importId'];
  // several imports of one hand-in stand in the address with commas between
  const one = importId?.includes(',') === true ? undefined : importId;
  const [ofOne] = useImports(one === undefined ? [] : [one]);
  const file = ofOne?.data;
  const answer = useAnswer(listHeld, {
    state: shown,
    ...readPaging(state),
    ...(kind === undefined ? {} : { kind }),
    ...(importId === undefined ? {} : { importId }),
  });
  const setPage = useCallback(
    (page: number) => {
      set({ page });
    },
    [set],
  );
  const list = useTaskList<HeldAnswer>(answer.data, setPage, `${shown}.${kind ?? ''}.${importId ?? ''}`);
  useTaskKeys({ j: () => list.next?.(), k: () => list.back?.() });
  const extra = (
    <>
      {file === undefined ? null : <HeldExport file={file} />}
      {one === undefined ? (
        <GoButton to="/compare/imports">全部导入记录</GoButton>
      ) : (
        <GoButton to={`/compare/imports/${one}`}>回到这次导入</GoButton>
      )}
    </>
  );
  if (answer.data === undefined)
    return <Waiting title="待更正的行" error={answer.error} retry={() => void answer.refetch()} extra={extra} />;
  const { row } = list;
  return (
    <Page title="待更正的行" count={list.left} extra={extra}>
      <TaskBar list={list} unit="行">
        <Segmented
          value={shown}
          options={[...states]}
          onChange={(value) => {
            set({ state: value === 'held' ? undefined : value });
          }}
        />
        <FilterChoice
          name="kind"
          placeholder="全部名单"
          width={200}
          options={Object.entries(listKindWords).map(([value, label]) => ({ value, label }))}
        />
        {importId === undefined ? null : <GoButton to="/compare/held">看全部导入的</GoButton>}
      </TaskBar>
      {row === null ? (
        <Empty
          words={
            shown === 'held'
              ? '没有待更正的行。导入时不能接收的行会带着原因留在这里，更正后即可接收。'
              : '没有符合条件的行。'
          }
          action={
            shown === 'held' ? (
              <GoButton to="/compare" type="primary">
                去看比对发现
              </GoButton>
            ) : undefined
          }
        />
      ) : (
        <div className="cmp-task">
          <Block title={`${row.name === '' ? '（姓名为空）' : row.name}，第 ${count(row.row)} 行`}>
            <Alert type="warning" showIcon title={wordsOf(row.code)} description={row.reason} />
            {row.also.length === 0 ? null : (
              <p style={{ marginTop: 8 }}>
                <Status kind="warn" words={`同一行还有：${row.also.map(wordsOf).join('；')}`} />
              </p>
            )}
            <p className="cmp-quiet" style={{ margin: '8px 0' }}>
              {listKindWord(row.kind)} · {row.fileName}
            </p>
            <HeldFacts row={row} />
          </Block>
          <div className="cmp-decision">
            <Block title={row.state === 'held' ? '更正' : '已处理'}>
              {row.state === 'held' ? (
                <HeldForm key={row.id} row={row} onSettled={list.drop} />
              ) : (
                <Status
                  kind={row.state === 'accepted' ? 'ok' : 'quiet'}
                  words={row.state === 'accepted' ? '这一行已更正并接收。' : '这一行已确认不接收，不计入任何数字。'}
                />
              )}
            </Block>
          </div>
        </div>
      )}
    </Page>
  );
}

function HeldFacts({ row }: { row: HeldAnswer }) {
  const faulty = faultyKeys(row.code);
  return (
    <dl className="cmp-facts">
      {row.cells.map((cell) => (
        <div key={cell.key} className={faulty.includes(cell.key) ? 'cmp-faulty' : undefined}>
          <dt>
            {cell.label}
            {faulty.includes(cell.key) ? '（需核对）' : ''}
          </dt>
          <dd>{cell.value === '' ? <span className="cmp-quiet">（空）</span> : cell.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function wordsOf(code: string): string {
  const words: Readonly<Record<string, string>> = heldWords;
  return words[code] ?? code;
}
