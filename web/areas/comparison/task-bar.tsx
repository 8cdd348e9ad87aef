import { Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import { count } from '#web/ui/words.ts';
import type { TaskList } from './use-task-list.ts';

/** Where one is in a list worked through one by one, with the way to the next and the one before. */
export function TaskBar<Row>({
  list,
  unit,
  children,
}: {
  list: Pick<TaskList<Row>, 'place' | 'left' | 'next' | 'back'>;
  unit: string;
  children?: ReactNode;
}) {
  return (
    <div className="cmp-task-bar">
      <Flex gap={8} wrap align="center">
        {children}
      </Flex>
      <Flex gap={8} align="center" className="cmp-big-buttons">
        <span role="status">
          第 {count(list.place)} {unit}，共 {count(list.left)} {unit}
        </span>
        <Button
          disabled={list.back === null}
          onClick={() => {
            list.back?.();
          }}
          title="按 K"
        >
          上一{unit}
        </Button>
        <Button
          disabled={list.next === null}
          onClick={() => {
            list.next?.();
          }}
          title="按 J"
        >
          下一{unit}
        </Button>
      </Flex>
    </div>
  );
}
