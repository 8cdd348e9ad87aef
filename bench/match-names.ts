/** Family names that the lists are made of. */
export const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史陶贺顾毛郝龚邵万钱',
];
/** Characters of given names. */
export const given = [
  ...'子梓宇浩轩博文俊杰睿泽晨航天明嘉佳诗雨欣怡涵梦琪瑶雪语诺安然思慈景若云桐柏曦星辰乐知行书雅馨萱彤妍悦宁静远承志凯旋鹏程立言卓越希望清扬舒畅予墨白芷兰心',
];
/** Streets of the district. */
export const streets = [
  '大智街道',
  '一元街道',
  '车站街道',
  '四唯街道',
  '永清街道',
  '西马街道',
  '球场街道',
  '劳动街道',
  '二七街道',
  '新村街道',
  '丹水池街道',
  '台北街道',
  '花桥街道',
  '谌家矶街道',
  '后湖街道',
  '塔子湖街道',
];
/** Area codes at the head of document numbers. */
export const areas = ['420102', '420102', '420102', '420103', '420106', '421127', '411528', '342601', '360122'];
/** Characters written for one another by mistake. */
export const alike: Record<string, string> = {
  宇: '语',
  语: '雨',
  雨: '宇',
  子: '梓',
  梓: '子',
  欣: '心',
  心: '馨',
  涵: '函',
  琪: '淇',
  萱: '宣',
  轩: '宣',
  佳: '嘉',
  嘉: '佳',
  晨: '辰',
  辰: '晨',
  浩: '皓',
  博: '搏',
  明: '铭',
};
