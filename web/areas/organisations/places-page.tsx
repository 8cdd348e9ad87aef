import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Skeleton, Table } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { listPlaces, type Place } from '#contract/organisations.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { PlaceDrawer } from './place-drawer.tsx';

type PlaceRow = z.output<typeof Place>;
/** A street with its communities, as the tree shows it. */
type Branch = PlaceRow & { children?: Branch[] };

/** Streets and their communities, with contacts and the people who answer for them. */
export function PlacesPage() {
  const answer = useAnswer(listPlaces, {});
  const { state, set } = useListState();
  const phone = usePhone();
  const { today } = useMe();
  const mayEdit = useMay('organisations.edit');
  const mayChildren = useMay('children.read');
  const [open, setOpen] = useState<{ place: PlaceRow | null; parent: string | null } | null>(null);
  const places = answer.data ?? [];
  const words = state['q'] ?? '';
  const branches = branchesOf(places, words);
  return (
    <Page
      title="街道与社区"
      {...(answer.data === undefined ? {} : { count: places.length })}
      extra={
        mayEdit ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setOpen({ place: null, parent: null });
            }}
          >
            新增街道或社区
          </Button>
        ) : null
      }
    >
      <Block
        extra={
          <Input.Search
            allowClear
            defaultValue={words}
            placeholder="名称、代码或人员"
            aria-label="名称、代码或人员"
            onSearch={(q) => {
              set({ q: q.trim() });
            }}
            style={{ width: 240, maxWidth: '100%' }}
          />
        }
      >
        {answer.isError && (
          <Alert
            type="error"
            showIcon
            title={answer.error.message}
            action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
          />
        )}
        {answer.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
        {answer.data !== undefined && branches.length === 0 && (
          <Empty
            words={
              words === ''
                ? '还没有街道。开区时按国家统计局区划代码建立，也可以在这里新增。'
                : `没有名称、代码或人员含“${words}”的街道、社区。`
            }
          />
        )}
        {branches.length > 0 && (
          <Table<Branch>
            key={words}
            size="small"
            rowKey="code"
            dataSource={branches}
            pagination={false}
            scroll={{ x: 'max-content' }}
            expandable={{ defaultExpandAllRows: words !== '' || branches.length === 1 }}
            columns={[
              {
                key: 'name',
                title: '名称',
                render: (_value, row) =>
                  mayChildren && row.kind === 'community' ? (
                    <Go to={`/households?view=list&community=${row.code}`}>{row.name}</Go>
                  ) : (
                    row.name
                  ),
              },
              ...(phone ? [] : [{ key: 'code', title: '代码', render: (_value: unknown, row: Branch) => row.code }]),
              {
                key: 'size',
                title: '社区数',
                align: 'right',
                render: (_value, row) =>
                  row.kind === 'subdistrict'
                    ? String(places.filter((place) => place.parentCode === row.code).length)
                    : '',
              },
              {
                key: 'workers',
                title: '负责人员',
                render: (_value, row) =>
                  row.workers.length === 0 ? <Status kind="warn" words="尚无人员" /> : row.workers.join('、'),
              },
              { key: 'contact', title: '联系方式', render: (_value, row) => row.contact ?? '—' },
              {
                key: 'toDate',
                title: '状态',
                render: (_value, row) =>
                  row.toDate !== null && row.toDate < today ? (
                    <Status kind="quiet" words={`已撤并（${row.toDate}）`} />
                  ) : (
                    <Status kind="ok" words="现行" />
                  ),
              },
              ...(mayEdit
                ? [
                    {
                      key: 'do',
                      title: '',
                      render: (_value: unknown, row: Branch) => (
                        <>
                          <Button
                            type="link"
                            icon={<EditOutlined />}
                            onClick={() => {
                              setOpen({ place: row, parent: row.parentCode });
                            }}
                          >
                            修改
                          </Button>
                          {row.kind === 'subdistrict' && (
                            <Button
                              type="link"
                              icon={<PlusOutlined />}
                              onClick={() => {
                                setOpen({ place: null, parent: row.code });
                              }}
                            >
                              加社区
                            </Button>
                          )}
                        </>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Block>
      {open !== null && (
        <PlaceDrawer
          place={open.place}
          parent={open.parent}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </Page>
  );
}

/** The tree of the places that match; a street stays when it or one of its communities does. */
function branchesOf(places: readonly PlaceRow[], words: string): Branch[] {
  const matches = (place: PlaceRow) =>
    words === '' ||
    place.name.includes(words) ||
    place.code.startsWith(words) ||
    place.workers.some((worker) => worker.includes(words));
  return places
    .filter((place) => place.kind === 'subdistrict')
    .flatMap((street) => {
      const all = places.filter((place) => place.parentCode === street.code);
      const shown = matches(street) ? all : all.filter(matches);
      if (!matches(street) && shown.length === 0) return [];
      return [{ ...street, ...(shown.length === 0 ? {} : { children: shown }) }];
    });
}
