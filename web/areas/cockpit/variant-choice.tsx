import { Select } from 'antd';
import { courseFigures, formulas } from '#domain/statistics/formulas.ts';
import { useListState } from '#web/parts/list-state.ts';

const options = courseFigures
  .filter((id) => formulas[id].variants.length > 0)
  .map((id) => ({
    label: formulas[id].name,
    options: formulas[id].variants.map((one) => ({ value: `${id}.${one.id}`, label: one.words })),
  }));

/** One way of reckoning for each figure: a later choice of the same figure takes the place of the earlier. */
export function oneOfEach(chosen: readonly string[]): string[] {
  return [...new Map(chosen.map((one) => [one.split('.')[0], one])).values()];
}

/** The ways of reckoning of the rates, kept in the address; none chosen is the formula in force. */
export function VariantChoice() {
  const { state, set } = useListState();
  const value = (state['variants'] ?? '').split(',').filter((one) => one !== '');
  return (
    <Select
      mode="multiple"
      allowClear
      showSearch={false}
      maxTagCount={1}
      style={{ minWidth: 150, maxWidth: 240 }}
      popupMatchSelectWidth={320}
      value={value}
      placeholder="现行口径"
      aria-label="计算口径"
      options={options}
      onChange={(chosen: string[]) => {
        set({ variants: chosen.length === 0 ? undefined : oneOfEach(chosen).join(',') });
      }}
    />
  );
}
