import { LoadingOutlined } from '@ant-design/icons';
import { useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { App, ConfigProvider } from 'antd';
import { useKept } from '#web/parts/kept.ts';
import { antdLocale } from '#web/ui/locale.ts';
import { usePhone } from '#web/ui/phone.ts';
import { themeFor, type ThemeChoice, type ThemeMode } from '#web/ui/theme.ts';
import { ThemeContext } from '#web/ui/theme-mode.ts';
import { styleNonce } from './style-nonce.ts';

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

function listen(changed: () => void): () => void {
  const query = dark();
  query.addEventListener('change', changed);
  return () => {
    query.removeEventListener('change', changed);
  };
}

/** Gives every page theme, Chinese words and the nonce under which styles may be written. */
export function Themed({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useKept<ThemeChoice>('theme', 'light');
  const deviceDark = useSyncExternalStore(listen, () => dark().matches);
  const phone = usePhone();
  const mode: ThemeMode = choice === 'auto' ? (deviceDark ? 'dark' : 'light') : choice;
  useEffect(() => {
    document.documentElement.dataset['theme'] = mode;
  }, [mode]);
  return (
    <ThemeContext value={{ mode, choice, choose: setChoice }}>
      <ConfigProvider
        locale={antdLocale}
        theme={themeFor(mode, phone)}
        csp={{ nonce: styleNonce() }}
        // The sign of waiting is no part of a button's name, and goes at once: antd's own may stay in the page, unseen, under its English name.
        button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> }}
      >
        <App message={{ maxCount: 3 }} className="app">
          {children}
        </App>
      </ConfigProvider>
    </ThemeContext>
  );
}
