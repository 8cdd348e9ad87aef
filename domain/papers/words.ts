import type { PaperKind, PaperType } from './record.ts';

/** Words of the kinds of paper. */
export const paperKindWords: Record<PaperKind, string> = {
  photo: '照片',
  scan: '扫描件',
  hospitalPaper: '医院证明',
  certificate: '证明材料',
  reply: '回函',
  signature: '纸质签名',
  receipt: '回执',
  statement: '书面陈述',
  other: '其他',
};

/** The ending of a file's name by its content. */
export const paperEndings: Record<PaperType, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'application/pdf': '.pdf',
};
