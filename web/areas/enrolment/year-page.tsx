import { Alert, App, Button, Segmented, Select, Table } from 'antd';
import { previewYear, runYear } from '#contract/enrolment-year.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Block, Empty, Next, Page } from '#web/ui/page.tsx';
import { changeRefreshes } from './change-words.ts';
import './enrolment.css';

type Preview = OutputOf<typeof previewYear>;

/** 年度升级与毕业: a school's year turned whole, with a preview of each pupil before it is done. */
export function YearPage() {
  const { state, set } = useListState();
  const me = useMe();
  const own = me.posts.find((post) => post.unitKind === 'school')?.unitId;
  const schoolId = state['school'] ?? own;
  const thisYear = Number(me.today.slice(0, 4));
  const year = Number(state['year'] ?? thisYear);
  const what = state['what'] === 'promotion' ? 'promotion' : 'leaving';
  return (
    <Page title="年度升级与毕业">
      <Block>
        <div className="enrol-pick">
          {own === undefined ? (
            <PickSchool
              value={schoolId}
              onChange={(id) => {
                set({ school: id });
              }}
            />
          ) : null}
          <Select
            aria-label="年份"
            style={{ width: 120 }}
            value={year}
            options={[thisYear - 1, thisYear, thisYear + 1].map((one) => ({ value: one, label: `${String(one)} 年` }))}
            onChange={(next) => {
              set({ year: String(next) });
            }}
          />
          <Segmented<string>
            aria-label="办理什么"
            value={what}
            options={[
              { value: 'leaving', label: '毕业离校（7 月 1 日）' },
              { value: 'promotion', label: '升级（9 月 1 日）' },
            ]}
            onChange={(next) => {
              set({ what: next });
            }}
          />
        </div>
      </Block>
      {schoolId === undefined ? (
        <Empty words="先选择学校，这里会预览每名学生的去向。" />
      ) : (
        <Turn asked={{ schoolId, schoolYear: year, what }} />
      )}
    </Page>
  );
}

function Turn({ asked }: { asked: { schoolId: string; schoolYear: number; what: 'leaving' | 'promotion' } }) {
  const { modal } = App.useApp();
  const answer = useAnswer(previewYear, asked);
  const { send, sending } = useSend(runYear, { done: '已办理。', refresh: changeRefreshes });
  if (answer.error !== null && !answer.isFetching)
    return (
      <Alert
        type="error"
        showIcon
        title={answer.error.message}
        action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
      />
    );
  const preview = answer.data;
  if (preview === undefined || answer.isPlaceholderData) return <Block>正在读取</Block>;
  const moving = preview.rows.filter((row) => row.individual === null).length;
  const individual = preview.rows.length - moving;
  const words =
    preview.doneOn === null ? (preview.why ?? `将办理 ${String(moving)} 名学生`) : `已于 ${preview.doneOn} 办理`;
  return (
    <>
      <Next
        words={individual === 0 ? words : `${words}；另有 ${String(individual)} 名须个别办理`}
        button={
          <Button
            type="primary"
            disabled={!preview.may}
            loading={sending}
            onClick={() => {
              modal.confirm({
                title: `${asked.what === 'leaving' ? '毕业离校' : '升级'}：${String(asked.schoolYear)} 年，${String(moving)} 名学生`,
                content: `自 ${preview.day} 起生效。每校每学年办理一次，办理后不能整体撤销。`,
                okText: '办理',
                cancelText: '返回',
                onOk: () => send({ ...asked, expected: moving }).catch(() => answer.refetch()),
              });
            }}
          >
            按预览办理
          </Button>
        }
      />
      <Groups preview={preview} />
      <Pupils preview={preview} />
    </>
  );
}

function Groups({ preview }: { preview: Preview }) {
  return (
    <Block title="按班预览">
      <Table
        size="small"
        rowKey={(row) => `${row.fromWords} ${row.toWords}`}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={preview.groups}
        columns={[
          { title: '原班级', dataIndex: 'fromWords' },
          { title: '去向', dataIndex: 'toWords' },
          { title: '人数', dataIndex: 'pupils', align: 'right' },
        ]}
        locale={{ emptyText: '没有需要办理的班级' }}
      />
    </Block>
  );
}

function Pupils({ preview }: { preview: Preview }) {
  return (
    <Block title="逐人预览">
      <Table
        size="small"
        rowKey="childId"
        pagination={{ pageSize: 50, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        dataSource={[...preview.rows].sort((a, b) => Number(b.individual !== null) - Number(a.individual !== null))}
        columns={[
          { title: '姓名', dataIndex: 'name' },
          { title: '原班级', dataIndex: 'fromWords' },
          { title: '去向', dataIndex: 'toWords' },
          ...(preview.rows.some((row) => row.individual !== null)
            ? [{ title: '须个别办理的原因', dataIndex: 'individual' }]
            : []),
        ]}
        locale={{ emptyText: '没有学生' }}
      />
    </Block>
  );
}
