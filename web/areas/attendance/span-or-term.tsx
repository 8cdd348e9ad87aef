import { Segmented } from 'antd';
import { useListState } from '#web/parts/list.tsx';

const choices = [
  { value: 'term', label: '本学期' },
  { value: 'span', label: '一段时间' },
];

/** Whether absent pupils are shown of the whole term, or of a span that stands in the address. */
export function SpanOrTerm({ from, to, span }: { from: string; to: string; span: boolean }) {
  const { set } = useListState();
  return (
    <Segmented
      value={span ? 'span' : 'term'}
      options={choices}
      onChange={(value) => {
        set(
          value === 'span'
            ? { from, to, crossed: undefined }
            : { from: undefined, to: undefined, figure: undefined, crossed: undefined },
        );
      }}
    />
  );
}
