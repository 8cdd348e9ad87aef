import { DatePicker, Input } from 'antd';
import type { KeyboardEvent } from 'react';
import dayjs from 'dayjs';
import { usePhone } from '#web/ui/phone.ts';

/** Enter takes the day that was typed and goes no further: the form around it is not sent half written. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

/** A field for a day; its value is `YYYY-MM-DD`. Also a field of an antd form. A phone opens its own picker of days. */
export function DayField({
  value,
  onChange,
  id,
  words,
  latest,
  earliest,
  allowClear = false,
  width = 200,
  alone = false,
}: {
  value?: string | null | undefined;
  onChange?: (day: string | undefined) => void;
  id?: string;
  words: string;
  latest?: string | undefined;
  earliest?: string | undefined;
  allowClear?: boolean;
  width?: number;
  /** Stands without a label, as among the filters of a list: the field itself says what day it asks for. */
  alone?: boolean;
}) {
  const phone = usePhone();
  const named = id === undefined ? {} : { id };
  if (phone) {
    return (
      <Input
        {...named}
        type="date"
        value={value ?? ''}
        aria-label={words}
        {...(alone ? { prefix: words } : {})}
        {...(earliest === undefined ? {} : { min: earliest })}
        {...(latest === undefined ? {} : { max: latest })}
        onKeyDown={keepEnter}
        onChange={(event) => {
          onChange?.(event.target.value === '' ? undefined : event.target.value);
        }}
      />
    );
  }
  // Around the picker, which acts on Enter only while nobody before it has.
  return (
    <span className="day-field" onKeyDown={keepEnter}>
      <DatePicker
        {...named}
        value={value === null || value === undefined || value === '' ? null : dayjs(value)}
        format="YYYY-MM-DD"
        allowClear={allowClear}
        aria-label={words}
        placeholder={alone ? words : '年-月-日'}
        style={{ width, maxWidth: '100%' }}
        {...(latest === undefined ? {} : { maxDate: dayjs(latest) })}
        {...(earliest === undefined ? {} : { minDate: dayjs(earliest) })}
        onChange={(day) => {
          onChange?.(Array.isArray(day) || day === null ? undefined : day.format('YYYY-MM-DD'));
        }}
      />
    </span>
  );
}
