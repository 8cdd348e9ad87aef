import { wordsOfGrade } from '#domain/basics/grade.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { catchmentSchool, ownerOf, type CatchmentSchool } from '#domain/comparison/rules.ts';
import { comparisonKinds, type ComparisonKind, type FindingDetail, type Owner } from '#domain/comparison/record.ts';
import type { FoundChild } from '#domain/population/reconcile.ts';
import { studyStatusWords } from '#domain/population/words.ts';
import type { Compared, OtherFacts } from './compare.ts';
import { listWords } from './compare.ts';
import type { LoadedLists } from './load.ts';
import type { ChildRow } from './store-facts.ts';

/** A finding as a comparison wants it to stand. */
export interface WantedFinding {
  kind: ComparisonKind;
  childId: string;
  owner: Owner;
  schoolId: string | null;
  subdistrictCode: string | null;
  communityCode: string | null;
  detail: FindingDetail;
  /** How far the child reaches by its lists and by the findings that stood before. */
  childReach: readonly string[];
}

/** The district as findings need it. */
export interface DistrictWorld {
  district: string;
  asOf: string;
  schoolNames: ReadonlyMap<string, string>;
  /** Schools of the catchment by community. */
  catchments: ReadonlyMap<string, readonly CatchmentSchool[]>;
}

interface Described {
  print: unknown[];
  words: string;
  facts: [string, string | null][];
  schoolId?: string | null;
}

/** The school in whose catchment a child of the register lives; null where none is known. */
export function catchmentOf(world: Pick<DistrictWorld, 'catchments' | 'asOf'>, child: ChildRow): string | null {
  return catchmentSchool(world.catchments.get(child.community_code ?? '') ?? [], child.register_birth, world.asOf);
}

function schoolsOf(lists: LoadedLists, child: ChildRow): string[] {
  const claimed = lists.claims.filter((claim) => claim.child_id === child.id).map((claim) => claim.school_id);
  return [...new Set([...(child.school_id === null ? [] : [child.school_id]), ...claimed])];
}

function describeAbsent(
  world: DistrictWorld,
  lists: LoadedLists,
  facts: OtherFacts,
  child: ChildRow,
  partnerId: string | undefined,
): Described {
  const marks = facts.presence.filter(
    (row) =>
      (row.child_id === child.id || row.child_id === partnerId) && row.present === false && row.leave_kind === null,
  );
  const mark = marks[0];
  const name = world.schoolNames.get(mark?.school_id ?? '') ?? '';
  const days = mark?.days_absent ? `，已缺课 ${String(mark.days_absent)} 天` : '';
  return {
    print: [mark?.school_id, mark?.day],
    schoolId: mark?.school_id ?? child.school_id,
    words: `${mark?.day ?? ''} ${name}到校情况为“否”${mark?.reason ? `，原因栏：${mark.reason}` : '，未写原因'}${days}`,
    facts: [
      ['学籍学校', name],
      ['到校情况日期', mark?.day ?? null],
      ['原因栏', mark?.reason ?? null],
      ['已缺课天数', mark?.days_absent ? String(mark.days_absent) : null],
    ],
  };
}

function describeReview(world: DistrictWorld, lists: LoadedLists, found: FoundChild): Described {
  const other = lists.children.get(found.otherChildId ?? '');
  const school = world.schoolNames.get(other?.school_id ?? '') ?? '';
  const mask = maskDocument(found.otherNumber ?? '', { besideBirth: true });
  return {
    print: [found.otherChildId],
    schoolId: other?.school_id ?? null,
    words: `${school}名册记为 ${found.otherName ?? ''}${mask === '' ? '' : ` ${mask}`}`,
    facts: [
      ['名册学校', school],
      ['名册姓名', found.otherName ?? null],
      ['名册证件号码', mask],
    ],
  };
}

