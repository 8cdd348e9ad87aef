import { expect, test } from 'vitest';
import { splitStatements } from './split-statements.ts';

test('statements end at semicolons that are not quoted', () => {
  expect(splitStatements(`SELECT 1; SELECT ';', "a;b", E'\\';' ; -- c;\n SELECT 'it''s;'`)).toEqual([
    'SELECT 1',
    `SELECT ';', "a;b", E'\\';'`,
    `-- c;\n SELECT 'it''s;'`,
  ]);
});

test('dollar quotes hold whole functions, with other dollar quotes inside', () => {
  const body = `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $fn$ BEGIN EXECUTE $$ SELECT 1; $$; END; $fn$`;
  expect(splitStatements(`${body};\nSELECT $1;`)).toEqual([body, 'SELECT $1']);
});

test('comments are no statements, also nested ones', () => {
  expect(splitStatements('/* a; /* b; */ c; */ ; -- only\n;')).toEqual([]);
  expect(splitStatements('SELECT 1 /* a; /* b */ ; */ + 1;')).toEqual(['SELECT 1 /* a; /* b */ ; */ + 1']);
});

test('the words before a quote decide whether backslashes escape', () => {
  expect(splitStatements(`SELECT name'\\'; SELECT 2`)).toEqual([`SELECT name'\\'`, 'SELECT 2']);
});
