import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A piece of SQL found in the code: where it stands, and its text with the constants of its file put in. */
export interface Statement {
  place: string;
  text: string;
}

/** Every string and template of the TypeScript files below a folder that reads or writes one of the tables, or one that is chosen at run time; tests are left out. */
export function readStatements(folder: string, tables: readonly string[]): Statement[] {
  const touches = new RegExp(
    `\\b(?:FROM|JOIN|INTO|UPDATE|USING|COPY)\\s+(?:ONLY\\s+)?(?:\\?|(?:${tables.join('|')})\\b)`,
  );
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)testing\.ts$/.test(name))
    .sort()
    .map((name) =>
      ts.createSourceFile(name, readFileSync(path.join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true),
    );
  const shared: Known = { texts: new Map(), functions: new Map() };
  for (const source of sources) learn(source, shared);
  return sources
    .flatMap((source) => {
      const own: Known = { texts: new Map(shared.texts), functions: new Map(shared.functions) };
      learn(source, own);
      return statementsOf(source, own);
    })
    .filter(({ text }) => touches.test(text));
}

/** What names stand for: constant texts, and functions that return one text made of their parameters. */
interface Known {
  texts: Map<string, Text>;
  functions: Map<string, { parameters: string[]; text: Text }>;
}

type Text = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression;

function isText(node: ts.Node): node is Text {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
}

function learn(source: ts.SourceFile, known: Known): void {
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer && isText(node.initializer))
      known.texts.set(node.name.text, node.initializer);
    if (ts.isFunctionDeclaration(node) && node.name && node.body?.statements.length === 1) {
      const [only] = node.body.statements;
      if (only && ts.isReturnStatement(only) && only.expression && isText(only.expression))
        known.functions.set(node.name.text, {
          parameters: node.parameters.map((one) => one.name.getText()),
          text: only.expression,
        });
    }
    node.forEachChild(visit);
  };
  visit(source);
}

function statementsOf(source: ts.SourceFile, known: Known): Statement[] {
  const found: Statement[] = [];
  const collect = (node: ts.Node): void => {
    if (isText(node)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ place: `${source.fileName}:${line}`, text: textOf(node, known) });
    }
    node.forEachChild(collect);
  };
  collect(source);
  return found;
}

/** The text with what is known put in; what is only known at run time becomes `?`. */
function textOf(node: Text, known: Known): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.templateSpans.reduce(
    (text, { expression, literal }) => `${text}${partOf(expression, known)}${literal.text}`,
    node.head.text,
  );
}

function partOf(expression: ts.Expression, known: Known): string {
  if (isText(expression)) return textOf(expression, known);
  if (ts.isIdentifier(expression)) {
    const text = known.texts.get(expression.text);
    return text ? textOf(text, known) : '?';
  }
  if (!ts.isCallExpression(expression) || !ts.isIdentifier(expression.expression)) return '?';
  const called = known.functions.get(expression.expression.text);
  if (!called) return '?';
  const inside = { texts: new Map(known.texts), functions: known.functions };
  called.parameters.forEach((name, at) => {
    const given = expression.arguments[at];
    if (given && isText(given)) inside.texts.set(name, given);
    else inside.texts.delete(name);
  });
  return textOf(called.text, inside);
}

/** The innermost parentheses around a position, without those that are closed inside: the scope of one SELECT. */
function scopeAt(text: string, at: number): string {
  let start = at;
  for (let depth = 0; start > 0; start -= 1) {
    const letter = text[start - 1];
    if (letter === ')') depth += 1;
    else if (letter === '(') {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  let end = at;
  for (let depth = 0; end < text.length; end += 1) {
    if (text[end] === '(') depth += 1;
    else if (text[end] === ')') {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  return text.slice(start, end);
}

/** The references to the tables in a statement that do not say of which district: by their alias, or, without one, in their own scope. */
export function withoutDistrict(text: string, tables: readonly string[]): string[] {
  const reference = new RegExp(
    `\\b(FROM|JOIN|INTO|UPDATE|USING|COPY)\\s+(?:ONLY\\s+)?(\\?|(?:${tables.join('|')})\\b(?!\\.))(?:\\s+(?:AS\\s+)?(?!(?:WHERE|ON|SET|ORDER|GROUP|LIMIT|JOIN|LEFT|CROSS|INNER|RETURNING|SELECT|VALUES|UNION|FOR|USING|FROM|HAVING|OFFSET|AND|OR)\\b)([a-z_]\\w*))?`,
    'g',
  );
  return [...text.matchAll(reference)]
    .filter((found) => {
      const [, , table = '', alias] = found;
      const scope = scopeAt(text, found.index);
      // A table chosen at run time has an alias that is not known here.
      const named = table === '?' ? '\\w+' : (alias ?? table);
      if (new RegExp(`\\b${named}\\.district_code\\b`).test(scope)) return false;
      return !/(?<![\w.])district_code\b/.test(scope);
    })
    .map((found) => found[0]);
}
