/** One choice of a short list, as buttons of thumb size. */
export function Choice<Value extends string>({
  label,
  values,
  words,
  value,
  onChange,
}: {
  label: string;
  values: readonly Value[];
  words: Readonly<Record<Value, string>>;
  value: Value | null;
  onChange: (value: Value) => void;
}) {
  return (
    <div className="field" role="group" aria-label={label}>
      <span>{label}</span>
      <div className="chips">
        {values.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={value === one}
            onClick={() => {
              onChange(one);
            }}
          >
            {words[one]}
          </button>
        ))}
      </div>
    </div>
  );
}

/** A field for a few words. */
export function Line({
  label,
  value,
  most = 40,
  onChange,
}: {
  label: string;
  value: string;
  most?: number;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input
        value={value}
        maxLength={most}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}

/** A field for some sentences. */
export function Text({
  label,
  value,
  most = 1000,
  onChange,
}: {
  label: string;
  value: string;
  most?: number;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <textarea
        value={value}
        maxLength={most}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}

/** A day as a field. */
export function DayInput({
  label,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="date"
        value={value}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
