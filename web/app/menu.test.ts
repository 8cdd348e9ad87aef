import { expect, test } from 'vitest';
import { grants } from '#domain/basics/grants.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import { roles, roleUnit } from '#domain/basics/roles.ts';
import { entryOf, menuFor, thumbsFor } from './menu.tsx';

function permissionsOf(role: (typeof roles)[number]): Permission[] {
  // as: the keys of a grant table are permissions
  return Object.keys(grants[role]) as Permission[];
}

const menuOf = (role: (typeof roles)[number]) => menuFor(permissionsOf(role), [roleUnit[role]]);

test('every role finds an entry, and administrators see no child', () => {
  for (const role of roles) expect(menuOf(role).length, role).toBeGreaterThan(0);
  for (const role of ['sysAdmin', 'secAdmin', 'auditAdmin'] as const) {
    const places = menuOf(role).flatMap((group) => group.entries.map((entry) => entry.to));
    expect(places).not.toContain('/children');
    expect(places).not.toContain('/compare');
  }
});

test('a page deep inside stands under its own entry', () => {
  const menu = menuOf('bureauOfficer');
  expect(entryOf(menu, '/compare/imports/new')?.to).toBe('/compare/imports');
  expect(entryOf(menu, '/compare/findings/1')?.to).toBe('/compare');
  expect(entryOf(menu, '/compare/runs/1')?.to).toBe('/compare/runs');
  expect(entryOf(menu, '/children/1')?.to).toBe('/children');
  expect(entryOf(menu, '/me')).toBeUndefined();
});

test('households stand in the menu of street, community and bureau, not of a school', () => {
  const has = (role: (typeof roles)[number]) =>
    menuOf(role).some((group) => group.entries.some((entry) => entry.to === '/households'));
  expect((['bureauLeader', 'subdistrictOfficer', 'communityWorker'] as const).every(has)).toBe(true);
  expect((['principal', 'registrar', 'classTeacher'] as const).some(has)).toBe(false);
});

test('at the thumb lie the acts of each day', () => {
  const thumbs = (role: (typeof roles)[number]) =>
    thumbsFor(permissionsOf(role), menuOf(role)).map((entry) => entry.words);
  expect(thumbs('classTeacher')).toEqual(['点名', '走访']);
  expect(thumbs('bureauOfficer')).toEqual(['个案', '儿童少年']);
  expect(thumbs('communityWorker')).toEqual(['儿童少年', '发现']);
  expect(thumbs('auditAdmin')).toEqual([]);
});
