import { Failure } from '#domain/basics/failure.ts';
import { reachToken } from '#domain/basics/reach.ts';
import type { DocumentKind, IssuingUnit } from '#domain/notices/record.ts';
import { unitOfPost, unitsFor, type IssuingPost } from '#domain/notices/rules.ts';
import { documentKindWords } from '#domain/notices/words.ts';
import type { ChildBrief } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { unitNames, type UnitNames } from './store-templates.ts';

/** What documents call the units of a request. */
export interface Names {
  bureau: string;
  government: string;
  posts: IssuingPost[];
  wordsOf(unit: IssuingUnit): string;
}

/** The names of the units in which the actor stands, and of others asked for. */
export async function readNames(context: Context, others: readonly IssuingUnit[] = []): Promise<Names> {
  const { posts } = context.actor;
  const idsOf = (kind: string) => [
    ...posts.filter((post) => post.unitKind === kind).map((post) => post.unitId),
    ...others.filter((unit) => unit.kind === kind).map((unit) => unit.id),
  ];
  const names: UnitNames = await unitNames(context.client, context.district, {
    schools: idsOf('school'),
    streets: idsOf('subdistrict'),
    classes: idsOf('class'),
  });
  const { city, name } = names.district;
  const area = name.startsWith(city) ? name : `${city}${name}`;
  return {
    bureau: `${area}教育局`,
    government: `${area}人民政府`,
    posts: posts.map((post) => ({
      ...post,
      schoolOfClass: post.unitKind === 'class' ? (names.schoolOfClass.get(post.unitId) ?? null) : null,
    })),
    wordsOf: (unit) => {
      switch (unit.kind) {
        case 'school':
          return names.schools.get(unit.id) ?? '学校';
        case 'subdistrict':
          return `${area}人民政府${names.streets.get(unit.id) ?? '街道'}办事处`;
        case 'district':
          return `${area}教育局`;
      }
    },
  };
}

/** The reach token of an issuing unit; the bureau reaches everything anyhow. */
export function tokenOf(unit: IssuingUnit): string | null {
  return unit.kind === 'district' ? null : reachToken(unit.kind, unit.id);
}

const same = (one: IssuingUnit, other: IssuingUnit): boolean => one.kind === other.kind && one.id === other.id;

/**
 * The unit in whose name the actor issues a kind of document: the one asked for, else that of the child, else the only one.
 * `not-allowed` when his posts do not issue it, `input-wrong` when several units would do.
 */
export function chooseUnit(
  kind: DocumentKind,
  names: Names,
  asked: IssuingUnit | undefined,
  child: ChildBrief | null,
): IssuingUnit {
  const units = unitsFor(kind, names.posts);
  const ofChild = units.filter(
    (unit) =>
      (unit.kind === 'school' && unit.id === child?.schoolId) ||
      (unit.kind === 'subdistrict' && unit.id === child?.subdistrictCode),
  );
  if (units.length === 0) throw new Failure('not-allowed', `您的岗位不签发${documentKindWords[kind]}。`);
  if (asked) {
    const found = units.find((unit) => same(unit, asked));
    if (!found) throw new Failure('not-allowed', `您不能以这个单位的名义签发${documentKindWords[kind]}。`);
    return found;
  }
  const [only, second] = ofChild.length === 1 ? ofChild : units;
  if (!only || second)
    throw new Failure('input-wrong', '您在几个单位任职，请选择以哪个单位的名义签发。', {
      issues: [{ path: 'unit', words: '请选择单位。' }],
    });
  return only;
}

/** Whether the actor stands in this unit: whoever does and may issue documents serves those of the unit. */
export function standsIn(names: Names, unit: IssuingUnit): boolean {
  return names.posts.some((post) => {
    const own = unitOfPost(post);
    return own !== null && same(own, unit);
  });
}

/** Whether the actor's posts issue documents of this kind for this unit. */
export function mayIssue(kind: DocumentKind, names: Names, unit: IssuingUnit): boolean {
  return unitsFor(kind, names.posts).some((one) => same(one, unit));
}
