import { Table } from 'antd';
import { usePhone } from '#web/ui/phone.ts';
import { ListCards } from './list-cards.tsx';
import { cellOf, type ListColumn } from './list-cell.ts';

/** A table of rows that are all there; on a phone each row is a card, its first column the heading. */
export function WideTable<Row extends object>({
  rows,
  columns,
  keyOf,
}: {
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  keyOf: (row: Row) => string;
}) {
  const phone = usePhone();
  if (phone)
    return <ListCards rows={rows} columns={columns.map((column) => ({ ...column, phone: true }))} keyOf={keyOf} />;
  return (
    <Table<Row>
      size="small"
      rowKey={keyOf}
      dataSource={[...rows]}
      pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
      expandable={{ childrenColumnName: 'rowsBelow' }}
      scroll={{ x: 'max-content' }}
      columns={columns.map((column) => ({
        key: column.key,
        title: column.title,
        ...(column.width === undefined ? {} : { width: column.width }),
        ...(column.align === undefined ? {} : { align: column.align }),
        render: (_value: unknown, row: Row) => cellOf(column, row),
      }))}
    />
  );
}
