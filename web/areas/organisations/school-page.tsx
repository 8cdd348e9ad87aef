import { EditOutlined } from '@ant-design/icons';
import { Button, Flex, Skeleton, Table, Tag } from 'antd';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { getSchool } from '#contract/organisations.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { schoolYearWords } from '#domain/basics/school-year.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { OwnValues } from '#web/parts/own-values.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty, Facts, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { CatchmentDrawer } from './catchment-drawer.tsx';
import { SchoolDrawer } from './school-drawer.tsx';

type School = OutputOf<typeof getSchool>;

/** One school: what it is, its classes, and the communities it serves. */
export function SchoolPage() {
  const params = useParams({ strict: false });
  const id = 'id' in params ? String(params.id) : '';
  const answer = useAnswer(getSchool, { id });
  if (answer.data === undefined) {
    return (
      <Page title="学校档案">
        {answer.error === null ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <Empty words={answer.error.message} action={<Go to="/schools">回到学校</Go>} />
        )}
      </Page>
    );
  }
  return <SchoolRecord school={answer.data} />;
}

function SchoolRecord({ school }: { school: School }) {
  const { today, posts } = useMe();
  const mayBooks = useMay('books.read');
  // other schools are open to look at, their own fields are not
  const holdsBooks = mayBooks && posts.some((post) => post.unitKind === 'district' || post.unitId === school.id);
  const mayEdit = useMay('organisations.edit');
  const mayRoster = useMay('roster.read');
  const mayStaff = useMay('staff.read');
  const [open, setOpen] = useState<'school' | 'catchment' | null>(null);
  const close = () => {
    setOpen(null);
  };
  const ended = school.toDate !== null && school.toDate < today;
  return (
    <Page
      title={
        <Flex component="span" align="center" gap={12} wrap>
          {school.name}
          <Status kind={ended ? 'quiet' : 'ok'} words={ended ? '已停办' : '在办'} />
        </Flex>
      }
      extra={
        <Flex gap={12} wrap align="center">
          {mayRoster && <Go to={`/roster?schoolId=${school.id}`}>花名册</Go>}
          {mayStaff && <Go to={`/staff?unitId=${school.id}`}>人员与岗位</Go>}
          {mayEdit && (
            <Button
              type="primary"
              icon={<EditOutlined />}
              onClick={() => {
                setOpen('school');
              }}
            >
              修改
            </Button>
          )}
        </Flex>
      }
    >
      <Block title="基本情况">
        <Facts
          items={[
            { label: '学校标识码', value: school.code },
            { label: '办学类型', value: school.stage },
            { label: '所在街道', value: school.subdistrictName },
            { label: '联系方式', value: school.contact },
            { label: '班级', value: count(school.classes) },
            { label: '在籍学生', value: count(school.pupils) },
            { label: '起始日期', value: school.fromDate },
            { label: '停办日期', value: school.toDate },
          ]}
        />
      </Block>
      {holdsBooks ? <OwnValues subject="school" id={school.id} /> : null}
      <Block
        title={`对口社区（${String(school.catchment.length)}）`}
        extra={
          mayEdit ? (
            <Button
              onClick={() => {
                setOpen('catchment');
              }}
            >
              划定对口社区
            </Button>
          ) : undefined
        }
      >
        {school.catchment.length === 0 ? (
          <p className="quiet">还没有划定对口社区。划定后，社区里未入学的孩子由这所学校会同社区核实。</p>
        ) : (
          <Flex gap={8} wrap>
            {school.catchment.map((place) => (
              <Tag key={place.code}>{place.name}</Tag>
            ))}
          </Flex>
        )}
      </Block>
      <Block title={`班级（${String(school.classList.length)}）`}>
        {school.classList.length === 0 && (
          <p className="quiet">还没有班级。导入这所学校的学籍名册后，班级会列在这里。</p>
        )}
        {school.classList.length > 0 && (
          <Table
            size="small"
            rowKey="id"
            dataSource={school.classList}
            pagination={false}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                key: 'name',
                title: '班级',
                render: (_value, row) =>
                  mayRoster ? <Go to={`/roster?schoolId=${school.id}&classId=${row.id}`}>{row.name}</Go> : row.name,
              },
              { key: 'grade', title: '年级', render: (_value, row) => wordsOfGrade(row.grade) },
              { key: 'pupils', title: '学生', align: 'right', render: (_value, row) => count(row.pupils) },
              { key: 'teacher', title: '班主任', render: (_value, row) => row.teacher ?? '尚未任命' },
              { key: 'schoolYear', title: '学年', render: (_value, row) => schoolYearWords(row.schoolYear) },
            ]}
          />
        )}
      </Block>
      {open === 'school' && <SchoolDrawer school={school} onClose={close} />}
      {open === 'catchment' && <CatchmentDrawer school={school} onClose={close} />}
    </Page>
  );
}
