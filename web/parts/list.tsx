import { useMemo, useState, type ReactNode } from 'react';
import { Alert, App, Button, Pagination, Table } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import type { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { exportList, listsAsOf, listsThatLeave } from '#contract/lists.ts';
import { Failure } from '#domain/basics/failure.ts';
import { fileUrl, saveFile } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Empty } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count } from '#web/ui/words.ts';
import { AsOfButton, AsOfLine, useThen, type AsOfKind } from './as-of.tsx';
import { ListCards } from './list-cards.tsx';
import { cellOf, type ListColumn } from './list-cell.ts';
import { ListChoice } from './list-choice.tsx';
import { ListFilters } from './list-filters.tsx';
import { useRowKeys } from './list-keys.ts';
import { useListState, type ListState } from './list-state.ts';
import { ListViews } from './list-views.tsx';
import { useFromPast } from './list-past.ts';
import { useKept } from './kept.ts';

export { useListState } from './list-state.ts';
export type { ListColumn } from './list-cell.ts';

/** A GET of the contract that answers a page of rows. */
export type ListEndpoint<Row> = Endpoint<
  z.ZodType,
  z.ZodType<{ rows: Row[]; total: number; page: number; size: number }>
>;

/** What a list needs. */
export interface ListProps<Row extends object> {
  endpoint: ListEndpoint<Row>;
  columns: readonly ListColumn<Row>[];
  /** One line of filters; they read and write the address through `useListState`. */
  filters?: ReactNode | ((state: ListState) => ReactNode);
  rowKey: (keyof Row & string) | ((row: Row) => string);
  onOpen?: (row: Row) => void;
  /** What stands there when nothing matches: what would appear and how to make it. */
  empty: ReactNode;
  /** Address of an export of its own; the lists of `listsThatLeave` need none. */
  exportUrl?: string | ((state: ListState) => string);
  title?: ReactNode;
  /** The bar shown when rows are chosen. */
  batch?: (chosen: Row[], clear: () => void) => ReactNode;
  /** Input that is no filter of the user, such as the school of the page. */
  input?: ListState;
  /** The page asks for day and moment above the list. */
  asOfAbove?: boolean;
  /** Asked instead of the filters as they stand in the address, where they read differently there. */
  asked?: ListState;
}

/**
 * A list: server-side pages, filters in the address, saved views, column choice, J / K / ↵, cards on a phone, export.
 * Shows rows of the last page while the next one loads; a fault is shown with a button to try again.
 */
