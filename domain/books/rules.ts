import { parseDate } from '#domain/basics/dates.ts';
import type { BookLevel, LayoutColumns, OwnField, SheetColumn } from './record.ts';

/** How an own field stands among the columns of a layout. */
export function ownColumnId(fieldId: string): string {
  return `own:${fieldId}`;
}

/** The column of an own field. */
export function ownColumn(field: OwnField): SheetColumn {
  const kind = field.kind === 'number' ? 'number' : field.kind === 'date' ? 'date' : 'text';
  return { id: ownColumnId(field.id), words: field.name, width: field.kind === 'text' ? 16 : 12, kind };
}

/** Every column that a layout may order: those shipped, then own fields. */
export function columnsToOrder(shipped: readonly SheetColumn[], fields: readonly OwnField[]): SheetColumn[] {
  return [...shipped, ...fields.filter((field) => field.active).map(ownColumn)];
}

/**
 * Columns as a layout orders and hides them; null is the standard: as shipped, own fields left out. Columns that a layout does not name
 * (added later) are not shown.
 */
export function laidOut(
  shipped: readonly SheetColumn[],
  fields: readonly OwnField[],
  layout: LayoutColumns | null,
): SheetColumn[] {
  if (layout === null) return [...shipped];
  const known = new Map(columnsToOrder(shipped, fields).map((column) => [column.id, column]));
  return layout.flatMap(({ id, shown }) => {
    const column = known.get(id);
    return shown && column ? [column] : [];
  });
}

/** What is wrong with a layout: unknown or repeated columns, nothing shown; null when it may be kept. */
export function layoutFault(
  shipped: readonly SheetColumn[],
  fields: readonly OwnField[],
  layout: LayoutColumns,
): string | null {
  const known = new Set(columnsToOrder(shipped, fields).map((column) => column.id));
  if (layout.some((column) => !known.has(column.id))) return '版式中有这张表没有的栏目，请刷新后重新编排。';
  if (new Set(layout.map((column) => column.id)).size < layout.length) return '同一栏目不能排两次。';
  return layout.some((column) => column.shown) ? null : '至少保留一栏。';
}

/** What is wrong with a value of an own field; null when it may be kept. An empty value takes the earlier one away. */
export function valueFault(field: OwnField, value: string): string | null {
  if (value === '') return null;
  if (value.length > 200) return `“${field.name}”最多 200 字。`;
  if (field.kind === 'number' && !/^-?\d{1,12}(?:\.\d{1,4})?$/.test(value)) return `“${field.name}”应填数字。`;
  if (field.kind === 'date' && parseDate(value) !== value) return `“${field.name}”应填日期，如 2026-09-01。`;
  if (field.kind === 'choice' && !field.choices.includes(value))
    return `“${field.name}”只能填：${field.choices.join('、')}。`;
  return null;
}

/** Whether a grade is of a level. */
export function isOfLevel(grade: number, level: BookLevel): boolean {
  return level === 'all' || (level === 'primary' ? grade <= 6 : grade > 6);
}