function describe(
  kind: ComparisonKind,
  world: DistrictWorld,
  lists: LoadedLists,
  facts: OtherFacts,
  child: ChildRow,
  found: FoundChild,
  partnerId: string | undefined,
): Described {
  const stated = child.register_id === null ? null : studyStatusWords[child.study_status];
  const keyLists = (facts.keyLists.get(child.id) ?? []).map(listWords).join('、');
  const schools = schoolsOf(lists, child);
  const names = schools.map((id) => world.schoolNames.get(id) ?? '').join('、');
  const registerFacts: [string, string | null][] = [
    ['档案就读状态', stated],
    ['档案所填学校', child.stated_school],
    ['帮扶名单', keyLists],
  ];
  switch (kind) {
    case 'notEnrolled':
      return {
        print: [child.study_status, child.stated_school],
        facts: registerFacts,
        schoolId: catchmentOf(world, child),
        words: `全区名册中没有；档案就读状态：${stated ?? '未填'}${child.stated_school ? `，所填学校：${child.stated_school}` : ''}${keyLists === '' ? '' : `；在${keyLists}名单`}`,
      };
    case 'enrolledElsewhere':
      return {
        print: [child.study_status, child.stated_school],
        facts: registerFacts,
        words: `自述在区外就读：${child.stated_school ?? '未写学校'}，尚无证明`,
      };
    case 'deferred':
      return { print: [child.study_status], facts: registerFacts, words: '档案写明延缓入学，尚未核对批准文书' };
    case 'notSchoolAge':
      return {
        print: [child.study_status, child.register_birth],
        facts: [...registerFacts, ['出生日期', child.register_birth]],
        words: `档案就读状态：${stated ?? '未填'}${child.stated_school ? `，${child.stated_school}` : ''}`,
      };
    case 'onRollAbsent':
      return describeAbsent(world, lists, facts, child, partnerId);
    case 'identityReview':
      return describeReview(world, lists, found);
    case 'notInRegister':
      return {
        print: [...schools].sort(),
        schoolId: child.school_id,
        facts: [
          ['学籍学校', names],
          ['年级', wordsOfGrade(child.grade)],
        ],
        words: `${names}${wordsOfGrade(child.grade)}名册在读，适龄档案中没有`,
      };
    case 'doubleEnrolled':
      return {
        print: [...schools].sort(),
        schoolId: child.school_id,
        facts: [['名册学校', names]],
        words: `同时在${names}的名册上`,
      };
    case 'registerDuplicate': {
      const times = (lists.repeated.get(child.id)?.length ?? 0) + 1;
      return {
        print: lists.repeated.get(child.id) ?? [],
        facts: [['登记次数', String(times)]],
        words: `适龄档案中登记了 ${String(times)} 次`,
      };
    }
  }
}

/** Every finding of a comparison with its owner, reach and detail. Findings that an accepted proof already answers are left out. */
export function wantedFindings(
  world: DistrictWorld,
  lists: LoadedLists,
  compared: Compared,
  facts: OtherFacts,
): WantedFinding[] {
  const partner = new Map(compared.proposals.map((pair) => [pair.leftId, pair.rightId]));
  const wanted: WantedFinding[] = [];
  const seen = new Set<string>();
  for (const kind of comparisonKinds) {
    for (const found of compared.findings[kind]) {
      const child = lists.children.get(found.childId);
      if (!child || seen.has(`${kind}${child.id}`)) continue;
      if ((kind === 'deferred' || kind === 'notSchoolAge') && facts.standings.has(child.id)) continue;
      seen.add(`${kind}${child.id}`);
      const described = describe(kind, world, lists, facts, child, found, partner.get(child.id));
      const schoolId = described.schoolId ?? child.school_id;
      const place = {
        district: world.district,
        subdistrictCode: child.subdistrict_code,
        communityCode: child.community_code,
        schoolId,
      };
      const owner = ownerOf(kind, place);
      wanted.push({
        kind,
        childId: child.id,
        owner,
        schoolId,
        subdistrictCode: place.subdistrictCode,
        communityCode: place.communityCode,
        childReach: child.reach,
        detail: {
          print: JSON.stringify(described.print),
          words: described.words,
          facts: described.facts.flatMap(([label, value]) =>
            value === null || value === '' ? [] : [{ label, value }],
          ),
        },
      });
    }
  }
  return wanted;
}
