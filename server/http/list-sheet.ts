import type { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { chinaMoment } from '../clock.ts';

/** A column of a list as a sheet: the words of the page's column, and what it shows of a row on a day. */
export interface ListSheetColumn<Row> {
  label: string;
  kind?: 'text' | 'number' | 'date';
  /** In characters of the body font, a Han character counting two. */
  width?: number;
  value: (row: Row, today: string) => string | number | null;
}

/** A list of a page as a sheet. */
export interface ListSheet {
  /** The name of its endpoint. */
  list: string;
  title: string;
  columns: readonly Omit<ListSheetColumn<unknown>, 'value'>[];
  /** The cells of one row that the endpoint answered. */
  cells(row: unknown, today: string): (string | number | null)[];
}

/** Says how the rows of a list's endpoint stand on a sheet; the rows are typed by its output. */
export function listSheet<Row>(
  endpoint: Endpoint<z.ZodType, z.ZodType<{ rows: Row[]; total: number; page: number; size: number }>>,
  title: string,
  columns: readonly ListSheetColumn<NoInfer<Row>>[],
): ListSheet {
  return {
    list: endpoint.name,
    title,
    columns,
    // as: the rows come from this endpoint's own answer, parsed by its output
    cells: (row, today) => columns.map((column) => column.value(row as Row, today)),
  };
}

/** A moment in China to the minute, empty where there is none. */
export function momentCell(iso: string | null): string {
  return iso === null ? '' : chinaMoment(new Date(iso));
}
