import { describe, expect, test } from 'vitest';
import { findPlaceInAddress, matchPlace, placeKey, plainCommunityName, plainStreetName } from './places.ts';

/** The street units and communities of a district as an office's register writes them. */
const WRITTEN: Record<string, string> = {
  一元街道: '三阳社区 扬子社区 岳飞社区 洞庭社区 同兴社区 天津社区 同福社区',
  丹水池街道: '汉黄社区 新马社区 岱山社区 丹东社区 丹北社区 江中社区 丹西社区 堤角社区 江北社区',
  二七街道:
    '操场社区 黄家墩社区 联合社区 长建社区 分金社区 火箭军社区 预警学院社区 福建社区 韦桑社区 江码社区 罗家庄社区 上滑社区 支农社区',
  劳动街道: '艺苑社区 长江委社区 三合社区 公园社区 湖边坊社区 苗栗社区 光华社区 惠中社区 花惠社区 国信院社区',
  台北街道: '云林社区 宝岛社区 和美社区 桃源社区 花莲社区',
  后湖街道:
    '同安社区 建设新村社区 惠民苑社区 金桥社区 汉广社区 十大家社区 香园社区 岱家山社区 后湖苑社区 美庐社区 淌湖社区 东方社区 海赋社区 兴业社区 胜华社区 三金潭社区',
  四唯街道: '五福社区 太平社区 袁家社区 六合社区 麟趾社区',
  塔子湖街道:
    '华汇社区 余华岭社区 美联社区 君安社区 金潭村委会 中星社区 越秀社区 石桥社区 新苗社区 海悦社区 跃进社区 塔新社区 汉口花园社区 金桥汇社区 尚荣社区',
  大智街道: '铭新社区 先锋社区 泰宁社区 保成社区 吉庆社区',
  新村街道: '黑泥湖社区 盛锦社区 航务社区 长湖地社区 铁南社区 徐州社区 铁北社区 京汉社区 为群社区',
  永清街道: '仁义社区 吉林社区 新天地社区 沈阳社区',
  球场街道: '安静社区 球新社区 货捐社区 同庆阁社区',
  百步亭花园: '幸福时代社区 悦秀苑社区 一居委会 现代城社区 景兰苑社区 文卉苑社区 三居委会 四居委会 二居委会',
  花桥街道:
    '四村社区 田园社区 花桥社区 红桥社区 聚才社区 望才里社区 黄浦社区 科苑社区 长惠社区 大江园社区 三村社区 育才社区 蔡家田社区',
  西马街道: '香港社区 新三巷社区 高雄社区 江汉北路社区 模范社区 光荣坊社区 金门社区',
  谌家矶街道: '平安苑社区 幸福社区 天兴花园社区 长江明珠社区 游湖社区',
  车站街道: '辅堂社区 长安社区 三德社区 华清社区',
};
const streets = Object.keys(WRITTEN).map((name) => ({ name }));
const communitiesOf = (street: string): { name: string }[] =>
  (WRITTEN[street] ?? '').split(' ').map((name) => ({ name }));

describe('names of places', () => {
  test('become what offices write', () => {
    expect(plainCommunityName('汉黄社区居委会')).toBe('汉黄社区');
    expect(plainCommunityName('胜华社区居民委员会')).toBe('胜华社区');
    expect(plainCommunityName('金潭村民委员会')).toBe('金潭村委会');
    expect(plainCommunityName('三居委会')).toBe('三居委会');
    expect(plainStreetName('丹水池街道办事处')).toBe('丹水池街道');
    expect(plainStreetName('一元街')).toBe('一元街道');
    expect(plainStreetName('百步亭花园')).toBe('百步亭花园');
    expect(placeKey('社区')).toBe('社区');
  });

  test('every street and community of a register is found, whatever its ending', () => {
    for (const street of streets) {
      const bare = street.name.replace(/街道$/u, '');
      for (const text of [street.name, bare, `${bare}街道`, `${bare}街`, `${bare}街道办事处`, ` ${bare}街办　`])
        expect(matchPlace(text, streets)).toBe(street);
      const communities = communitiesOf(street.name);
      for (const community of communities) {
        const stem = community.name.replace(/社区$|村委会$|居委会$/u, '');
        const forms = community.name.endsWith('社区')
          ? ['社区', '社区居委会', '社区居民委员会', '居委会', '']
          : community.name.endsWith('村委会')
            ? ['村委会', '村民委员会', '村']
            : ['居委会', '居民委员会', '社区'];
        for (const ending of forms) expect(matchPlace(stem + ending, communities)).toBe(community);
        const place = `江岸区${street.name}${community.name}19栋364`;
        expect(findPlaceInAddress(place, streets)).toBe(street);
        expect(findPlaceInAddress(place.replace(street.name, ''), communities)).toBe(community);
      }
    }
    expect(streets).toHaveLength(17);
  });

  test('a short street name is completed, an unknown or double name is not guessed', () => {
    expect(matchPlace('百步亭街道', streets)?.name).toBe('百步亭花园');
    expect(matchPlace('', streets)).toBeNull();
    expect(matchPlace('红旗街道', streets)).toBeNull();
    expect(matchPlace('东湖', [{ name: '东湖社区' }, { name: '东湖村委会' }])).toBeNull();
    expect(matchPlace('东湖村委会', [{ name: '东湖社区' }, { name: '东湖村委会' }])?.name).toBe('东湖村委会');
  });
});
