import { Button, Input, Table } from 'antd';
import type { TemplateContent } from '#domain/notices/record.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { Empty } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import type { ChosenPupil } from './choose-pupils.tsx';

/** The chosen pupils, each with the needed short fields; what is written here stands before what is the same for all. */
export function BulkLines({
  content,
  chosen,
  own,
  lacking,
  onChange,
  onRemove,
}: {
  content: TemplateContent;
  chosen: readonly ChosenPupil[];
  own: Readonly<Record<string, Readonly<Record<string, string>>>>;
  lacking: ReadonlySet<string>;
  onChange: (childId: string, key: string, words: string) => void;
  onRemove: (childId: string) => void;
}) {
  if (chosen.length === 0) return <Empty words="在上面的名册里勾选学生，会列在这里。" />;
  const fields = content.fields.filter((field) => field.needed && field.proposed === '');
  return (
    <Table<ChosenPupil>
      size="small"
      rowKey="childId"
      dataSource={[...chosen]}
      scroll={{ x: 'max-content' }}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        {
          key: 'name',
          title: '姓名',
          render: (_value, row) => (
            <>
              {row.name} {lacking.has(row.childId) ? <Status kind="warn" words="未填齐" /> : null}
            </>
          ),
        },
        { key: 'class', title: '班级', dataIndex: 'className' },
        ...fields.map((field) => ({
          key: field.key,
          title: `${field.label}（不填同上）`,
          render: (_value: unknown, row: ChosenPupil) => {
            const value = own[row.childId]?.[field.key] ?? '';
            const words = `${row.name}：${field.label}`;
            return field.kind === 'day' ? (
              <DayField
                words={words}
                value={value}
                allowClear
                width={150}
                onChange={(day) => {
                  onChange(row.childId, field.key, day ?? '');
                }}
              />
            ) : (
              <Input
                aria-label={words}
                value={value}
                maxLength={200}
                onChange={(event) => {
                  onChange(row.childId, field.key, event.target.value);
                }}
              />
            );
          },
        })),
        {
          key: 'remove',
          title: '',
          render: (_value, row) => (
            <Button
              type="link"
              aria-label={`移去${row.name}`}
              onClick={() => {
                onRemove(row.childId);
              }}
            >
              移去
            </Button>
          ),
        },
      ]}
    />
  );
}
