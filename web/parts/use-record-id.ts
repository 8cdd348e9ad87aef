import { useParams } from '@tanstack/react-router';

/** The id in the address of a record page; empty when the address has none. */
export function useRecordId(): string {
  const params: unknown = useParams({ strict: false });
  if (typeof params !== 'object' || params === null || !('id' in params)) return '';
  return String(params.id);
}
