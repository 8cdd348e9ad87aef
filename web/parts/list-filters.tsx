import { useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { FilterOutlined } from '@ant-design/icons';
import { usePhone } from '#web/ui/phone.ts';
import { count } from '#web/ui/words.ts';
import type { ListState } from './list-state.ts';

/** Parts of a list's address that are no choice among the filters behind 筛选. */
const besides: readonly string[] = ['q', 'page', 'size', 'sort', 'kind', 'view'];

/** The filters of a list in one line; on a phone the search field (else the first filter) alone, the others behind 筛选. */
export function ListFilters({ state, children }: { state: ListState; children: ReactNode }) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const set = Object.entries(state).filter(([name, value]) => value !== undefined && !besides.includes(name)).length;
  return (
    <>
      <div className={phone && !open ? 'list-filters list-filters-closed' : 'list-filters'}>{children}</div>
      {phone ? (
        <Button
          className="list-filters-more"
          icon={<FilterOutlined />}
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {open ? '收起筛选' : set > 0 ? `筛选（已设 ${count(set)} 项）` : '筛选'}
        </Button>
      ) : null}
    </>
  );
}
