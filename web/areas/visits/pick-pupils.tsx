import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { listRoster } from '#contract/enrolment.ts';
import { listSigns } from '#contract/risk.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';

const perPage = 200;
const most = 2000;

/** Picks pupils of a school by name, and takes in those who show signs of risk; its value is their ids. A field of a form. */
export function PickPupils({
  schoolId,
  value = [],
  onChange,
  id,
}: {
  schoolId: string | undefined;
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
}) {
  const { message } = App.useApp();
  const mayRisks = useMay('risks.read');
  const [q, setQ] = useState('');
  const [names, setNames] = useState<Record<string, string>>({});
  const [taking, setTaking] = useState(false);
  const asked = q.trim();
  const answer = useAnswer(
    listRoster,
    { page: 1, size: 50, ...(schoolId === undefined ? {} : { schoolId }), ...(asked === '' ? {} : { q: asked }) },
    { enabled: schoolId !== undefined },
  );
  const labelOf = (row: { name: string; className: string | null }) => `${row.name}（${row.className ?? '未分班'}）`;
  const found = (answer.data?.rows ?? []).map((row) => ({ value: row.childId, label: labelOf(row) }));
  const chosen = value
    .filter((one) => !found.some((option) => option.value === one))
    .map((one) => ({ value: one, label: names[one] ?? '已选学生' }));
  const keep = (ids: string[], labels: readonly { value: string; label: string }[]) => {
    setNames((before) => ({ ...before, ...Object.fromEntries(labels.map((one) => [one.value, one.label])) }));
    onChange?.(ids.slice(0, most));
  };
  const takeRisks = async () => {
    if (schoolId === undefined) return;
    setTaking(true);
    try {
      const rows: { value: string; label: string }[] = [];
      for (let page = 1; ; page += 1) {
        const part = await call(listSigns, { schoolId, page, size: perPage });
        rows.push(...part.rows.map((row) => ({ value: row.childId, label: labelOf(row) })));
        if (part.rows.length < perPage || rows.length >= most) break;
      }
      if (rows.length === 0) void message.info('这所学校现在没有预警中的学生。');
      else keep([...new Set([...value, ...rows.map((row) => row.value)])], rows);
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有取得预警名单，请稍后再试。', 6);
    } finally {
      setTaking(false);
    }
  };
  return (
    <div className="vis-pick">
      <Select
        {...(id === undefined ? {} : { id })}
        mode="multiple"
        aria-label="重点对象"
        placeholder={schoolId === undefined ? '请先选择学校' : '输入姓名或拼音首字母'}
        disabled={schoolId === undefined}
        showSearch={{ filterOption: false, onSearch: setQ }}
        maxTagCount={20}
        loading={answer.isFetching}
        notFoundContent={answer.isFetching ? '正在查找' : '这所学校没有这名学生'}
        value={value}
        options={[...found, ...chosen]}
        onChange={(ids: string[]) => {
          keep(ids, found);
        }}
      />
      {mayRisks ? (
        <Button loading={taking} disabled={schoolId === undefined} onClick={() => void takeRisks()}>
          加入预警中的学生
        </Button>
      ) : null}
    </div>
  );
}
