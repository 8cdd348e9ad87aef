import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { getDesign, saveLayout } from '#contract/books-design.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { sheetIds, type LayoutColumns } from '#domain/books/record.ts';
import { sheetWords, standardLayout } from '#domain/books/words.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { Block, Empty, Page, Timeline } from '#web/ui/page.tsx';
import { OwnFields } from './own-fields.tsx';
import './books.css';

type Design = OutputOf<typeof getDesign>;

/** 编排栏目与自设字段: order, hide and add columns of a sheet; the layout is kept under a name, earlier ones can be put back. */
export function BooksDesignPage() {
  const { state, set } = useListState();
  const sheet = sheetIds.find((one) => one === state['sheet']) ?? 'roster';
  const answer = useAnswer(getDesign, { sheet });
  return (
    <Page title="编排栏目与自设字段" extra={<GoButton to={`/books?what=${sheet}`}>回到册表</GoButton>}>
      <div className="books-asked">
        <Select
          aria-label="表"
          value={sheet}
          style={{ width: 260, maxWidth: '100%' }}
          options={sheetIds.map((value) => ({ value, label: sheetWords[value] }))}
          onChange={(next) => {
            set({ sheet: next });
          }}
        />
      </div>
      {answer.data === undefined ? (
        answer.error === null ? (
          <Skeleton active paragraph={{ rows: 10 }} />
        ) : (
          <Empty words={answer.error.message} />
        )
      ) : (
        <Designer
          key={`${sheet} ${answer.data.layouts[0]?.id ?? ''} ${String(answer.data.columns.length)}`}
          sheet={sheet}
          design={answer.data}
        />
      )}
      <OwnFields />
    </Page>
  );
}

/** The columns as the layout in force has them, then those that it does not name. */
function startOf(design: Design): LayoutColumns {
  const layout = design.layouts[0]?.columns ?? design.columns.filter((one) => !one.own).map(({ id }) => ({ id, shown: true })); // prettier-ignore
  const known = layout.filter((one) => design.columns.some((column) => column.id === one.id));
  const rest = design.columns.filter((column) => !known.some((one) => one.id === column.id));
  return [...known, ...rest.map(({ id }) => ({ id, shown: false }))];
}

function Designer({ sheet, design }: { sheet: (typeof sheetIds)[number]; design: Design }) {
  const [columns, setColumns] = useState(() => startOf(design));
  const [name, setName] = useState(design.layouts[0]?.columns ? design.layouts[0].name : '');
  const { send, sending } = useSend(saveLayout, { done: '已启用，各校的表随之改变。' });
  const put = (wanted: LayoutColumns | null, as: string) =>
    void send({ sheet, name: as, columns: wanted }).catch(() => undefined);
  const move = (at: number, by: number) => {
    const next = [...columns];
    const [taken] = next.splice(at, 1);
    if (taken) next.splice(at + by, 0, taken);
    setColumns(next);
  };
  return (
    <div className="books-two">
      <Block title={`${design.title}的栏目`}>
        <ul className="books-columns">
          {columns.map((one, at) => {
            const column = design.columns.find((each) => each.id === one.id);
            const words = `${column?.group ? `${column.group}・` : ''}${column?.words ?? one.id}`;
            return (
              <li key={one.id}>
                <Checkbox
                  checked={one.shown}
                  onChange={(event) => {
                    setColumns(columns.map((each) => (each.id === one.id ? { ...each, shown: event.target.checked } : each))); // prettier-ignore
                  }}
                >
                  {words} {column?.own === true ? <Tag>自设</Tag> : null}
                </Checkbox>
                <span>
                  <Button
                    aria-label={`${words} 上移`}
                    icon={<ArrowUpOutlined />}
                    disabled={at === 0}
                    onClick={() => {
                      move(at, -1);
                    }}
                  />
                  <Button
                    aria-label={`${words} 下移`}
                    icon={<ArrowDownOutlined />}
                    disabled={at === columns.length - 1}
                    onClick={() => {
                      move(at, 1);
                    }}
                  />
                </span>
              </li>
            );
          })}
        </ul>
        <div className="books-asked">
          <Input
            aria-label="版式名称"
            placeholder="版式名称，如 2026 年秋季花名册"
            maxLength={30}
            style={{ width: 260, maxWidth: '100%' }}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
          <Button
            type="primary"
            size="large"
            loading={sending}
            disabled={name.trim() === ''}
            onClick={() => {
              put(columns, name.trim());
            }}
          >
            保存并启用
          </Button>
          <Button
            size="large"
            disabled={design.layouts[0]?.columns === null}
            onClick={() => {
              put(null, standardLayout);
            }}
          >
            恢复标准版式
          </Button>
        </div>
      </Block>
      <Block title="历次版式">
        {design.layouts.length === 1 ? (
          <Empty words="一直用标准版式。编排并保存后，每一版都留在这里。" />
        ) : (
          <Timeline
            items={design.layouts
              .filter((one) => one.madeAt !== null)
              .map((one, at) => ({
                at: one.madeAt ?? '',
                actor: one.madeName ?? '',
                words: (
                  <>
                    {one.name}
                    {at === 0 ? <Tag>现行</Tag> : null}
                    {at > 0 && one.columns !== null ? (
                      <Button
                        type="link"
                        onClick={() => {
                          put(one.columns, one.name);
                        }}
                      >
                        重新启用
                      </Button>
                    ) : null}
                  </>
                ),
              }))}
          />
        )}
      </Block>
    </div>
  );
}
