import { Select } from 'antd';
import { useState } from 'react';
import { listRoster } from '#contract/enrolment.ts';
import { useAnswer } from '#web/api/use.ts';

/** Picks a pupil on the rosters within reach by name or pinyin initials; the value is the child's id. Also a field of a form. */
export function PickPupil({
  value,
  onChange,
  id,
}: {
  value?: string | undefined;
  onChange?: (childId: string | undefined) => void;
  id?: string;
}) {
  const [q, setQ] = useState('');
  const answer = useAnswer(listRoster, { page: 1, size: 50, ...(q.trim() === '' ? {} : { q: q.trim() }) });
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label="学生"
      placeholder="输入姓名或拼音首字母"
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      loading={answer.isFetching}
      value={value ?? null}
      notFoundContent={answer.isFetching ? '正在查找' : '您所在的班级或学校没有这名学生'}
      options={(answer.data?.rows ?? []).map((row) => ({
        value: row.childId,
        label: `${row.name}（${row.className ?? row.schoolName}）`,
      }))}
      onChange={(next: string | null | undefined) => {
        onChange?.(next ?? undefined);
      }}
    />
  );
}
