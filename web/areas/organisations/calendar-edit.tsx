import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Flex, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { listSettings, setSetting, type listCalendar } from '#contract/organisations.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { schoolYearWords } from '#domain/basics/school-year.ts';
import { SchoolCalendar } from '#domain/organisations/record.ts';
import { calendarKey, checkCalendar } from '#domain/organisations/settings.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { usePhone } from '#web/ui/phone.ts';

type Calendar = OutputOf<typeof listCalendar>;
type Change = SchoolCalendar['changes'][number];

const changeKinds: { value: Change['kind']; label: string }[] = [
  { value: 'noSchool', label: '学生不到校' },
  { value: 'school', label: '学生到校' },
  { value: 'holiday', label: '放假（所有人）' },
  { value: 'workday', label: '上班上课（所有人）' },
];

/** Changes the terms and single days of a school year; starts from what the bureau set before, else from the terms that hold. */
export function CalendarEdit({ calendar, onClose }: { calendar: Calendar; onClose: () => void }) {
  const phone = usePhone();
  const settings = useAnswer(listSettings, {});
  const stored = settings.data?.find((row) => row.key === calendarKey(calendar.schoolYear));
  const parsed = SchoolCalendar.safeParse(stored?.value);
  const start: SchoolCalendar | null = parsed.success
    ? parsed.data
    : calendar.days.some((day) => day.kind === 'changed')
      ? null
      : { terms: calendar.terms, changes: [] };
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 560}
      title={`修改校历：${schoolYearWords(calendar.schoolYear)}`}
    >
      {settings.isError && <Alert type="error" showIcon title={settings.error.message} />}
      {settings.isPending && <Skeleton active />}
      {settings.data !== undefined && start === null && (
        <Alert
          type="warning"
          showIcon
          title="读不到本学年已有的逐日调整，为免丢失，暂不能在这里修改。请联系系统管理员。"
        />
      )}
      {settings.data !== undefined && start !== null && (
        <EditForm schoolYear={calendar.schoolYear} start={start} onClose={onClose} />
      )}
    </Drawer>
  );
}

function EditForm({ schoolYear, start, onClose }: { schoolYear: number; start: SchoolCalendar; onClose: () => void }) {
  const { today } = useMe();
  const [terms, setTerms] = useState(start.terms);
  const [changes, setChanges] = useState<Change[]>(start.changes);
  const [reason, setReason] = useState('');
  const { send, sending } = useSend(setSetting, {
    done: '校历已修改。',
    refresh: ['organisations', 'statistics', 'comparison'],
  });
  const checked = checkCalendar(schoolYear, { terms, changes });
  const setTerm = (at: number, part: Partial<SchoolCalendar['terms'][number]>) => {
    setTerms(terms.map((term, index) => (index === at ? { ...term, ...part } : term)));
  };
  const setChange = (at: number, part: Partial<Change>) => {
    setChanges(changes.map((change, index) => (index === at ? { ...change, ...part } : change)));
  };
  async function save() {
    if (!('value' in checked)) return;
    await send({ key: calendarKey(schoolYear), value: checked.value, fromDate: today, reason });
    onClose();
  }
  return (
    <Flex vertical gap={12}>
      <h3>学期</h3>
      {terms.map((term, index) => (
        <Flex key={index} gap={8} wrap align="center">
          <Input
            aria-label={`第 ${String(index + 1)} 个学期的名称`}
            value={term.name}
            maxLength={20}
            onChange={(event) => {
              setTerm(index, { name: event.target.value });
            }}
            style={{ width: 120 }}
          />
          <DayField
            words={`${term.name}开始`}
            value={term.from}
            onChange={(day) => {
              setTerm(index, { from: day ?? '' });
            }}
            width={150}
          />
          至
          <DayField
            words={`${term.name}结束`}
            value={term.to}
            onChange={(day) => {
              setTerm(index, { to: day ?? '' });
            }}
            width={150}
          />
        </Flex>
      ))}
      <h3>逐日调整</h3>
      {changes.length === 0 && <p className="quiet">没有调整。遇停课、调课或国务院放假安排有变，在这里写明。</p>}
      {changes.map((change, index) => (
        <Flex key={index} gap={8} wrap align="center">
          <DayField
            words={`第 ${String(index + 1)} 项的日期`}
            value={change.day}
            onChange={(day) => {
              setChange(index, { day: day ?? '' });
            }}
            width={150}
          />
          <Select
            aria-label={`第 ${String(index + 1)} 项的种类`}
            value={change.kind}
            options={changeKinds}
            onChange={(kind) => {
              setChange(index, { kind });
            }}
            style={{ width: 170 }}
          />
          <Input
            aria-label={`第 ${String(index + 1)} 项的说明`}
            value={change.words}
            maxLength={40}
            placeholder="说明，例如：运动会"
            onChange={(event) => {
              setChange(index, { words: event.target.value });
            }}
            style={{ flex: 1, minWidth: 140 }}
          />
          <Button
            icon={<DeleteOutlined />}
            aria-label={`删除第 ${String(index + 1)} 项`}
            onClick={() => {
              setChanges(changes.filter((_unused, at) => at !== index));
            }}
          />
        </Flex>
      ))}
      <div>
        <Button
          icon={<PlusOutlined />}
          onClick={() => {
            setChanges([...changes, { day: today, kind: 'noSchool', words: '' }]);
          }}
        >
          添加一天
        </Button>
      </div>
      <label>
        依据
        <Input.TextArea
          rows={2}
          maxLength={200}
          value={reason}
          placeholder="文件名称和文号"
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </label>
      {'fault' in checked && <Alert type="warning" showIcon title={checked.fault} />}
      <Flex gap={8} justify="flex-end">
        <Button onClick={onClose}>返回</Button>
        <Button
          type="primary"
          loading={sending}
          disabled={'fault' in checked || reason.trim().length < 2}
          onClick={() => void save()}
        >
          保存校历
        </Button>
      </Flex>
    </Flex>
  );
}
