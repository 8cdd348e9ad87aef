import { useEffect, useState } from 'react';
import { App, Button, Drawer, Dropdown } from 'antd';
import {
  AppstoreOutlined,
  BulbOutlined,
  HomeOutlined,
  LogoutOutlined,
  MenuOutlined,
  MobileOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useMe } from '#web/api/me.ts';
import { keepDistrictName } from '#web/areas/sign-in/district.ts';
import { FromPast } from '#web/parts/from-past.tsx';
import { dropDraftsOfOthers, leavePlatform } from '#web/parts/leave.ts';
import { Go, useGo } from '#web/ui/go.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { useThemeMode } from '#web/ui/theme-mode.ts';
import type { ThemeChoice } from '#web/ui/theme.ts';
import { entryOf, menuFor, thumbsFor, type MenuEntry, type MenuGroup } from './menu.tsx';
import { Search } from './search.tsx';
import { Unread } from './unread.tsx';

const themeWords: Record<ThemeChoice, string> = { light: '浅色', dark: '深色', auto: '随设备' };

/** Who marks classes, visits or reports finds the way to the phone pages. */
const inTheField = ['attendance.mark', 'visits.record', 'cases.report'] as const;

function MenuList({
  groups,
  here,
  onGo,
}: {
  groups: readonly MenuGroup[];
  here: MenuEntry | undefined;
  onGo?: () => void;
}) {
  return (
    <nav className="menu" aria-label="主菜单">
      {groups.map((group) => {
        const alone = group.entries.length === 1 && group.entries[0]?.words === group.words;
        return (
          <div key={group.words} className="menu-group">
            {alone ? null : (
              <p className="menu-title">
                {group.icon}
                {group.words}
              </p>
            )}
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.to} aria-current={entry.to === here?.to ? 'page' : undefined}>
                  <Go
                    to={entry.to}
                    className={`menu-entry${alone ? ' menu-alone' : ''}${entry.to === here?.to ? ' menu-here' : ''}`}
                    {...(onGo ? { onGo } : {})}
                  >
                    {alone ? group.icon : null}
                    {entry.words}
                  </Go>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function Account() {
  const me = useMe();
  const go = useGo();
  const { modal } = App.useApp();
  const theme = useThemeMode();
  const posts = me.posts.map((post) => `${post.unitName} ${post.roleName}`).join('、');
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [theme.choice],
        items: [
          { key: 'who', type: 'group', label: posts === '' ? '目前没有岗位' : posts },
          {
            key: 'me',
            icon: <UserOutlined />,
            label: '我的账号',
            onClick: () => {
              go('/me');
            },
          },
          {
            key: 'theme',
            icon: <BulbOutlined />,
            label: `外观：${themeWords[theme.choice]}`,
            children: (['light', 'dark', 'auto'] as const).map((choice) => ({
              key: choice,
              label: themeWords[choice],
              onClick: () => {
                theme.choose(choice);
              },
            })),
          },
          ...(inTheField.some((need) => me.permissions.includes(need))
            ? [
                {
                  key: 'field',
                  icon: <MobileOutlined />,
                  label: '手机登记（没有信号也能用）',
                  onClick: () => {
                    window.location.assign('/field');
                  },
                },
              ]
            : []),
          { type: 'divider' as const },
          { key: 'leave', icon: <LogoutOutlined />, label: '退出登录', onClick: () => void leavePlatform(modal) },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} className="top-me" aria-label={`${me.name}，打开账号菜单`}>
        <span className="top-name">{me.name}</span>
      </Button>
    </Dropdown>
  );
}

/** The frame of every page: menu, search, account; on a phone a bar at the thumb and the menu behind it. */
export function Shell() {
  const me = useMe();
  const phone = usePhone();
  const theme = useThemeMode();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [drawer, setDrawer] = useState(false);
  const groups = menuFor(
    me.permissions,
    me.posts.map((post) => post.unitKind),
  );
  const here = entryOf(groups, path);
  useEffect(() => {
    keepDistrictName(me.district.name);
  }, [me.district.name]);
  useEffect(() => {
    dropDraftsOfOthers(me.accountId);
  }, [me.accountId]);
  const entries = groups.flatMap((group) => group.entries);
  const desk = entries.filter((entry) => entry.to === '/').map((entry) => ({ ...entry, icon: <HomeOutlined /> }));
  const close = () => {
    setDrawer(false);
  };
  return (
    <div className={phone ? 'shell shell-phone' : 'shell'}>
      <a href="#content" className="skip">
        跳到正文
      </a>
      <header className="top">
        <Go to="/" className="brand" title="保学，回到工作台">
          <img src="/icon.svg" alt="" width={24} height={24} />
          <span className="brand-name">保学</span>
          <span className="brand-district">{me.district.name}</span>
        </Go>
        <Search />
        <div className="top-right">
          {phone ? null : (
            <Button
              type="text"
              icon={<BulbOutlined />}
              aria-label={theme.mode === 'dark' ? '换成浅色外观' : '换成深色外观'}
              title={theme.mode === 'dark' ? '换成浅色外观' : '换成深色外观'}
              onClick={() => {
                theme.choose(theme.mode === 'dark' ? 'light' : 'dark');
              }}
            />
          )}
          {me.permissions.includes('desk.read') ? <Unread /> : null}
          <Account />
        </div>
      </header>
      {phone ? null : (
        <aside className="side">
          <MenuList groups={groups} here={here} />
        </aside>
      )}
      <main id="content" className="content" tabIndex={-1}>
        <FromPast />
        <Outlet />
      </main>
      {phone ? (
        <nav className="thumbs" aria-label="常用">
          {[...desk, ...thumbsFor(me.permissions, groups)].map((thumb) => (
            <Go key={thumb.to} to={thumb.to} className={here?.to === thumb.to ? 'thumb thumb-here' : 'thumb'}>
              {thumb.icon}
              <span>{thumb.words}</span>
            </Go>
          ))}
          <button
            type="button"
            className="thumb"
            onClick={() => {
              setDrawer(true);
            }}
          >
            {entries.length > 4 ? <AppstoreOutlined /> : <MenuOutlined />}
            <span>全部</span>
          </button>
        </nav>
      ) : null}
      <Drawer open={phone && drawer} onClose={close} placement="left" size={280} title={me.district.name}>
        <MenuList groups={groups} here={here} onGo={close} />
      </Drawer>
    </div>
  );
}
