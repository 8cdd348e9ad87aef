import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { roles, roleWords } from '../basics/roles.ts';
import { caseStates } from './record.ts';
import { diagramOf, statusPage } from './step-diagram.ts';
import { caseActions, steps } from './steps.ts';
import { caseStateWords } from './words.ts';

describe('the table of a case', () => {
  it('DRP-17 docs/status/dropout.md is what the table gives', () => {
    const page = path.resolve(import.meta.dirname, '../../docs/status/dropout.md');
    const words = { states: caseStateWords, roles: { ...roleWords, platform: '平台' } };
    expect(readFileSync(page, 'utf8')).toBe(statusPage(diagramOf(words)));
  });

  it('DRP-04 every act stands in the table, every state is reached and left, and roles are roles', () => {
    expect(caseActions.filter((action) => !steps.some((step) => step.action === action))).toEqual([]);
    const reached = new Set(steps.flatMap((step) => (step.next === null ? [] : [step.next])));
    expect(caseStates.filter((state) => !reached.has(state))).toEqual([]);
    const left = new Set(steps.flatMap((step) => (step.next === null ? [] : step.from)));
    expect(caseStates.filter((state) => !left.has(state))).toEqual([]);
    const known: readonly string[] = [...roles, 'platform'];
    expect(steps.flatMap((step) => step.roles).filter((role) => !known.includes(role))).toEqual([]);
  });
});
