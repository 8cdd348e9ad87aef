import { Failure } from '#domain/basics/failure.ts';

const saveAgain = '请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后重新上传';

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}

/** The file holds nothing to import. */
export function emptyFile(): Failure {
  return new Failure('file-empty', '这个文件里没有任何数据行。请确认选对了文件和工作表，填好后重新上传。');
}

/** The content is not a spreadsheet; `what` says in Chinese what it looks like instead. */
export function wrongKind(what: string): Failure {
  return new Failure(
    'file-wrong-kind',
    `这个文件不是电子表格，而是${what}。请上传 .xlsx、.xls 或 .csv 文件；如果数据在别的软件里，${saveAgain}。`,
    { found: what },
  );
}

/** The file opens only with a password or is under rights management. */
export function encryptedFile(): Failure {
  return new Failure(
    'file-encrypted',
    '这个文件设置了打开密码或被加密，系统无法读取。请用 Excel 或 WPS 打开，在“文件—信息—保护工作簿”里取消密码并保存后重新上传。',
  );
}

/** The file is damaged or breaks the rules of its format; `why` is one Chinese clause. */
export function unreadable(why: string, detail?: Record<string, unknown>): Failure {
  return new Failure('file-unreadable', `文件无法读取：${why}。${saveAgain}；仍不行请联系系统管理员。`, detail);
}

/** The upload is over a size limit, in bytes. */
export function tooManyBytes(bytes: number, limit: number): Failure {
  return new Failure(
    'file-too-large',
    `文件有 ${inMegabytes(bytes)}，超过 ${inMegabytes(limit)} 的上限。请删除图片和多余的工作表，或按学校、街道拆成几个文件分别上传。`,
    { bytes, limit },
  );
}

/** The parts of an .xlsx would unpack to more than the limit, or their ratio is one no office program makes. */
export function unpacksTooLarge(detail: Record<string, unknown>): Failure {
  return new Failure(
    'file-too-large',
    `文件解压后的大小或压缩比例异常，已拒绝读取以保护系统。请只保留数据所在的工作表，复制到新建的空白工作簿后另存为 .xlsx 重新上传。`,
    detail,
  );
}

/** More parts, rows, columns, cells or characters than the limit; `what` names them, `where` the row when it is known. */
export function tooMany(what: string, limit: number, where?: number): Failure {
  const place = where === undefined ? '' : `（第 ${where} 行）`;
  return new Failure(
    'file-too-large',
    `${what}超过 ${limit} 的上限${place}。请删除多余内容，或拆成几个文件分别上传。`,
    { what, limit, row: where },
  );
}
