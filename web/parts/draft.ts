const prefix = 'baoxue.draft.';

/** Reads what was half written in this tab; null where there is nothing, or nothing that can be read. */
export function readDraft<T>(key: string): T | null {
  try {
    const text = sessionStorage.getItem(prefix + key);
    // as: written only by keepDraft under the same key
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/**
 * Keeps what is half written until it is sent, given up, or the tab is closed; signing out takes it away as well, since it may speak of
 * children. False where this browser keeps nothing.
 */
export function keepDraft<T>(key: string, written: T): boolean {
  try {
    sessionStorage.setItem(prefix + key, JSON.stringify(written));
    return true;
  } catch {
    return false;
  }
}

/** Forgets what was half written. */
export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(prefix + key);
  } catch {
    // a closed store holds nothing either
  }
}

/** The keys of everything half written in this tab. */
export function draftKeys(): string[] {
  try {
    return Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? '')
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
}
