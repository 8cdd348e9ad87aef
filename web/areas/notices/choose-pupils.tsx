import { Button, Input, Select, Table } from 'antd';
import { useState } from 'react';
import { listRoster } from '#contract/enrolment.ts';
import { getSchool } from '#contract/organisations.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { useAnswer } from '#web/api/use.ts';
import { PickSchool } from '#web/parts/pick.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';

/** A pupil chosen for a bulk issue. */
export interface ChosenPupil {
  childId: string;
  name: string;
  className: string;
}

type Pupil = OutputOf<typeof listRoster>['rows'][number];

function chosenFrom(row: Pupil): ChosenPupil {
  return { childId: row.childId, name: row.name, className: row.className ?? wordsOfGrade(row.grade) };
}

/** Picks pupils from the roster of a school, class by class; what was picked stays while another class is looked at. */
export function ChoosePupils({
  schoolId: fixed,
  chosen,
  onChange,
}: {
  /** The school, where only one will do. */
  schoolId: string | undefined;
  chosen: readonly ChosenPupil[];
  onChange: (chosen: ChosenPupil[]) => void;
}) {
  const phone = usePhone();
  const [picked, setPicked] = useState<string | undefined>(undefined);
  const [classId, setClassId] = useState<string | undefined>(undefined);
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const schoolId = fixed ?? picked;
  const school = useAnswer(getSchool, { id: schoolId ?? '' }, { enabled: schoolId !== undefined });
  const answer = useAnswer(
    listRoster,
    {
      page,
      size: 100,
      ...(schoolId === undefined ? {} : { schoolId }),
      ...(classId === undefined ? {} : { classId }),
      ...(q === '' ? {} : { q }),
    },
    { enabled: schoolId !== undefined },
  );
  const rows = answer.data?.rows ?? [];
  const here = new Set(rows.map((row) => row.childId));
  return (
    <>
      <div className="not-pick">
        {fixed === undefined ? (
          <PickSchool
            value={picked}
            onChange={(id) => {
              setPicked(id);
              setClassId(undefined);
              setPage(1);
            }}
          />
        ) : null}
        <Select
          allowClear
          aria-label="班级"
          placeholder="全部班级"
          className="not-pick-class"
          disabled={schoolId === undefined}
          loading={school.isFetching}
          value={classId ?? null}
          options={(school.data?.classList ?? []).map((one) => ({
            value: one.id,
            label: `${one.name}（${String(one.pupils)} 人）`,
          }))}
          onChange={(id: string | null | undefined) => {
            setClassId(id ?? undefined);
            setPage(1);
          }}
        />
        <Input.Search
          allowClear
          className="not-pick-text"
          placeholder="姓名或拼音首字母"
          aria-label="姓名或拼音首字母"
          onSearch={(words) => {
            setQ(words.trim());
            setPage(1);
          }}
        />
        <span className="quiet">已选 {count(chosen.length)} 人</span>
        {chosen.length > 0 ? (
          <Button
            type="link"
            onClick={() => {
              onChange([]);
            }}
          >
            全部取消
          </Button>
        ) : null}
      </div>
      <Table<Pupil>
        size="small"
        rowKey="childId"
        dataSource={rows}
        loading={answer.isFetching}
        scroll={{ y: 360 }}
        locale={{ emptyText: schoolId === undefined ? '请先选择学校' : '名册上没有符合条件的学生' }}
        pagination={{
          current: page,
          pageSize: 100,
          total: answer.data?.total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: setPage,
        }}
        rowSelection={{
          selectedRowKeys: chosen.map((one) => one.childId).filter((id) => here.has(id)),
          onChange: (_keys, picks) => {
            onChange([...chosen.filter((one) => !here.has(one.childId)), ...picks.map(chosenFrom)]);
          },
        }}
        columns={[
          { key: 'name', title: '姓名', dataIndex: 'name' },
          { key: 'class', title: '班级', render: (_value, row) => row.className ?? wordsOfGrade(row.grade) },
          ...(phone
            ? []
            : [
                {
                  key: 'presence',
                  title: '到校',
                  render: (_value: unknown, row: Pupil) => (
                    <Status kind={row.presence === 'absent' ? 'bad' : 'quiet'} words={row.presenceWords} />
                  ),
                },
              ]),
        ]}
      />
    </>
  );
}
