import { expect, it } from 'vitest';
import { dispositionOf, fileNameFrom } from './file-name.ts';

it('SEC-21 a name that people wrote becomes one part of a path, without control characters and turned directions', () => {
  expect(fileNameFrom('../../etc/张三\r\nx: y\u202Egpj.exe')).toBe('__.._etc_张三__x_ y_gpj.exe');
  expect(fileNameFrom('C:\\a|b?.docx')).toBe('C__a_b_.docx');
  expect(fileNameFrom('半个\ud83d字')).toBe('半个\ufffd字');
  expect(fileNameFrom('劝学通知书_𠮷三_义劝通字〔2026〕第3号.pdf')).toBe('劝学通知书_𠮷三_义劝通字〔2026〕第3号.pdf');
});

it('SEC-21 the header of a download holds nothing but one name', () => {
  const header = dispositionOf(`a"b';c(1)*\r\nset-cookie: x=1.pdf`);
  expect(header).toMatch(/^attachment; filename\*=UTF-8''[\w.%~!-]+$/u);
  expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe("a_b';c(1)___set-cookie_ x=1.pdf");
});
