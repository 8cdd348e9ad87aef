import { createContext, useContext } from 'react';
import type { ThemeChoice, ThemeMode } from './theme.ts';

/** The theme in hand and how to change it. */
export interface ThemeInHand {
  mode: ThemeMode;
  choice: ThemeChoice;
  choose: (choice: ThemeChoice) => void;
}

/** Holds the theme; set at the root of the pages. */
export const ThemeContext = createContext<ThemeInHand>({ mode: 'light', choice: 'light', choose: () => undefined });

/** The theme in hand. */
export function useThemeMode(): ThemeInHand {
  return useContext(ThemeContext);
}
