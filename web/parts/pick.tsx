import { Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { listPlaces, listSchools } from '#contract/organisations.ts';
import { call } from '#web/api/call.ts';

const hour = 3_600_000;

/** What a picker of a place or school needs; also works as a field of an antd form. */
export interface PickProps {
  /** Code of the place or id of the school. */
  value?: string | null | undefined;
  onChange?: (value: string | undefined) => void;
  placeholder?: string;
  allowClear?: boolean;
  disabled?: boolean;
  id?: string;
  width?: number | string;
}

function usePlaces() {
  return useQuery({ queryKey: ['organisations.listPlaces', {}], queryFn: () => call(listPlaces, {}), staleTime: hour });
}

interface Choice {
  value: string;
  label: string;
}

function Pick({
  choices,
  loading,
  props,
  words,
}: {
  choices: Choice[];
  loading: boolean;
  props: PickProps;
  words: string;
}) {
  const { value, onChange, placeholder = words, allowClear = true, disabled = false, id, width = 180 } = props;
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={allowClear}
      disabled={disabled}
      loading={loading}
      style={{ width, maxWidth: '100%' }}
      placeholder={placeholder}
      aria-label={placeholder}
      value={value ?? null}
      options={choices}
      notFoundContent={loading ? '正在读取' : '没有符合的单位'}
      onChange={(next: string | null | undefined) => {
        onChange?.(next ?? undefined);
      }}
    />
  );
}

/** Picks a street, one of `among` when given; the value is its 9-digit code. */
export function PickSubdistrict({ among, ...props }: PickProps & { among?: readonly string[] | undefined }) {
  const places = usePlaces();
  const choices = (places.data ?? [])
    .filter((place) => place.kind === 'subdistrict' && (among === undefined || among.includes(place.code)))
    .map((place) => ({ value: place.code, label: place.name }));
  return <Pick choices={choices} loading={places.isPending} props={props} words="街道" />;
}

/** Picks a community, of one street when `subdistrict` is given, of the streets `within` when given; the value is its 12-digit code. */
export function PickCommunity({
  subdistrict,
  within,
  ...props
}: PickProps & { subdistrict?: string | undefined; within?: readonly string[] | undefined }) {
  const places = usePlaces();
  const names = new Map((places.data ?? []).map((place) => [place.code, place.name]));
  const choices = (places.data ?? [])
    .filter(
      (place) =>
        place.kind === 'community' &&
        (within === undefined || within.includes(place.parentCode ?? '')) &&
        (subdistrict === undefined || subdistrict === '' || place.parentCode === subdistrict),
    )
    .map((place) => ({
      value: place.code,
      label: subdistrict ? place.name : `${place.name}（${names.get(place.parentCode ?? '') ?? '街道未知'}）`,
    }));
  return <Pick choices={choices} loading={places.isPending} props={props} words="社区" />;
}

async function allSchools() {
  const first = await call(listSchools, { page: 1, size: 200 });
  const rows = [...first.rows];
  for (let page = 2; rows.length < first.total && page <= 20; page += 1)
    rows.push(...(await call(listSchools, { page, size: 200 })).rows);
  return rows;
}

/** Picks a school, one of the streets `within` or the school named `or` when given; the value is its id. */
export function PickSchool({
  within,
  or,
  ...props
}: PickProps & { within?: readonly string[] | undefined; or?: string | null | undefined }) {
  const schools = useQuery({ queryKey: ['organisations.listSchools', 'all'], queryFn: allSchools, staleTime: hour });
  const choices = (schools.data ?? [])
    .filter((school) => within === undefined || within.includes(school.subdistrictCode ?? '') || school.name === or)
    .map((school) => ({ value: school.id, label: school.name }));
  return <Pick choices={choices} loading={schools.isPending} props={{ width: 220, ...props }} words="学校" />;
}
