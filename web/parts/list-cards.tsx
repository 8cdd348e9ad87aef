import { cellOf, type ListColumn } from './list-cell.ts';

/** Rows as cards, for a window as narrow as a phone: the first column is the heading. */
export function ListCards<Row extends object>({
  rows,
  columns,
  keyOf,
  onOpen,
}: {
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  keyOf: (row: Row) => string;
  onOpen?: ((row: Row) => void) | undefined;
}) {
  const marked = columns.filter((column) => column.phone === true);
  const [head, ...rest] = marked.length > 0 ? marked : columns.slice(0, 4);
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={keyOf(row)} className="card">
          <div className="card-head">{head ? cellOf(head, row) : null}</div>
          <dl>
            {rest.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{cellOf(column, row)}</dd>
              </div>
            ))}
          </dl>
          {onOpen ? (
            <button
              type="button"
              className="card-open"
              onClick={() => {
                onOpen(row);
              }}
            >
              打开
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
