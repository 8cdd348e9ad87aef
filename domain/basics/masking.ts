function keepEnds(text: string, first: number, last: number): string {
  if (text.length <= first + last) return '*'.repeat(text.length);
  return text.slice(0, first) + '*'.repeat(text.length - first - last) + text.slice(text.length - last);
}

/**
 * A document number with its middle hidden. A citizen's number shows six and four with eight stars between (the fixed
 * shape of the command line), or the first four and last two where a birth date stands beside it (product, section 4);
 * any other number shows two and two with stars of the true length. Empty stays empty.
 */
export function maskDocument(number: string, where: { besideBirth?: boolean } = {}): string {
  if (/^\d{17}[\dX]$/.test(number)) return where.besideBirth === true ? keepEnds(number, 4, 2) : keepEnds(number, 6, 4);
  return keepEnds(number, 2, 2);
}

/** A registry number masked like the document number it holds, its letter kept: `G420102********979X`. */
export function maskRegistryNo(number: string, where: { besideBirth?: boolean } = {}): string {
  return /^[GLJ]/.test(number) ? number.charAt(0) + maskDocument(number.slice(1), where) : maskDocument(number, where);
}

/** A telephone number with its middle hidden: `138****1234`; a landline shows its first three and last two. */
export function maskPhone(phone: string): string {
  return phone.length === 11 ? keepEnds(phone, 3, 4) : keepEnds(phone, 3, 2);
}
