/** What is exported, in words. */
const exportWords: Record<string, string> = {
  findings: '比对发现',
  roster: '在校学生花名册',
  held: '待更正的行',
  children: '适龄人口名单',
  population: '适龄人口名单',
  register: '适龄儿童少年信息档案',
  books: '册表',
};

/** What an approval is about, in words. */
export function approvalScopeWords(kind: string, childName: string | null, exportOf: string | null): string {
  if (kind === 'revealDocument') return `查看${childName ?? '一名学生'}的完整证件号码`;
  if (exportOf?.startsWith('copy:') === true) return `生成${childName ?? '学校'}的全部信息副本（含完整证件号码）`;
  return `导出${exportWords[exportOf ?? ''] ?? exportOf ?? '名单'}（含完整证件号码）`;
}

/** The device of a session in a few words, from the browser's own name: `电脑 · Chrome`. */
export function deviceWords(userAgent: string): string {
  const machine = /iPad|Tablet/i.test(userAgent)
    ? '平板'
    : /Mobile|Android|iPhone/i.test(userAgent)
      ? '手机'
      : /Windows|Macintosh|Linux|X11/i.test(userAgent)
        ? '电脑'
        : '其他设备';
  const browsers: [RegExp, string][] = [
    [/MicroMessenger/i, '微信'],
    [/Edg/i, 'Edge'],
    [/QQBrowser/i, 'QQ浏览器'],
    [/Firefox/i, 'Firefox'],
    [/Chrome|Chromium|CriOS/i, 'Chrome'],
    [/Safari/i, 'Safari'],
  ];
  const browser = browsers.find(([name]) => name.test(userAgent))?.[1];
  return browser === undefined ? machine : `${machine} · ${browser}`;
}
