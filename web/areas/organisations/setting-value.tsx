import { Flex, Input, InputNumber, Switch, Typography } from 'antd';

/** How a value is written in words: `99.0%`, `6`, `是`, or field by field. */
export function valueWords(value: unknown, asShare: boolean): string {
  if (value === null || value === undefined) return '未设置';
  if (typeof value === 'number') return asShare ? `${(value * 100).toFixed(1)}%` : String(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((part) => valueWords(part, asShare)).join('、');
  if (typeof value === 'object') return Object.entries(value).map(([key, part]) => `${fieldWord(key)}：${valueWords(part, asShare && isShare(part))}`).join('；');
  return '';
}

/** Whether a setting is a share between 0 and 1, written as a percentage: its name or its words speak of a rate. */
export function isShareSetting(row: { key: string; label: string; value: unknown }): boolean {
  const parts = typeof row.value === 'object' && row.value !== null ? Object.values(row.value) : [row.value];
  return /率|百分|比例/u.test(row.label) && parts.every((part) => typeof part !== 'number' || isShare(part));
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

const fieldWords: Record<string, string> = {
  from: '起', to: '止', below: '小于', above: '大于', min: '最低', max: '最高', days: '天数', weeks: '周数', hours: '小时', minutes: '分钟', months: '月数', years: '年数',
  name: '名称', target: '目标', warn: '预警', primary: '小学', junior: '初中', district: '全区', school: '学校', unit: '单位', start: '开始', end: '结束', count: '次数', value: '数值', enabled: '启用',
};

function fieldWord(key: string): string {
  return fieldWords[key] ?? key;
}

/** Edits a setting's value in its own kind: number, percentage, text, day, yes or no, and objects and lists field by field. */
export function ValueEditor({ value, onChange, asShare, label }: { value: unknown; onChange: (value: unknown) => void; asShare: boolean; label: string }) {
  if (typeof value === 'number') {
    return asShare
      ? <InputNumber aria-label={label} value={Math.round(value * 10_000) / 100} min={0} max={100} step={0.1} suffix="%" onChange={(next) => { onChange((next ?? 0) / 100); }} style={{ width: 200 }} />
      : <InputNumber aria-label={label} value={value} onChange={(next) => { onChange(next ?? 0); }} style={{ width: 200 }} />;
  }
  if (typeof value === 'boolean') return <Switch aria-label={label} checked={value} checkedChildren="是" unCheckedChildren="否" onChange={onChange} />;
  if (typeof value === 'string') {
    return <Input aria-label={label} type={/^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'text'} value={value} onChange={(event) => { onChange(event.target.value); }} />;
  }
  if (Array.isArray(value)) {
    return <Fields entries={value.map((part, index) => [String(index), part] as const)} labelOf={(key) => `第 ${String(Number(key) + 1)} 项`} asShare={asShare}
      onField={(key, next) => { onChange(value.map((part: unknown, index) => (String(index) === key ? next : part))); }} />;
  }
  if (typeof value === 'object' && value !== null) {
    return <Fields entries={Object.entries(value)} labelOf={fieldWord} asShare={asShare} onField={(key, next) => { onChange({ ...value, [key]: next }); }} />;
  }
  return <Input aria-label={label} value="" placeholder="未设置" onChange={(event) => { onChange(event.target.value); }} />;
}

function Fields({ entries, labelOf, onField, asShare }: {
  entries: readonly (readonly [string, unknown])[]; labelOf: (key: string) => string; onField: (key: string, value: unknown) => void; asShare: boolean;
}) {
  return (
    <Flex vertical gap={8} style={{ paddingLeft: 12, borderLeft: '2px solid #e5e7eb' }}>
      {entries.map(([key, part]) => (
        <div key={key}>
          <Typography.Text type="secondary">{labelOf(key)}</Typography.Text>
          <div><ValueEditor value={part} label={labelOf(key)} asShare={asShare && isShare(part)} onChange={(next) => { onField(key, next); }} /></div>
        </div>
      ))}
    </Flex>
  );
}
