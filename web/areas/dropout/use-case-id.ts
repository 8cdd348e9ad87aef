import { useParams } from '@tanstack/react-router';

/** The id of the case in the address; empty when the address has none. */
export function useCaseId(): string {
  const params: unknown = useParams({ strict: false });
  if (typeof params !== 'object' || params === null || !('id' in params)) return '';
  return String(params.id);
}
