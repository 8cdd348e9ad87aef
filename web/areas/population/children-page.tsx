import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { childFilters, exportChildren, listChildren } from '#contract/population.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { offThen, useThen } from '#web/parts/as-of.tsx';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickCommunity, PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import type { OutputOf } from '#contract/endpoint.ts';
import { ToldBefore } from './told-before.tsx';
import {
  baseChoices,
  gradeChoices,
  standingChoices,
  standingKind,
  standingWords,
  tagChoices,
} from './population-words.ts';

type ChildRow = OutputOf<typeof listChildren>['rows'][number];

/** Columns of a list of children, also used inside a household. */
const childColumns: readonly ListColumn<ChildRow>[] = [
  { key: 'name', title: '姓名', sort: 'name', phone: true, render: (row) => row.name },
  { key: 'sex', title: '性别', width: 60 },
  { key: 'birthDate', title: '出生日期', sort: 'birth', phone: true },
  { key: 'documentMask', title: '证件号码', render: (row) => (row.documentMask === '' ? '无证件' : row.documentMask) },
  {
    key: 'standing',
    title: '现状',
    phone: true,
    render: (row) => <Status kind={standingKind[row.standing]} words={standingWords[row.standing]} />,
  },
  {
    key: 'schoolName',
    title: '学校与班级',
    phone: true,
    render: (row) => [row.schoolName, row.className].filter((part) => part !== null).join(' ') || '—',
  },
  {
    key: 'communityName',
    title: '街道与社区',
    render: (row) => [row.subdistrictName, row.communityName].filter((part) => part !== null).join(' ') || '—',
  },
  { key: 'studyStatus', title: '自述就读状态', extra: true },
  {
    key: 'tags',
    title: '需要关注',
    render: (row) => (row.tags.length === 0 ? '—' : row.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)),
  },
  {
    key: 'openFindings',
    title: '待核实',
    phone: true,
    align: 'right',
    render: (row) => (row.openFindings === 0 ? '—' : `${String(row.openFindings)} 条`),
  },
];

/** The list of school-age children with its filters in the address. */
export function ChildrenPage() {
  const go = useGo();
  const mayExport = useMay('export.lists');
  const maySurvey = useMay('survey.record');
  const then = useThen();
  return (
    <Page
      title="适龄儿童少年"
      extra={
        maySurvey ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            {...offThen(then)}
            onClick={() => {
              go('/survey');
            }}
          >
            登记入户
          </Button>
        ) : null
      }
    >
      <ToldBefore />
      <List
        endpoint={listChildren}
        columns={childColumns}
        rowKey="id"
        onOpen={(row) => {
          go(`/children/${row.id}`);
        }}
        filters={<ChildFilters />}
        empty="没有符合条件的孩子。导入适龄儿童少年信息档案、学籍名册，或入户摸底登记后，会列在这里；如已设筛选条件，请放宽后再看。"
        {...(mayExport
          ? {
              exportUrl: (state: Record<string, string>) =>
                fileUrl(exportChildren, childFilters.safeParse(state).data ?? {}),
            }
          : {})}
      />
    </Page>
  );
}

function ChildFilters() {
  const { state, set } = useListState();
  return (
    <>
      <FilterText placeholder="姓名、拼音首字母或号码" />
      <PickSubdistrict
        value={state['subdistrict']}
        width={150}
        onChange={(subdistrict) => {
          set({ subdistrict, community: undefined });
        }}
      />
      <PickCommunity
        value={state['community']}
        subdistrict={state['subdistrict']}
        width={170}
        onChange={(community) => {
          set({ community });
        }}
      />
      <PickSchool
        value={state['schoolId']}
        onChange={(schoolId) => {
          set({ schoolId, classId: undefined });
        }}
      />
      <FilterChoice name="grade" placeholder="年级" options={gradeChoices} width={110} />
      <FilterChoice name="standing" placeholder="现状" options={standingChoices} width={170} />
      <FilterChoice name="tag" placeholder="需要关注" options={tagChoices} width={140} />
      <FilterChoice name="base" placeholder="入学率口径" options={baseChoices} width={130} />
    </>
  );
}
