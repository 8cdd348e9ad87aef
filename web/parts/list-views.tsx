import { useState } from 'react';
import { Button, Input, Popover, Space } from 'antd';
import { DeleteOutlined, StarOutlined } from '@ant-design/icons';
import type { ListState } from './list-state.ts';
import { useKept } from './kept.ts';

interface View {
  name: string;
  state: ListState;
}

/** What a view keeps: the filters, but neither the page nor a searched name, which is personal data. */
function kept(state: ListState): ListState {
  return Object.fromEntries(Object.entries(state).filter(([key]) => key !== 'page' && key !== 'q'));
}

/** Saved views of a list: the filters in the address under a name, kept in this browser. */
export function ListViews({
  name,
  state,
  set,
}: {
  name: string;
  state: ListState;
  set: (part: Record<string, string | undefined>) => void;
}) {
  const [views, setViews] = useKept<View[]>(`views.${name}`, []);
  const [title, setTitle] = useState('');
  const [open, setOpen] = useState(false);
  const show = (view: View) => {
    setOpen(false);
    const gone = Object.fromEntries(Object.keys(state).map((key) => [key, undefined]));
    set({ ...gone, ...view.state });
  };
  const save = () => {
    const words = title.trim();
    if (words === '') return;
    setViews([...views.filter((view) => view.name !== words), { name: words, state: kept(state) }]);
    setTitle('');
  };
  const content = (
    <div className="list-views">
      {views.length === 0 ? <p className="quiet">把现在的筛选条件存为视图，下次一点即到。</p> : null}
      {views.map((view) => (
        <div key={view.name} className="list-view">
          <Button
            type="link"
            onClick={() => {
              show(view);
            }}
          >
            {view.name}
          </Button>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`删除视图“${view.name}”`}
            onClick={() => {
              setViews(views.filter((other) => other !== view));
            }}
          />
        </div>
      ))}
      <Space.Compact block>
        <Input
          value={title}
          maxLength={20}
          placeholder="视图名称"
          aria-label="视图名称"
          onChange={(event) => {
            setTitle(event.target.value);
          }}
          onPressEnter={save}
        />
        <Button onClick={save} disabled={title.trim() === ''}>
          存为视图
        </Button>
      </Space.Compact>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen}>
      <Button icon={<StarOutlined />}>视图{views.length > 0 ? ` ${String(views.length)}` : ''}</Button>
    </Popover>
  );
}
