import { emergencyKinds, referralParties, type EmergencyKind, type ReferralParty } from '#domain/dropout/record.ts';
import { emergencyKindWords, referralPartyWords } from '#domain/dropout/words.ts';
import { phoneDay, phoneNow } from '../clock.ts';

/** An emergency as it is being filled in; `policeAt` is a time of China, `YYYY-MM-DDTHH:mm`. */
export interface Emergency {
  kinds: readonly EmergencyKind[];
  reported: boolean;
  policeAt: string;
  receipt: string;
  parties: readonly ReferralParty[];
}

/** Nothing chosen yet. */
export const calm: Emergency = { kinds: [], reported: false, policeAt: '', receipt: '', parties: [] };

const parties = referralParties.filter((one) => one !== 'educationElsewhere');

/** What is missing before an emergency can be reported; null when nothing is. */
export function emergencyFault(value: Emergency, words: string): string | null {
  if (value.kinds.length === 0 || words.trim().length < 2) return '请选择情况，并写一句是怎么回事。';
  if (value.reported && value.policeAt === '') return '请填写报警的时间，或去掉“已经报警”。';
  return null;
}

/** The report to the police as the call wants it. */
export function policeOf({ reported, policeAt, receipt }: Emergency): { at: string; receipt: string } | null {
  return reported ? { at: `${policeAt.slice(0, 16)}:00+08:00`, receipt: receipt.trim() } : null;
}

/** What kind of emergency, the report to the police, and to whom it is passed on at once. */
export function EmergencyFields({ value, onChange }: { value: Emergency; onChange: (value: Emergency) => void }) {
  const set = (part: Partial<Emergency>) => {
    onChange({ ...value, ...part });
  };
  return (
    <>
      <Several
        label="情况"
        words="是什么情况（可多选）"
        of={emergencyKinds}
        named={emergencyKindWords}
        value={value.kinds}
        onChange={(kinds) => {
          set({ kinds });
        }}
      />
      <label className="card-row field">
        <span>已经报警</span>
        <input
          type="checkbox"
          checked={value.reported}
          onChange={(event) => {
            set({ reported: event.target.checked });
          }}
        />
      </label>
      {value.reported ? (
        <>
          <label>
            <span>报警时间</span>
            <input
              type="datetime-local"
              max={`${phoneDay(phoneNow())}T23:59`}
              value={value.policeAt}
              onChange={(event) => {
                set({ policeAt: event.target.value });
              }}
            />
          </label>
          <label>
            <span>报警回执号（没有可不填，以后补记）</span>
            <input
              value={value.receipt}
              maxLength={60}
              onChange={(event) => {
                set({ receipt: event.target.value });
              }}
            />
          </label>
        </>
      ) : null}
      <Several
        label="立即转给"
        words="立即转给哪些部门（可不选，限时答复，默认 24 小时）"
        of={parties}
        named={referralPartyWords}
        value={value.parties}
        onChange={(chosen) => {
          set({ parties: chosen });
        }}
      />
    </>
  );
}

/** Several of a short list, as buttons of thumb size. */
function Several<Value extends string>({
  label,
  words,
  of,
  named,
  value,
  onChange,
}: {
  label: string;
  words: string;
  of: readonly Value[];
  named: Readonly<Record<Value, string>>;
  value: readonly Value[];
  onChange: (value: readonly Value[]) => void;
}) {
  return (
    <div className="field" role="group" aria-label={label}>
      <span>{words}</span>
      <div className="chips">
        {of.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={value.includes(one)}
            onClick={() => {
              onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);
            }}
          >
            {named[one]}
          </button>
        ))}
      </div>
    </div>
  );
}
