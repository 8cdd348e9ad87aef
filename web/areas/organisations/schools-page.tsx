import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { listSchools } from '#contract/organisations.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { FilterText } from '#web/parts/filters.tsx';
import { List } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { SchoolDrawer } from './school-drawer.tsx';

/** The schools of the district with their size today. */
export function SchoolsPage() {
  const go = useGo();
  const { today } = useMe();
  const mayEdit = useMay('organisations.edit');
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title="学校"
      extra={
        mayEdit ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setAdding(true);
            }}
          >
            新增学校
          </Button>
        ) : null
      }
    >
      <List
        endpoint={listSchools}
        rowKey="id"
        onOpen={(row) => {
          go(`/schools/${row.id}`);
        }}
        filters={<FilterText placeholder="学校名称或标识码" />}
        columns={[
          { key: 'name', title: '学校', phone: true },
          { key: 'stage', title: '办学类型', phone: true },
          { key: 'code', title: '学校标识码' },
          { key: 'subdistrictName', title: '所在街道', phone: true },
          { key: 'classes', title: '班级', align: 'right' },
          { key: 'pupils', title: '学生', align: 'right', phone: true },
          { key: 'contact', title: '联系方式' },
          {
            key: 'toDate',
            title: '状态',
            render: (row) =>
              row.toDate !== null && row.toDate < today ? (
                <Status kind="quiet" words={`已停办（${row.toDate}）`} />
              ) : (
                <Status kind="ok" words="在办" />
              ),
          },
        ]}
        empty="没有符合条件的学校。导入学校名录，或点“新增学校”后，会列在这里。"
      />
      {adding && (
        <SchoolDrawer
          school={null}
          onClose={() => {
            setAdding(false);
          }}
          onSaved={(id) => {
            go(`/schools/${id}`);
          }}
        />
      )}
    </Page>
  );
}
