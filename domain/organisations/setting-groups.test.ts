import { expect, it } from 'vitest';
import { groupOfSetting, groupSettings, settingGroups } from './setting-groups.ts';
import { settingCatalogue, type SettingKey } from './settings.ts';

const rows = Object.keys(settingCatalogue).map((key) => {
  const { label, words } = settingCatalogue[key as SettingKey]; // as: keys of the catalogue
  return { key, label, words, isDefault: key !== 'dropout.rounds' };
});

it('ORG-04 every setting stands under exactly one heading, and no heading is empty', () => {
  expect(rows.filter((row) => groupOfSetting(row.key) === null)).toEqual([]);
  const shown = groupSettings(rows, { words: '', changedOnly: false });
  expect(shown.map((one) => one.group.id)).toEqual(settingGroups.map((group) => group.id));
  expect(shown.flatMap((one) => one.rows.map((row) => row.key)).sort()).toEqual(rows.map((row) => row.key).sort());
});

it('ORG-04 settings are found by the words of their name or explanation, and those that were changed by themselves', () => {
  const found = (words: string, changedOnly = false) =>
    groupSettings(rows, { words, changedOnly }).flatMap((one) => one.rows.map((row) => row.key));
  expect(found('首日 签名')).toEqual(['duty.firstDaySign']);
  expect(found('半天计')).toEqual(['attendance.cumulative']);
  expect(found('没有这样的参数')).toEqual([]);
  expect(found('', true)).toEqual(['dropout.rounds']);
});
