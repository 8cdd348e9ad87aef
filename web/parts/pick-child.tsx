import { Select } from 'antd';
import { useState } from 'react';
import { getChild, listChildren } from '#contract/population.ts';
import { useAnswer } from '#web/api/use.ts';

interface Named {
  id: string;
  name: string;
  sex: string | null;
  schoolName: string | null;
  className: string | null;
  communityName: string | null;
}

const choiceOf = (row: Named) => ({
  value: row.id,
  label: [row.name, row.sex, row.schoolName, row.className ?? row.communityName].filter(Boolean).join(' · '),
});

/** Picks a child within reach by name or pinyin initials; one who is given from elsewhere is shown by name as well. */
export function PickChild({
  value,
  onChange,
  width = '100%',
}: {
  value?: string | undefined;
  onChange: (childId: string | undefined) => void;
  width?: number | string;
}) {
  const [q, setQ] = useState('');
  const [picked, setPicked] = useState<string>();
  const asked = q.trim();
  const given = value !== undefined && value !== picked;
  const named = useAnswer(getChild, { id: value ?? '' }, { enabled: given });
  const answer = useAnswer(listChildren, { page: 1, size: 20, q: asked }, { enabled: asked !== '' });
  return (
    <Select
      aria-label="学生"
      placeholder="输入姓名或拼音首字母"
      style={{ width, maxWidth: '100%' }}
      size="large"
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={answer.isFetching}
      value={given && named.data === undefined ? null : (value ?? null)}
      notFoundContent={
        asked === '' ? '输入姓名或拼音首字母查找' : answer.isFetching ? '正在查找' : '您所在的单位没有这个孩子'
      }
      options={
        asked !== '' ? (answer.data?.rows ?? []).map(choiceOf) : given && named.data ? [choiceOf(named.data)] : []
      }
      onChange={(next: string | null | undefined) => {
        setPicked(next ?? undefined);
        onChange(next ?? undefined);
      }}
    />
  );
}
