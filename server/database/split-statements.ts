/**
 * The statements of an SQL text, without their semicolons. Quotes, quoted names, dollar quotes and (nested) comments are respected;
 * text that is only comments is dropped. `BEGIN ATOMIC` bodies are not understood: write functions in dollar quotes.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let begin = 0;
  let meaningful = false;
  let at = 0;
  const finish = (end: number) => {
    if (meaningful) statements.push(sql.slice(begin, end).trim());
    begin = end + 1;
    meaningful = false;
  };
  while (at < sql.length) {
    const comment = commentEnd(sql, at);
    if (comment > at) {
      at = comment;
      continue;
    }
    const character = sql.charAt(at);
    if (character === ';') finish(at);
    else if (/\S/.test(character)) meaningful = true;
    at = quoteEnd(sql, at);
  }
  finish(sql.length);
  return statements;
}

function commentEnd(sql: string, at: number): number {
  if (sql.startsWith('--', at)) {
    const end = sql.indexOf('\n', at);
    return end === -1 ? sql.length : end;
  }
  if (!sql.startsWith('/*', at)) return at;
  let depth = 0;
  let next = at;
  do {
    if (sql.startsWith('/*', next)) depth += 1;
    else if (sql.startsWith('*/', next)) depth -= 1;
    else {
      next += 1;
      continue;
    }
    next += 2;
  } while (depth > 0 && next < sql.length);
  return next;
}

/** The place after the quoted text that begins here, or the next character when none does. */
function quoteEnd(sql: string, at: number): number {
  const character = sql.charAt(at);
  if (character === "'")
    return closing(sql, at, "'", /[eE]/.test(sql.charAt(at - 1)) && !/\w/.test(sql.charAt(at - 2)));
  if (character === '"') return closing(sql, at, '"', false);
  if (character === '$' && !/[\w$]/.test(sql.charAt(at - 1))) {
    const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(sql.slice(at, at + 70))?.[0];
    if (tag) {
      const end = sql.indexOf(tag, at + tag.length);
      return end === -1 ? sql.length : end + tag.length;
    }
  }
  return at + 1;
}

function closing(sql: string, at: number, quote: string, backslashes: boolean): number {
  for (let next = at + 1; next < sql.length; next += 1) {
    if (backslashes && sql[next] === '\\') next += 1;
    else if (sql[next] === quote) {
      if (sql[next + 1] !== quote) return next + 1;
      next += 1;
    }
  }
  return sql.length;
}
