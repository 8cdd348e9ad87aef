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

/** A field for some sentences. */
export function Text({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label>
      <span>{label}</span>
      <textarea
        value={value}
        maxLength={1000}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
