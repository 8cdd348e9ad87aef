import { Select, Tag } from 'antd';
import { exportRoster, listRoster, rosterFilters } from '#contract/enrolment.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { getSchool } from '#contract/organisations.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status, type StatusKind } from '#web/ui/status.tsx';

type Pupil = OutputOf<typeof listRoster>['rows'][number];

const presenceKind: Record<Pupil['presence'], StatusKind> = {
  present: 'ok',
  leave: 'wait',
  absent: 'bad',
  unknown: 'quiet',
};
const identityWords: Record<string, string> = { suspect: '号码待核对', conflict: '号码与他人重复', none: '无证件' };

const columns: readonly ListColumn<Pupil>[] = [
  { key: 'name', title: '姓名', phone: true },
  { key: 'sex', title: '性别', width: 60 },
  { key: 'birthDate', title: '出生日期', phone: true },
  {
    key: 'documentMask',
    title: '证件号码',
    render: (row) => (
      <>
        {row.documentMask === '' ? '—' : row.documentMask}
        {identityWords[row.identity] === undefined ? null : (
          <>
            {' '}
            <Status kind="warn" words={identityWords[row.identity]} />
          </>
        )}
      </>
    ),
  },
  { key: 'registryMask', title: '学籍号', extra: true },
  { key: 'schoolName', title: '学校' },
  { key: 'className', title: '年级与班级', phone: true, render: (row) => row.className ?? wordsOfGrade(row.grade) },
  {
    key: 'presence',
    title: '到校',
    phone: true,
    render: (row) => <Status kind={presenceKind[row.presence]} words={row.presenceWords} />,
  },
  {
    key: 'tags',
    title: '需要关注',
    render: (row) => (row.tags.length === 0 ? '—' : row.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)),
  },
];

/** Pupils on the rosters, by school, grade and class, with whether they came. */
export function RosterPage() {
  const go = useGo();
  const mayExport = useMay('export.lists');
  const { state } = useListState();
  return (
    <Page
      title="在校学生花名册"
      extra={state['schoolId'] === undefined ? null : <Go to={`/schools/${state['schoolId']}`}>学校档案</Go>}
    >
      <List
        endpoint={listRoster}
        columns={columns}
        rowKey={(row) => `${row.childId} ${row.schoolId}`}
        onOpen={(row) => {
          go(`/children/${row.childId}`);
        }}
        filters={<RosterFilters />}
        empty="名册上没有符合条件的学生。导入各校学籍名册后，学生会按学校、年级、班级列在这里。"
        {...(mayExport
          ? {
              exportUrl: (now: Record<string, string>) =>
                fileUrl(exportRoster, rosterFilters.safeParse(now).data ?? {}),
            }
          : {})}
      />
    </Page>
  );
}

function RosterFilters() {
  const { state, set } = useListState();
  const schoolId = state['schoolId'];
  const school = useAnswer(getSchool, { id: schoolId ?? '' }, { enabled: schoolId !== undefined });
  const classes = schoolId === undefined ? [] : (school.data?.classList ?? []);
  const grades =
    classes.length === 0
      ? [1, 2, 3, 4, 5, 6, 7, 8, 9]
      : [...new Set(classes.map((each) => each.grade))].sort((a, b) => a - b);
  const shown = classes.filter((each) => state['grade'] === undefined || String(each.grade) === state['grade']);
  return (
    <>
      <PickSchool
        value={schoolId}
        onChange={(id) => {
          set({ schoolId: id, classId: undefined });
        }}
      />
      <FilterChoice
        name="grade"
        placeholder="年级"
        width={110}
        options={grades.map((grade) => ({ value: String(grade), label: wordsOfGrade(grade) }))}
      />
      <Select
        allowClear
        aria-label="班级"
        placeholder={schoolId === undefined ? '班级（先选学校）' : '班级'}
        disabled={schoolId === undefined}
        loading={school.isFetching}
        style={{ width: 170 }}
        value={state['classId'] ?? null}
        options={shown.map((each) => ({ value: each.id, label: `${each.name}（${String(each.pupils)} 人）` }))}
        onChange={(id: string | null | undefined) => {
          set({ classId: id ?? undefined });
        }}
      />
      <FilterText placeholder="姓名、拼音首字母或号码" />
    </>
  );
}
