import { Select } from 'antd';
import { bases, baseWords } from '#domain/comparison/cells.ts';
import { childTagWords } from '#domain/population/words.ts';
import { openGroups } from '#domain/statistics/groups.ts';
import { periodKinds } from '#domain/statistics/record.ts';
import { levelWords, periodKindWords } from '#domain/statistics/words.ts';
import { useMe } from '#web/api/me.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { FilterChoice } from '#web/parts/filters.tsx';
import { ListFilters } from '#web/parts/list-filters.tsx';
import { useListState } from '#web/parts/list-state.ts';
import { MomentField } from '#web/parts/moment-field.tsx';
import { PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import type { Asked } from './asked.ts';
import { VariantChoice } from './variant-choice.tsx';

const baseChoices = bases
  .filter((base) => base !== 'all')
  .map((base) => ({ value: base, label: `口径：${baseWords[base]}` }));

/** Period, level, area, key group and day, kept in the address; who reaches one unit alone is not asked for an area. */
export function FilterBar({ asked, moment }: { asked: Asked; moment: string | null }) {
  const { state, set } = useListState();
  const { today } = useMe();
  return (
    <div className="cockpit-filters" role="search" aria-label="驾驶舱筛选">
      <ListFilters state={state}>
        <Select
          style={{ width: 110 }}
          value={asked.period}
          aria-label="时段"
          options={periodKinds.map((kind) => ({ value: kind, label: `本${periodKindWords[kind]}` }))}
          onChange={(value: string) => {
            set({ period: value === 'year' ? undefined : value });
          }}
        />
        {asked.classId === null ? (
          <FilterChoice
            name="level"
            placeholder="学段"
            width={110}
            options={[
              { value: 'primary', label: levelWords.primary },
              { value: 'junior', label: levelWords.junior },
            ]}
          />
        ) : null}
        {asked.whole ? (
          <>
            <PickSubdistrict
              value={state['street']}
              placeholder="街道"
              onChange={(code) => {
                set({ street: code, schoolId: undefined });
              }}
            />
            <PickSchool
              value={state['schoolId']}
              placeholder="学校"
              onChange={(id) => {
                set({ schoolId: id, street: undefined });
              }}
            />
          </>
        ) : null}
        <FilterChoice
          name="group"
          placeholder="重点群体"
          width={140}
          options={openGroups.map((group) => ({ value: group, label: childTagWords[group] }))}
        />
        <DayField
          words="截至哪一天"
          value={asked.day ?? today}
          latest={today}
          width={140}
          onChange={(day) => {
            set({ day: day === today ? undefined : day });
          }}
        />
        <VariantChoice />
        {asked.classId === null ? (
          <FilterChoice name="base" placeholder="入学率口径" width={140} options={baseChoices} />
        ) : null}
        <MomentField
          value={asked.knownAt}
          now={moment?.replace('Z', '000Z') ?? null}
          onChange={(known) => {
            set({ knownAt: known });
          }}
        />
      </ListFilters>
    </div>
  );
}
