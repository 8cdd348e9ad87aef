/** How often a running server is looked at, in milliseconds. */
const everyMs = 250;

/**
 * Looks again and again whether a server still stands, and starts it again when it does not. A start that fails is told and tried
 * again. Returns the function that ends the watch; it waits for a start that is under way.
 */
export function watchServer(
  stands: () => boolean,
  startAgain: () => Promise<void>,
  log: (line: string) => void,
): () => Promise<void> {
  let ended = false;
  let starting: Promise<void> = Promise.resolve();
  let busy = false;
  const look = () => {
    if (ended || busy || stands()) return;
    busy = true;
    starting = startAgain()
      .catch((error: unknown) => {
        log(`数据库没有起来，将再试：${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return async () => {
    ended = true;
    clearInterval(timer);
    await starting;
  };
}
