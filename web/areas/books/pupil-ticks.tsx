import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { listRoster } from '#contract/enrolment.ts';
import { getSchool } from '#contract/organisations.ts';
import { useAnswer } from '#web/api/use.ts';

/** The classes of a school to choose from; its value is the id of one. A field of a form. */
export function ClassChoice({
  schoolId,
  value,
  onChange,
  id,
  allowClear = true,
}: {
  schoolId: string | undefined;
  value?: string | null | undefined;
  onChange?: (classId: string | undefined) => void;
  id?: string;
  allowClear?: boolean;
}) {
  const school = useAnswer(getSchool, { id: schoolId ?? '' }, { enabled: schoolId !== undefined });
  const latest = Math.max(0, ...(school.data?.classList ?? []).map((one) => one.schoolYear));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label="班级"
      placeholder={schoolId === undefined ? '请先选择学校' : '选择班级'}
      allowClear={allowClear}
      disabled={schoolId === undefined}
      loading={school.isFetching}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      options={(school.data?.classList ?? [])
        .filter((one) => one.schoolYear === latest)
        .map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next: string | null | undefined) => {
        onChange?.(next ?? undefined);
      }}
    />
  );
}

/** Ticks pupils of a class, or of one class after another; its value is their ids. A field of a form. */
export function PupilTicks({
  schoolId,
  classId,
  oneClass = false,
  value = [],
  onChange,
}: {
  schoolId: string | undefined;
  /** The class it is about; without it classes are chosen here. */
  classId?: string | undefined;
  /** It is about one class, which another field chooses. */
  oneClass?: boolean;
  value?: string[];
  onChange?: (ids: string[]) => void;
}) {
  const [chosen, setChosen] = useState<string>();
  const room = classId ?? (oneClass ? undefined : chosen);
  const roster = useAnswer(
    listRoster,
    { page: 1, size: 200, ...(room === undefined ? {} : { classId: room }) },
    { enabled: room !== undefined },
  );
  const rows = room === undefined ? [] : (roster.data?.rows ?? []);
  const here = rows.map((row) => row.childId);
  const elsewhere = value.filter((id) => !here.includes(id));
  const set = (ids: readonly string[]) => {
    onChange?.([...elsewhere, ...ids]);
  };
  return (
    <div className="books-ticks">
      {oneClass && room === undefined ? <span className="quiet">请先选择班级。</span> : null}
      {classId === undefined && !oneClass ? (
        <ClassChoice schoolId={schoolId} value={chosen} onChange={setChosen} />
      ) : null}
      {room === undefined ? null : (
        <>
          <div className="books-ticks-head">
            <span>
              本班 {rows.length} 人，共已选 {value.length} 人
            </span>
            <span>
              <Button
                size="small"
                onClick={() => {
                  set(here);
                }}
              >
                全选本班
              </Button>{' '}
              <Button
                size="small"
                onClick={() => {
                  set([]);
                }}
              >
                清空本班
              </Button>
            </span>
          </div>
          <Checkbox.Group
            className="books-ticks-list"
            value={value.filter((id) => here.includes(id))}
            options={rows.map((row) => ({ value: row.childId, label: row.name }))}
            onChange={set}
          />
        </>
      )}
    </div>
  );
}
