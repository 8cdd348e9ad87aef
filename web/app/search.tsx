import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { OutputOf } from '#contract/endpoint.ts';
import { listDocuments } from '#contract/notices.ts';
import { listStaff } from '#contract/organisations.ts';
import { searchAll } from '#contract/population.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import { call } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { useGo } from '#web/ui/go.tsx';

interface Hit {
  key: string;
  to: string;
  title: ReactNode;
  words: string;
}

interface HitGroup {
  title: string;
  hits: Hit[];
}

/** What the search box shows: what everybody may look for, and documents and staff for those who may read them. */
interface Found {
  all: OutputOf<typeof searchAll>;
  documents: OutputOf<typeof listDocuments>['rows'];
  staff: OutputOf<typeof listStaff>['rows'];
}

/** A number of a document has a digit or the words before it; a name has none. */
function meansDocument(q: string): boolean {
  return /[字号〔[（(【]|^\d{1,4}$/u.test(q);
}

async function search(q: string, permissions: readonly Permission[]): Promise<Found> {
  const may = (permission: Permission) => permissions.includes(permission);
  const [all, documents, staff] = await Promise.all([
    call(searchAll, { q }),
    may('notices.read') && meansDocument(q) ? call(listDocuments, { q, size: 5 }) : { rows: [] },
    may('staff.read') && /\p{Script=Han}/u.test(q) ? call(listStaff, { q, size: 5 }) : { rows: [] },
  ]);
  return { all, documents: documents.rows, staff: staff.rows };
}

function hitsOf({ all: found, documents, staff }: Found, permissions: readonly Permission[]): HitGroup[] {
  const mayChildren = permissions.includes('children.read');
  const groups: HitGroup[] = [
    {
      title: '儿童少年',
      hits: found.children.map((child) => ({
        key: child.id,
        to: `/children/${child.id}`,
        title: child.name,
        words: [child.birthDate, child.documentMask, child.where].filter(Boolean).join(' · '),
      })),
    },
    {
      title: '学校',
      hits: found.schools.map((school) => ({
        key: school.id,
        to: `/schools/${school.id}`,
        title: school.name,
        words: school.code,
      })),
    },
    {
      title: '住户',
      hits: found.households.map((house) => ({
        key: house.id,
        to: `/households/${house.id}`,
        title: house.address,
        words: house.householdNo,
      })),
    },
    {
      title: '文书',
      hits: documents.map((one) => ({
        key: one.id,
        to: `/notices/${one.id}`,
        title: one.numberWords ?? one.kindWords,
        words: [one.kindWords, one.childName, one.issuedDay].join(' · '),
      })),
    },
    {
      title: '人员',
      hits: staff.map((one) => ({
        key: one.id,
        to: `/staff?q=${encodeURIComponent(one.name)}`,
        title: one.name,
        words: one.posts.map((post) => `${post.unitName} ${post.roleName}`).join('，'),
      })),
    },
    {
      title: '街道与社区',
      hits: found.places.map((place) => ({
        key: place.code,
        to: mayChildren ? `/children?${place.code.length > 9 ? 'community' : 'subdistrict'}=${place.code}` : '/places',
        title: place.name,
        words: mayChildren ? `${place.code} · 查看这里的儿童少年` : place.code,
      })),
    },
  ];
  return groups.filter((group) => group.hits.length > 0);
}

function useSettled(text: string, milliseconds: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(text);
    }, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [text, milliseconds]);
  return settled;
}

/** Searches everything within reach by name, pinyin initials or number; Ctrl+K from anywhere. */
export function Search() {
  const me = useMe();
  const go = useGo();
  const mayChildren = me.permissions.includes('children.read');
  const hint = mayChildren ? '搜索姓名、拼音首字母、号码、文号' : '搜索学校、街道或社区';
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const q = useSettled(text.trim(), 200);
  const found = useQuery({
    queryKey: ['population.searchAll', { q }],
    queryFn: () => search(q, me.permissions),
    enabled: q !== '' && open,
    staleTime: 5_000,
    gcTime: 30_000,
  });
  const groups = found.data ? hitsOf(found.data, me.permissions) : [];
  const hits = groups.flatMap((group) => group.hits);
  useEffect(() => {
    setAt(0);
  }, [q]);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        field.current?.focus();
        field.current?.select();
      }
    };
    const point = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    window.addEventListener('keydown', press);
    window.addEventListener('pointerdown', point);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('pointerdown', point);
    };
  }, []);
  const show = (hit: Hit | undefined) => {
    if (!hit) return;
    setOpen(false);
    setText('');
    field.current?.blur();
    go(hit.to);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) show(hits[at]);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((now) => Math.max(0, Math.min(hits.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))));
    }
  };
  const shown = open && q !== '';
  return (
    <div className="search" ref={box}>
      <SearchOutlined aria-hidden className="search-icon" />
      <input
        ref={field}
        type="search"
        className="search-field"
        placeholder={hint}
        aria-label={hint}
        role="combobox"
        aria-expanded={shown}
        aria-controls="search-hits"
        aria-activedescendant={shown && hits[at] ? `hit-${hits[at].key}` : undefined}
        autoComplete="off"
        maxLength={60}
        value={text}
        onFocus={() => {
          setOpen(true);
        }}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
        }}
        onKeyDown={press}
      />
      <kbd className="search-key">Ctrl K</kbd>
      {shown ? (
        <div className="search-hits" id="search-hits" role="listbox" aria-label="搜索结果">
          {found.isPending ? <p className="search-words">正在查找</p> : null}
          {found.isError ? <p className="search-words">{found.error.message}</p> : null}
          {found.data && hits.length === 0 ? (
            <p className="search-words">
              没有找到“{q}”。
              {mayChildren
                ? '可用姓名、拼音首字母、证件号码、学籍号、户号或文号；不在管理范围内的不会列出。'
                : '可用学校、街道或社区的名称或代码。'}
            </p>
          ) : null}
          {groups.map((group) => (
            <div key={group.title} role="group" aria-label={group.title}>
              <p className="search-group">{group.title}</p>
              {group.hits.map((hit) => (
                <div
                  key={hit.key}
                  id={`hit-${hit.key}`}
                  role="option"
                  aria-selected={hits[at]?.key === hit.key}
                  className={hits[at]?.key === hit.key ? 'search-hit search-at' : 'search-hit'}
                  onPointerDown={(event) => {
                    event.preventDefault();
                  }}
                  onClick={() => {
                    show(hit);
                  }}
                >
                  <strong>{hit.title}</strong>
                  <span className="quiet">{hit.words}</span>
                </div>
              ))}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
