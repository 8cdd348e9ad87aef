/** Groups of characters that are mistaken for each other in names by eye (those that sound alike are found by pinyin). */
const groups = [
  '宇字', '己已巳', '戊戌戍', '未末', '士土', '日曰', '睛晴', '梓样', '听昕', '明玥', '祎袆', '萱宣暄', '琪淇祺棋', '涵函', '浩皓昊', '轩轼',
  '婷停', '妍研', '喆哲', '峰锋烽', '丽俪', '芸云', '钰玉', '欣掀', '馨声', '薇微', '璇旋', '茜西', '雯文', '烨晔', '炜玮伟纬', '琳林', '瑶遥谣',
  '珺君', '琦绮', '怡恰', '诺若', '语浯', '悦说锐', '晨辰', '曦羲', '皓晧', '泽译择', '博搏', '睿壑', '彤肜', '佑祐', '桐铜', '思恩', '予矛',
  '柏伯', '沐休', '航杭', '杰木', '辉晖', '珊姗', '菲非', '莹萤荧', '嫣焉', '颖颍', '妤好', '儒濡', '奕弈', '卓桌', '栩翔', '锦绵', '鑫淼森',
  '䶮龚', '堃坤', '昀昫旬', '芮丙', '芷芝', '苒再', '茗名', '莉利', '蕊芯', '雪霄', '霖霏', '熙煕', '焱炎', '赟斌', '贇赟', '冼洗', '闫阎', '肖萧',
  '付傅', '邱丘', '戴载', '侯候', '候侯', '於于', '干千', '任仼', '藉籍', '蓝兰', '曲由', '王玉', '刘浏', '陈阵', '杨扬', '何河', '吕侣', '汪江', '巩恐',
];

const kin = new Map<string, string>();
for (const group of groups) for (const character of group) kin.set(character, (kin.get(character) ?? '') + group);

/** Whether two different characters are easily mistaken for each other by eye. */
export function looksAlike(first: string, second: string): boolean {
  return kin.get(first)?.includes(second) === true;
}
