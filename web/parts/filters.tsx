import { useEffect, useState } from 'react';
import { Input, Select, Tag } from 'antd';
import { useListState } from './list-state.ts';

/** A search field of a list, kept in the address as `q`; acts on ↵ and on clearing. */
export function FilterText({ placeholder, name = 'q' }: { placeholder: string; name?: string }) {
  const { state, set } = useListState();
  const now = state[name] ?? '';
  const [text, setText] = useState(now);
  useEffect(() => {
    setText(now);
  }, [now]);
  return (
    <Input.Search
      className="filter-text"
      allowClear
      value={text}
      placeholder={placeholder}
      aria-label={placeholder}
      maxLength={60}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onSearch={(value) => {
        set({ [name]: value.trim() });
      }}
    />
  );
}

/** A choice of a list's filter, kept in the address under `name`. */
export function FilterChoice({
  name,
  placeholder,
  options,
  width = 140,
}: {
  name: string;
  placeholder: string;
  options: readonly { value: string; label: string }[];
  width?: number;
}) {
  const { state, set } = useListState();
  return (
    <Select
      allowClear
      // A long list is typed into; a short one opens without the keyboard of a phone.
      showSearch={options.length > 10 ? { optionFilterProp: 'label' } : false}
      style={{ width }}
      value={state[name] ?? null}
      placeholder={placeholder}
      aria-label={placeholder}
      options={options.map((option) => ({ ...option }))}
      onChange={(value: string | null | undefined) => {
        set({ [name]: value ?? undefined });
      }}
    />
  );
}

/** A filter of the address that no field shows, as a tag that takes it away. */
export function FilterTag({ name, words }: { name: string; words: string }) {
  const { set } = useListState();
  return (
    <Tag
      className="filter-tag"
      closable={{ 'aria-label': `去掉“${words}”` }}
      onClose={(event) => {
        event.preventDefault();
        set({ [name]: undefined });
      }}
    >
      {words}
    </Tag>
  );
}

/** The tag of a list that was opened from one child's record and shows this child alone; nothing otherwise. */
export function FilterChild() {
  const { state } = useListState();
  return state['childId'] === undefined ? null : <FilterTag name="childId" words="只看一个孩子" />;
}
