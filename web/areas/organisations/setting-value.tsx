import { Input, InputNumber, Select, Space, Switch } from 'antd';
import { weekdayWords, type SettingKind } from '#domain/organisations/setting-kinds.ts';
import { settingItems } from '#domain/organisations/settings.ts';

/** What kind of value a setting has, so that it is shown and edited in its own form; `other` for one the catalogue does not name. */
export function kindOf(key: string): SettingKind | 'other' {
  return settingItems.find((item) => item.key === key)?.kind ?? 'other';
}

/** What is wrong with a proposed value, in words; null when it may be set. */
export function faultOf(key: string, value: unknown): string | null {
  const checked = settingItems.find((item) => item.key === key)?.check(value);
  return checked !== undefined && 'fault' in checked ? checked.fault : null;
}

/** A setting's value in words: `99 %`, `7 天`, `满 6 岁、未满 16 岁`. */
export function valueWords(key: string, value: unknown): string {
  const kind = kindOf(key);
  if (kind === 'ages')
    return `满 ${String(fieldOf(value, 'from') ?? '—')} 岁、未满 ${String(fieldOf(value, 'below') ?? '—')} 岁`;
  if (Array.isArray(value)) return value.length === 0 ? '没有' : value.join('、');
  if (kind === 'weekday' && typeof value === 'number') return weekdayWords(value);
  if (typeof value === 'number')
    return kind === 'percent' ? `${String(value)} %` : kind === 'days' ? `${String(value)} 天` : String(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return value === '' ? '空' : value;
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, part]) => `${name}：${String(part)}`)
      .join('；');
  return '未设置';
}

function fieldOf(value: unknown, name: string): number | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === 'number' ? found : null;
}

/** Edits a setting's value in its own form: number, days, percentage, ages, list of words; an object field by field. */
export function ValueEditor({
  settingKey,
  label,
  value,
  onChange,
}: {
  settingKey: string;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const kind = kindOf(settingKey);
  if (kind === 'words' || Array.isArray(value)) {
    const words = Array.isArray(value) ? value.map(String) : [];
    return (
      <Select
        mode="tags"
        aria-label={label}
        value={words}
        open={false}
        suffixIcon={null}
        maxCount={40}
        placeholder="写一个，按回车；可写多个"
        style={{ width: '100%' }}
        tokenSeparators={['、', '，', ',']}
        onChange={onChange}
      />
    );
  }
  if (kind === 'switch')
    return (
      <Switch
        aria-label={label}
        checked={value === true}
        checkedChildren="是"
        unCheckedChildren="否"
        onChange={onChange}
      />
    );
  if (kind === 'weekday')
    return (
      <Select
        aria-label={label}
        value={typeof value === 'number' ? value : null}
        options={[1, 2, 3, 4, 5, 6, 7]
          .filter((day) => faultOf(settingKey, day) === null)
          .map((day) => ({ value: day, label: weekdayWords(day) }))}
        onChange={onChange}
        style={{ width: 120 }}
      />
    );
  if (kind === 'time')
    return (
      <Input
        aria-label={label}
        value={typeof value === 'string' ? value : ''}
        placeholder="08:20"
        maxLength={5}
        style={{ width: 120 }}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    );
  if (kind === 'ages') {
    return (
      <Space wrap>
        满{' '}
        <Whole
          label="起始年龄"
          value={fieldOf(value, 'from')}
          onChange={(from) => {
            onChange({ from, below: fieldOf(value, 'below') });
          }}
        />{' '}
        岁，未满
        <Whole
          label="截止年龄"
          value={fieldOf(value, 'below')}
          onChange={(below) => {
            onChange({ from: fieldOf(value, 'from'), below });
          }}
        />{' '}
        岁
      </Space>
    );
  }
  if (typeof value === 'object' && value !== null) {
    return (
      <Space orientation="vertical">
        {Object.entries(value).map(([name, part]) => (
          <Space key={name}>
            {name}
            <Whole
              label={name}
              value={typeof part === 'number' ? part : null}
              onChange={(next) => {
                onChange({ ...value, [name]: next });
              }}
            />
          </Space>
        ))}
      </Space>
    );
  }
  return (
    <InputNumber
      aria-label={label}
      value={typeof value === 'number' ? value : null}
      suffix={kind === 'percent' ? '%' : kind === 'days' ? '天' : undefined}
      step={kind === 'percent' ? 0.1 : 1}
      {...(kind === 'percent' ? {} : { precision: 0 })}
      onChange={onChange}
      style={{ width: 180 }}
    />
  );
}

function Whole({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  return <InputNumber aria-label={label} value={value} precision={0} onChange={onChange} style={{ width: 88 }} />;
}
