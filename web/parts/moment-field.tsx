import { useState } from 'react';
import { Alert, Button, DatePicker, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { addCalendarDays, sundayOf } from '#domain/basics/calendar.ts';
import { useMe } from '#web/api/me.ts';
import { chinaClock, momentOfClock, momentRead } from '#web/ui/moment.ts';
import { usePhone } from '#web/ui/phone.ts';

const label = '获知时刻';
const meaning = '只按这一刻（北京时间）以前登记的情况统计；以后登记的更正不改变这里的数字。';

/** Moments that people mean most: the beginning of a day, a week or a month. */
function presetsOf(today: string) {
  const monday = addCalendarDays(sundayOf(today), -6);
  return [
    { label: '今天 0 点', day: today },
    { label: '昨天 0 点', day: addCalendarDays(today, -1) },
    { label: '本周一 0 点', day: monday },
    { label: '上周一 0 点', day: addCalendarDays(monday, -7) },
    { label: '本月 1 日 0 点', day: `${today.slice(0, 7)}-01` },
  ].map((one) => ({ label: one.label, value: dayjs(`${one.day} 00:00`) }));
}

/**
 * 获知时刻: by which moment something must have been entered to count; nothing chosen means now. Picked by the clock in China and kept to
 * the microsecond, so that a moment that a book prints can be pasted. `now` is the moment that is shown, to hold on to.
 */
export function MomentField({
  value,
  onChange,
  now = null,
  printed = false,
  back = true,
}: {
  value: string | null;
  onChange: (moment: string | undefined) => void;
  now?: string | null;
  /** Offers to paste the moment that stands at the end of a book. */
  printed?: boolean;
  /** Offers the way back to now; off where what stands around it does. */
  back?: boolean;
}) {
  const { today } = useMe();
  const phone = usePhone();
  const [pasting, setPasting] = useState(false);
  const clock = chinaClock(value).slice(0, 16);
  const pick = (text: string) => {
    onChange(momentOfClock(text) ?? undefined);
  };
  return (
    <span className="moment-field" title={meaning}>
      {phone ? (
        <label>
          <span>{value === null ? `${label}：现在（最新）。另选一刻：` : label}</span>
          <Input
            type="datetime-local"
            aria-label={label}
            value={clock.replace(' ', 'T')}
            max={`${today}T23:59`}
            onChange={(event) => {
              pick(event.target.value);
            }}
          />
        </label>
      ) : (
        <DatePicker
          aria-label={label}
          placeholder={`${label}：现在（最新）`}
          style={{ width: 210, maxWidth: '100%' }}
          format="YYYY-MM-DD HH:mm"
          showTime={{ format: 'HH:mm' }}
          showNow={false}
          allowClear
          presets={presetsOf(today)}
          maxDate={dayjs(`${today} 23:59:59`)}
          value={clock === '' ? null : dayjs(clock)}
          onChange={(picked) => {
            pick(Array.isArray(picked) || picked === null ? '' : picked.format('YYYY-MM-DD HH:mm'));
          }}
        />
      )}
      {value === null || !back ? null : (
        <Button
          onClick={() => {
            onChange(undefined);
          }}
        >
          回到现在
        </Button>
      )}
      {value === null && now !== null ? (
        <Button
          onClick={() => {
            onChange(now);
          }}
        >
          固定到现在已知
        </Button>
      ) : null}
      {printed && value === null ? (
        <Button
          type="link"
          onClick={() => {
            setPasting(true);
          }}
        >
          按册表所印的时刻
        </Button>
      ) : null}
      {pasting ? (
        <Printed
          onTake={onChange}
          onClose={() => {
            setPasting(false);
          }}
        />
      ) : null}
    </span>
  );
}

/** Takes the moment that a book or sheet prints at its end, so that the same book is made again to the byte. */
function Printed({ onTake, onClose }: { onTake: (moment: string) => void; onClose: () => void }) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const take = () => {
    const read = momentRead(text);
    setWrong(read === null);
    if (read === null) return;
    onTake(read);
    onClose();
  };
  return (
    <Modal open title="按册表所印的时刻" okText="按这一刻查看" cancelText="返回" onOk={take} onCancel={onClose}>
      <p>册表末页印有“获知时刻”。照样填在这里，看到的就是当时的那一份。</p>
      <Input
        autoFocus
        aria-label="册表所印的获知时刻"
        placeholder="照抄所印的一串，或填 2026-11-20 10:00"
        value={text}
        status={wrong ? 'error' : ''}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onPressEnter={take}
      />
      {wrong ? (
        <Alert
          type="warning"
          showIcon
          title="没有认出这一刻。请照册表末页所印的一串填写，或按“年-月-日 时:分”填写北京时间。"
        />
      ) : null}
    </Modal>
  );
}