export function List<Row extends object>({
  endpoint,
  columns,
  filters,
  rowKey,
  onOpen: opens,
  empty,
  exportUrl,
  title,
  batch,
  input,
  asOfAbove = false,
  asked,
}: ListProps<Row>) {
  const { state, set } = useListState();
  const phone = usePhone();
  const { message } = App.useApp();
  const [hidden, setHidden] = useKept<string[]>(
    `columns.${endpoint.name}`,
    columns.filter((column) => column.extra === true).map((column) => column.key),
  );
  const [chosen, setChosen] = useState<Row[]>([]);
  const [saving, setSaving] = useState(false);
  const [asOfOpen, setAsOfOpen] = useState(false);
  const asOf = listsAsOf[endpoint.name];
  const past = useThen(asOf) !== null && asOf !== undefined;
  const { onOpen, carryOn } = useFromPast(endpoint, opens);
  const acts = past ? undefined : batch;
  const page = Number(state['page'] ?? '1') || 1;
  const size = Number(state['size'] ?? '50') || 50;
  const answer = useAnswer(endpoint, { ...(asked ?? state), ...input, page, size });
  const rows = useMemo(() => answer.data?.rows ?? [], [answer.data]);
  const total = answer.data?.total ?? 0;
  const keyOf = (row: Row) => (typeof rowKey === 'function' ? rowKey(row) : String(row[rowKey]));
  const active = useRowKeys(
    rows.length,
    onOpen
      ? (index) => {
          const row = rows[index];
          if (row) onOpen(row);
        }
      : undefined,
  );
  const shown = columns.filter((column) => !hidden.includes(column.key));
  const clear = () => {
    setChosen([]);
  };
  const save = async (url: string) => {
    setSaving(true);
    try {
      await saveFile(url);
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有导出，请稍后再试。', 6);
    } finally {
      setSaving(false);
    }
  };
  const mayExport = useMay('export.lists') && listsThatLeave.includes(endpoint.name);
  const own = typeof exportUrl === 'function' ? exportUrl(state) : exportUrl;
  const { page: _page, size: _size, ...filtered } = { ...(asked ?? state), ...input };
  const url = own ?? (mayExport ? fileUrl(exportList, { ...filtered, list: endpoint.name }) : undefined);
  const waiting = answer.isPending;
  return (
    <section className="block list" aria-busy={answer.isFetching} onClickCapture={carryOn}>
      {title === undefined ? null : (
        <header className="block-head">
          <h2>{title}</h2>
        </header>
      )}
      <div className="list-bar">
        <ListFilters state={asOf === undefined ? state : withoutPair(state, asOf)}>
          {typeof filters === 'function' ? filters(state) : filters}
        </ListFilters>
        <div className="list-tools">
          <span className="list-total" role="status">
            {waiting ? '正在读取' : `共 ${count(total)} 条`}
          </span>
          {asOf === undefined || asOfAbove ? null : <AsOfButton kind={asOf} open={asOfOpen} onOpen={setAsOfOpen} />}
          <ListViews name={endpoint.name} state={state} set={set} />
          {phone ? null : <ListChoice columns={columns} hidden={hidden} setHidden={setHidden} />}
          {url === undefined ? null : (
            <Button icon={<DownloadOutlined />} loading={saving} onClick={() => void save(url)}>
              导出
            </Button>
          )}
        </div>
      </div>
      {asOf === undefined || asOfAbove ? null : <AsOfLine kind={asOf} open={asOfOpen} onOpen={setAsOfOpen} />}
      {acts && chosen.length > 0 ? (
        <div className="list-batch">
          <span>已选 {count(chosen.length)} 条</span>
          {acts(chosen, clear)}
          <Button type="link" onClick={clear}>
            取消选择
          </Button>
        </div>
      ) : null}
      {answer.isError ? (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      ) : null}
      {waiting ? <ListWaiting /> : null}
      {!waiting && rows.length === 0 && !answer.isError ? (
        <div className="list-empty">{typeof empty === 'string' ? <Empty words={empty} /> : empty}</div>
      ) : null}
      {rows.length > 0 && phone ? <ListCards rows={rows} columns={shown} keyOf={keyOf} onOpen={onOpen} /> : null}
      {rows.length > 0 && !phone ? (
        <Table<Row>
          size="small"
          className={answer.isPlaceholderData ? 'list-table list-stale' : 'list-table'}
          rowKey={keyOf}
          dataSource={rows}
          pagination={false}
          // a row's own field `children` is no rows below it
          expandable={{ childrenColumnName: 'rowsBelow' }}
          scroll={{ x: 'max-content' }}
          columns={shown.map((column) => ({
            key: column.key,
            title: column.title,
            ...(column.width === undefined ? {} : { width: column.width }),
            ...(column.align === undefined ? {} : { align: column.align }),
            ...(column.sort === undefined
              ? {}
              : {
                  sorter: true,
                  sortOrder: state['sort'] === column.sort ? ('ascend' as const) : null,
                  sortDirections: ['ascend' as const],
                }),
            render: (_value: unknown, row: Row) => cellOf(column, row),
          }))}
          onChange={(_pages, _filters, sorter) => {
            const one = Array.isArray(sorter) ? sorter[0] : sorter;
            const column = columns.find((candidate) => candidate.key === one?.columnKey);
            set({ sort: one?.order ? column?.sort : undefined });
          }}
          onRow={(_row, index) => ({
            className: `${onOpen ? 'row-opens' : ''} ${index === active ? 'row-active' : ''}`,
            ...(index === active ? { 'aria-current': 'true' as const } : {}),
            onClick: (event) => {
              // a click on a control inside the row is for the control; selected text is being copied
              if (event.target instanceof Element && event.target.closest('a,button,input,label,.ant-checkbox-wrapper'))
                return;
              if (window.getSelection()?.toString()) return;
              if (index !== undefined && onOpen && rows[index]) onOpen(rows[index]);
            },
          })}
          {...(acts
            ? {
                rowSelection: {
                  selectedRowKeys: chosen.map(keyOf),
                  onChange: (_keys: unknown, picked: Row[]) => {
                    setChosen(picked);
                  },
                },
              }
            : {})}
        />
      ) : null}
      {total > size || page > 1 ? (
        <Pagination
          className="list-pages"
          current={page}
          pageSize={size}
          total={total}
          showSizeChanger={!phone}
          simple={phone}
          pageSizeOptions={[20, 50, 100, 200]}
          onChange={(nextPage, nextSize) => {
            setChosen([]);
            set({ page: nextSize === size ? nextPage : 1, size: nextSize === 50 ? undefined : nextSize });
          }}
        />
      ) : null}
      {onOpen && !phone && rows.length > 0 ? <p className="list-keys quiet">按 J、K 上下移动，按 ↵ 打开。</p> : null}
    </section>
  );
}

/** The filters without the pair, which has a line of its own. */
function withoutPair({ knownAt: _knownAt, ...rest }: ListState, kind: AsOfKind): ListState {
  const { day: _day, ...without } = rest;
  return kind === 'pair' ? without : rest;
}

function ListWaiting() {
  return (
    <div className="list-waiting" aria-hidden>
      {Array.from({ length: 10 }, (_unused, index) => (
        <div key={index} className="list-waiting-row" />
      ))}
    </div>
  );
}
