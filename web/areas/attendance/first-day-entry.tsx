import { Input, Select } from 'antd';
import { entryFault, usualWhereabouts } from '#domain/attendance/first-day.ts';
import { firstDayReasons, type FirstDayReason } from '#domain/attendance/record.ts';
import { firstDayReasonWords } from '#domain/attendance/words.ts';
import { whereaboutsCodes, type Whereabouts } from '#domain/dropout/record.ts';
import { whereaboutsWords } from '#domain/dropout/words.ts';

/** What is written of a pupil, before it is saved. */
export interface Typed {
  reason: FirstDayReason | null;
  reasonWords: string;
  whereabouts: Whereabouts | null;
  whereaboutsWords: string;
}

const reasons = firstDayReasons.map((value) => ({ value, label: firstDayReasonWords[value] }));
const places = whereaboutsCodes.map((value) => ({ value, label: whereaboutsWords[value] }));

/** Whether reason and whereabouts are both there, so that it can be saved. */
export function isReady(said: Typed): said is Typed & { reason: FirstDayReason; whereabouts: Whereabouts } {
  const { reason, whereabouts, reasonWords } = said;
  return reason !== null && whereabouts !== null && entryFault({ reason, whereabouts, reasonWords }) === null;
}

/** Reason and whereabouts of a pupil, each a choice with free words beside it. */
export function EntryFields({
  name,
  value,
  onChange,
}: {
  name: string;
  value: Typed;
  onChange: (said: Typed) => void;
}) {
  return (
    <div className="first-entry">
      <Select<FirstDayReason>
        virtual={false}
        aria-label={`${name}未到校的原因`}
        placeholder="原因"
        value={value.reason}
        options={reasons}
        onChange={(reason) => {
          onChange({ ...value, reason, whereabouts: value.whereabouts ?? usualWhereabouts(reason) });
        }}
      />
      <Input
        aria-label={`${name}未到校原因的说明`}
        placeholder={value.reason === 'other' ? '写明是什么原因' : '原因说明（可不填）'}
        {...(value.reason === 'other' && value.reasonWords.trim().length < 2 ? { status: 'warning' as const } : {})}
        maxLength={200}
        value={value.reasonWords}
        onChange={(event) => {
          onChange({ ...value, reasonWords: event.target.value });
        }}
      />
      <Select<Whereabouts>
        virtual={false}
        aria-label={`${name}的去向`}
        placeholder="去向"
        value={value.whereabouts}
        options={places}
        onChange={(whereabouts) => {
          onChange({ ...value, whereabouts });
        }}
      />
      <Input
        aria-label={`${name}去向的说明`}
        placeholder="去向说明（可不填）"
        maxLength={200}
        value={value.whereaboutsWords}
        onChange={(event) => {
          onChange({ ...value, whereaboutsWords: event.target.value });
        }}
      />
    </div>
  );
}
