import { useCallback, useState } from 'react';

function read<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(key);
    // as: written only by this hook under the same key
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** A preference kept in this browser; holds no personal data. */
export function useKept<T>(key: string, otherwise: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(`baoxue.${key}`, otherwise));
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(`baoxue.${key}`, JSON.stringify(next));
      } catch {
        // a full or closed store only loses the preference
      }
    },
    [key],
  );
  return [value, keep];
}
