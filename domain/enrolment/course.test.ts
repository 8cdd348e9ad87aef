import { describe, expect, it } from 'vitest';
import { causeRules, courseCauses, courseStates, mayFollow } from './course.ts';
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
});
