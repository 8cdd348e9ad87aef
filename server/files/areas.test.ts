import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchPlace, plainCommunityName } from '#domain/organisations/places.ts';
import { readAreas } from './areas.ts';

test('the area file holds the whole country in under 8 MB', () => {
  const areas = readAreas();
  expect(statSync(new URL('../../data/areas.bin', import.meta.url)).size).toBeLessThan(8 * 1024 * 1024);
  expect(areas.counts).toEqual({
    provinces: 31,
    cities: 342,
    districts: 2978,
    subdistricts: 41352,
    communities: 620573,
  });
  expect(areas.edition).toBe('2023-06-30');
  expect(areas.districtsOf()).toHaveLength(2978);
});

test('江岸区 has 17 street units and 141 committees, 武汉市 has 13 districts', () => {
  const areas = readAreas();
  expect(areas.findDistrict('420102')).toEqual({ code: '420102', name: '江岸区', province: '湖北省', city: '武汉市' });
  expect(areas.districtsOf('4201')).toHaveLength(13);
  const streets = areas.subdistrictsOf('420102');
  expect(streets).toHaveLength(17);
  expect(streets.at(-1)).toEqual({ code: '420102400', name: '百步亭花园' });
  const communities = areas.communitiesOf('420102');
  expect(communities).toHaveLength(141);
  expect(communities.find((community) => community.code === '420102018201')?.name).toBe('金潭村委会');
  const counts = streets.map(
    (street) => communities.filter((community) => community.subdistrictCode === street.code).length,
  );
  expect(counts).toEqual([5, 7, 4, 5, 4, 7, 4, 10, 13, 9, 9, 5, 13, 5, 17, 15, 9]);
});

test('every code of every province comes out once, with a name', () => {
  const areas = readAreas();
  let subdistricts = 0;
  let communities = 0;
  const codes = new Set<string>();
  for (const district of areas.districtsOf()) {
    subdistricts += areas.subdistrictsOf(district.code).length;
    for (const community of areas.communitiesOf(district.code)) {
      communities += 1;
      if (!/^\d{12}$/u.test(community.code) || community.name === '' || codes.has(community.code))
        throw new Error(`bad ${community.code} ${community.name}`);
      codes.add(community.code);
    }
  }
  expect({ subdistricts, communities }).toEqual({ subdistricts: 41352, communities: 620573 });
});

test('an unknown district has nothing', () => {
  const areas = readAreas();
  expect(areas.findDistrict('999999')).toBeNull();
  expect(areas.subdistrictsOf('999999')).toEqual([]);
  expect(areas.communitiesOf('420199')).toEqual([]);
});

test('the streets and communities that offices write are found among the published ones', () => {
  const areas = readAreas();
  const streets = areas.subdistrictsOf('420102');
  const communities = areas.communitiesOf('420102');
  const written = [
    '丹水池街道/汉黄社区',
    '后湖街道/胜华社区',
    '塔子湖街道/金潭村委会',
    '百步亭花园/三居委会',
    '百步亭花园/二居委会',
    '花桥街道/四村社区',
    '二七街道/预警学院社区',
  ];
  for (const place of written) {
    const [street = '', community = ''] = place.split('/');
    const found = matchPlace(street, streets);
    expect(found).not.toBeNull();
    const within = communities.filter((candidate) => candidate.subdistrictCode === found?.code);
    expect(matchPlace(community, within)).not.toBeNull();
    expect(matchPlace(`${community.replace(/(?:社区|居委会|村委会)$/u, '')}居委会`, within)).toBe(
      matchPlace(community, within),
    );
  }
  for (const community of communities) {
    const within = communities.filter((candidate) => candidate.subdistrictCode === community.subdistrictCode);
    expect(matchPlace(plainCommunityName(community.name), within)).toBe(community);
  }
});
