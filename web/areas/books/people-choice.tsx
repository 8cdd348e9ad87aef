import { Checkbox, Select } from 'antd';
import { listRoster } from '#contract/enrolment.ts';
import { listSettings, listStaff } from '#contract/organisations.ts';
import { roleUnit } from '#domain/basics/roles.ts';
import { useAnswer } from '#web/api/use.ts';

/** The people of a school, to choose those whose letter was signed or who help. A field of a form. */
export function StaffChoice({
  schoolId,
  words,
  value = [],
  onChange,
  id,
}: {
  schoolId: string | undefined;
  words: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
}) {
  const staff = useAnswer(
    listStaff,
    { page: 1, size: 200, ...(schoolId === undefined ? {} : { unitId: schoolId }) },
    { enabled: schoolId !== undefined },
  );
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      aria-label={words}
      placeholder={schoolId === undefined ? '请先选择学校' : `选择${words}`}
      disabled={schoolId === undefined}
      loading={staff.isFetching}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      options={(staff.data?.rows ?? []).map((one) => ({
        value: one.id,
        label: `${one.name}（${one.posts
          .filter((post) => ['school', 'class'].includes(roleUnit[post.role]))
          .map((post) => `${post.unitName} ${post.roleName}`)
          .join('、')}）`,
      }))}
      onChange={onChange}
    />
  );
}

/** One pupil of a class. A field of a form whose value is a list of that one. */
export function PupilChoice({
  classId,
  value = [],
  onChange,
  id,
}: {
  classId: string | undefined;
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
}) {
  const roster = useAnswer(
    listRoster,
    { page: 1, size: 200, ...(classId === undefined ? {} : { classId }) },
    { enabled: classId !== undefined },
  );
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label="学生"
      placeholder={classId === undefined ? '请先选择班级' : '选择学生'}
      disabled={classId === undefined}
      loading={roster.isFetching}
      showSearch={{ optionFilterProp: 'label' }}
      value={value[0] ?? null}
      options={(roster.data?.rows ?? []).map((row) => ({ value: row.childId, label: row.name }))}
      onChange={(chosen: string | null) => {
        onChange?.(chosen === null ? [] : [chosen]);
      }}
    />
  );
}

/** The difficulties that the bureau names, to be ticked. A field of a form. */
export function DifficultyTicks({
  kept,
  value = [],
  onChange,
}: {
  /** Those of the record that is corrected, which the bureau may name no more. */
  kept: readonly string[];
  value?: string[];
  onChange?: (words: string[]) => void;
}) {
  const settings = useAnswer(listSettings, {});
  const set = (settings.data ?? []).find((row) => row.key === 'pairing.difficulties')?.value;
  const offered = Array.isArray(set) ? set.map(String) : [];
  return (
    <Checkbox.Group
      value={value}
      options={[...new Set([...offered, ...kept])]}
      onChange={(chosen) => {
        onChange?.(chosen.map(String));
      }}
    />
  );
}
