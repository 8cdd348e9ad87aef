import { DatePicker } from 'antd';
import dayjs from 'dayjs';

/** A field for a day; its value is `YYYY-MM-DD`. Also a field of an antd form. */
export function DayField({
  value,
  onChange,
  id,
  words,
  latest,
  earliest,
  allowClear = false,
}: {
  value?: string | undefined;
  onChange?: (day: string | undefined) => void;
  id?: string;
  words: string;
  latest?: string;
  earliest?: string;
  allowClear?: boolean;
}) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      value={value === undefined || value === '' ? null : dayjs(value)}
      format="YYYY-MM-DD"
      allowClear={allowClear}
      aria-label={words}
      placeholder={words}
      style={{ width: '100%', maxWidth: 240 }}
      {...(latest === undefined ? {} : { maxDate: dayjs(latest) })}
      {...(earliest === undefined ? {} : { minDate: dayjs(earliest) })}
      onChange={(day) => {
        onChange?.(Array.isArray(day) || day === null ? undefined : day.format('YYYY-MM-DD'));
      }}
    />
  );
}
