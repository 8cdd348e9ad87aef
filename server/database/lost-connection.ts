/** Faults of the connection itself: the server was killed, is starting, or cannot be reached. */
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Whether a statement failed because the database went away: nothing is known of its transaction then, it may stand or not. Whoever
 * asked must ask again under the same request id.
 */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // 57P01 to 57P03: the server is shut down, has crashed, or is starting; class 08: the connection.
  if (networkCodes.has(code) || /^(?:57P0[1-3]|08\w{3})$/.test(code)) return true;
  return (
    code === '' && /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
  );
}
