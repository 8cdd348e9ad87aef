import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  causeRules,
  componentOf,
  components,
  componentSigns,
  countsIn,
  courseCauses,
  courseStates,
  mayFollow,
  type CourseCause,
  type CourseState,
} from './course.ts';
import { causeWords, courseStateWords } from './course-words.ts';

describe('the course of a pupil', () => {
  it('ENR-03 a spell follows only where its cause may lead', () => {
    expect(mayFollow(null, 'inSchool', 'listed')).toBe(true);
    expect(mayFollow('inSchool', 'suspended', 'suspension')).toBe(true);
    expect(mayFollow('suspended', 'transferring', 'transferAsked')).toBe(false);
    expect(mayFollow('dead', 'inSchool', 'returned')).toBe(false);
    expect(mayFollow('graduated', 'dropout', 'dropout')).toBe(false);
    expect(mayFollow('leaver', 'gone', 'noShow')).toBe(true);
    for (const cause of courseCauses) {
      expect(causeRules[cause].to.length).toBeGreaterThan(0);
      expect(causeWords[cause].length).toBeGreaterThan(1);
    }
    expect(courseStates.filter((state) => courseStateWords[state] === '')).toEqual([]);
  });

  it('ENR-03 every movement counts in its component, for the school and for the district', () => {
    const at = (state: CourseState, inside = true) => ({ state, inside });
    const part = (
      from: Parameters<typeof componentOf>[0],
      to: Parameters<typeof componentOf>[1],
      cause: CourseCause,
    ) => [componentOf(from, to, cause, 'part'), componentOf(from, to, cause, 'district')];
    expect(part(null, at('inSchool'), 'entry')).toEqual(['New', 'New']);
    expect(part(at('inSchool'), at('transferring'), 'transferAsked')).toEqual([null, null]);
    expect(part(at('inSchool'), at('suspended'), 'suspension')).toEqual(['Susp', 'Susp']);
    expect(part(at('suspended'), at('inSchool'), 'resumed')).toEqual(['Back', 'Back']);
    expect(part(at('dropout'), at('inSchool'), 'returned')).toEqual(['Back', 'Back']);
    expect(part(at('transferring'), at('gone'), 'notArrived')).toEqual(['Gone', 'Gone']);
    expect(part(at('inSchool'), at('leaver'), 'leaving')).toEqual(['MoveOut', null]);
    expect(part(at('leaver'), at('gone'), 'noShow')).toEqual([null, 'Gone']);
    expect(part(at('leaver', false), at('inSchool'), 'placement')[0]).toBe('MoveIn');
    expect(componentOf(at('inSchool'), at('inSchool', false), 'transferIn', 'part')).toBe('Out');
    expect(componentOf(at('inSchool', false), at('inSchool'), 'transferIn', 'part')).toBe('In');
    expect(componentOf(at('inSchool'), at('inSchool', false), 'classChange', 'part')).toBe('MoveOut');
    expect(componentOf(at('inSchool', false), at('inSchool'), 'classChange', 'part')).toBe('MoveIn');
    expect(componentOf(at('out', false), at('inSchool'), 'transferIn', 'part')).toBe('In');
  });

  it('ENR-03 the identity S1 = S0 + components holds for any two ends and any scope', () => {
    const end = fc.option(fc.record({ state: fc.constantFrom(...courseStates), inside: fc.boolean() }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(end, end, fc.constantFrom(...courseCauses)), { maxLength: 60 }),
        fc.constantFrom('district' as const, 'part' as const),
        (moves, width) => {
          const s0 = moves.filter(([from]) => countsIn(from, width)).length;
          const s1 = moves.filter(([, to]) => countsIn(to, width)).length;
          const sum = moves.reduce((total, [from, to, cause]) => {
            const component = componentOf(from, to, cause, width);
            return total + (component === null ? 0 : componentSigns[component]);
          }, s0);
          expect(sum).toBe(s1);
        },
      ),
    );
    expect(components.map((component) => componentSigns[component])).toHaveLength(12);
  });
});
