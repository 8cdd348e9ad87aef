import { theme, type ThemeConfig } from 'antd';

/** Light, dark, or as the device says. */
export type ThemeChoice = 'light' | 'dark' | 'auto';
/** What is shown. */
export type ThemeMode = 'light' | 'dark';

/** The fonts of the pages, the official's own first. */
export const fontFamily = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif';

/** The one palette (design, look); the dark one is lighter where text has to stand on dark ground (contrast AA). */
export const palette = {
  light: {
    primary: '#1d5fbf',
    success: '#2e7d4f',
    warning: '#b7791f',
    warningText: '#8a5a12',
    danger: '#c0392b',
    ink: '#1f2937',
    quiet: '#6b7280',
    line: '#e5e7eb',
    page: '#f6f7f9',
    card: '#ffffff',
  },
  dark: {
    primary: '#6ea4ef',
    success: '#6fbf8f',
    warning: '#e0ad5a',
    warningText: '#e0ad5a',
    danger: '#ef8a7e',
    ink: '#e6e9ee',
    quiet: '#9aa4b2',
    line: '#323a46',
    page: '#14181e',
    card: '#1c222b',
  },
} as const;

/** Grounds of notices, the same as those of the states in the style sheet; antd would make greys of the palette. */
const soft = {
  light: {
    colorSuccessBg: '#eaf5ee',
    colorSuccessBorder: '#b5d9c2',
    colorWarningBg: '#fbf3e2',
    colorWarningBorder: '#e6cf9a',
    colorErrorBg: '#fbecea',
    colorErrorBorder: '#eebdb6',
    colorInfoBg: '#eaf1fb',
    colorInfoBorder: '#b9d0ef',
  },
  dark: {
    colorSuccessBg: '#1d3327',
    colorSuccessBorder: '#2f5540',
    colorWarningBg: '#3a2f1a',
    colorWarningBorder: '#62502b',
    colorErrorBg: '#40231f',
    colorErrorBorder: '#6b3a34',
    colorInfoBg: '#1f2f47',
    colorInfoBorder: '#33507a',
  },
} as const;

/** The antd theme of a mode; on phones the body is 16 px, controls are higher, and nothing slides. */
export function themeFor(mode: ThemeMode, phone: boolean): ThemeConfig {
  const colours = palette[mode];
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: mode === 'dark' ? '#4c8ae6' : colours.primary,
      colorLink: colours.primary,
      colorSuccess: colours.success,
      colorWarning: colours.warning,
      colorError: colours.danger,
      ...soft[mode],
      colorTextBase: colours.ink,
      colorBgBase: mode === 'dark' ? colours.card : '#ffffff',
      // antd would tint the grounds of fields and sheets blue from the base
      ...(mode === 'dark' ? { colorBgContainer: colours.card, colorBgElevated: '#232a34' } : {}),
      colorBgLayout: colours.page,
      colorBorder: mode === 'dark' ? '#434d5c' : '#cfd4dc',
      colorBorderSecondary: colours.line,
      colorTextSecondary: colours.quiet,
      colorTextDescription: colours.quiet,
      colorTextPlaceholder: colours.quiet,
      borderRadius: 6,
      fontFamily,
      fontSize: phone ? 16 : 14,
      controlHeight: phone ? 44 : 34,
      // a list that still slides open on a slow phone moves away under the thumb, and the tap is lost
      motion: !phone,
      boxShadow: 'none',
      boxShadowTertiary: 'none',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        contentFontSizeSM: phone ? 15 : 14,
      },
      Table: {
        cellPaddingBlockSM: 8,
        cellPaddingInlineSM: 10,
        headerBg: mode === 'dark' ? '#232a34' : '#f6f7f9',
        headerSplitColor: 'transparent',
        headerSortActiveBg: mode === 'dark' ? '#2a323e' : '#eef1f5',
      },
      Segmented: mode === 'dark' ? { itemSelectedBg: '#2c4061', trackBg: '#14181e' } : {},
      Tabs: { horizontalItemGutter: 24 },
      Menu: {
        itemHeight: 36,
        itemMarginBlock: 2,
        subMenuItemBg: 'transparent',
        groupTitleFontSize: 13,
        groupTitleColor: colours.quiet,
        itemBg: 'transparent',
        activeBarBorderWidth: 0,
      },
    },
  };
}
