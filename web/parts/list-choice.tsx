import { Button, Checkbox, Popover } from 'antd';
import { SettingOutlined } from '@ant-design/icons';

/** Chooses which columns a list shows; the first always stays. */
export function ListChoice({
  columns,
  hidden,
  setHidden,
}: {
  columns: readonly { key: string; title: string }[];
  hidden: readonly string[];
  setHidden: (keys: string[]) => void;
}) {
  const content = (
    <div className="list-choice">
      {columns.map((column, index) => (
        <Checkbox
          key={column.key}
          checked={!hidden.includes(column.key)}
          disabled={index === 0}
          onChange={(event) => {
            setHidden(event.target.checked ? hidden.filter((key) => key !== column.key) : [...hidden, column.key]);
          }}
        >
          {column.title}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <Button icon={<SettingOutlined />} aria-label="选择显示的列">
        列
      </Button>
    </Popover>
  );
}
