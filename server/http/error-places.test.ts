import { expect, it } from 'vitest';
import { placesOf } from './error-places.ts';

it('SEC-21 what the database refuses is logged by its place and code, and not by the value that it repeats', () => {
  const refused = new Error('invalid input syntax for type date: "王小明 13800001234"');
  expect(placesOf(refused, '22007')).not.toContain('王小明');
  expect(placesOf(refused, '22007')).toMatch(/^\s+at /u);
  expect(placesOf(refused, '23505')).not.toContain('13800001234');
  expect(placesOf(new Error('the connection ended'), '57P01')).toContain('the connection ended');
});
