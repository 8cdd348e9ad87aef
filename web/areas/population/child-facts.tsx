import { Flex } from 'antd';
import type { ReactNode } from 'react';
import type { getChild } from '#contract/population.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { useMay } from '#web/api/me.ts';
import { Reveal } from '#web/parts/reveal.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { identityWords, wordOf } from './population-words.ts';

type Child = OutputOf<typeof getChild>;

/** The facts of a child in blocks: person, guardian and home (first on a phone, where one calls), register, school. */
export function ChildFacts({ child }: { child: Child }) {
  const phone = usePhone();
  const home = (
    <Block title="监护人与住处">
      <Facts items={homeFacts(child)} />
    </Block>
  );
  return (
    <div
      style={{
        display: 'grid',
        gap: 16,
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 440px), 1fr))',
        margin: '16px 0',
      }}
    >
      {phone && home}
      <Block title="本人">
        <Facts items={personFacts(child)} />
      </Block>
      {!phone && home}
      <Block title="适龄人口登记">
        {child.register === null ? (
          <p className="quiet">人口登记中没有这个孩子。</p>
        ) : (
          <Facts items={registerFacts(child.register)} />
        )}
      </Block>
      <Block title="学籍">
        <School child={child} />
      </Block>
    </div>
  );
}

type Item = { label: ReactNode; value: ReactNode };

function personFacts(child: Child): Item[] {
  return [
    { label: '性别', value: child.sex },
    { label: '出生日期', value: child.birthDate },
    { label: '民族', value: child.ethnicity },
    { label: '证件类型', value: child.documentType },
    {
      label: '证件号码',
      value:
        child.documentMask === '' ? (
          '没有登记'
        ) : (
          <Reveal childId={child.id} mask={child.documentMask} what="document" mode={child.allowed.reveal} />
        ),
    },
    { label: '学籍号', value: child.registryMask },
    { label: '身份核对', value: wordOf(identityWords, child.identity) },
    {
      label: '兄弟姐妹',
      value:
        child.siblings.length === 0 ? null : (
          <Flex component="span" gap={12} wrap>
            {child.siblings.map((sibling) => (
              <Go key={sibling.id} to={`/children/${sibling.id}`}>
                {sibling.name}
              </Go>
            ))}
          </Flex>
        ),
    },
  ];
}

function homeFacts(child: Child): Item[] {
  const { guardian, household } = child;
  return [
    { label: '监护人', value: guardian.name },
    { label: '与孩子的关系', value: guardian.relation },
    {
      label: '电话',
      value:
        guardian.phoneMask === null ? null : (
          <Reveal
            childId={child.id}
            mask={guardian.phoneMask}
            what="phone"
            mode={child.allowed.call ? 'open' : child.allowed.reveal === 'approval' ? 'approval' : 'no'}
          />
        ),
    },
    {
      label: '户',
      value: household === null ? null : <Go to={`/households/${household.id}`}>{household.householdNo}</Go>,
    },
    { label: '住址', value: household?.address },
    {
      label: '街道与社区',
      value: [child.subdistrictName, child.communityName].filter((part) => part !== null).join(' '),
    },
  ];
}

function registerFacts(register: NonNullable<Child['register']>): Item[] {
  return [
    { label: '就读状态（自述）', value: register.studyStatus },
    { label: '就读学校（自述）', value: register.statedSchool },
    { label: '年级（自述）', value: register.statedGrade === null ? null : wordsOfGrade(register.statedGrade) },
    { label: '人户状态', value: register.householdState },
    { label: '摸底人', value: register.surveyor },
    { label: '摸底日期', value: register.surveyDate },
    { label: '备注', value: register.note },
  ];
}

function School({ child }: { child: Child }) {
  const mayRoster = useMay('roster.read');
  const { enrolment } = child;
  if (enrolment === null) return <p className="quiet">本区各校的名册上都没有这个孩子。</p>;
  return (
    <Facts
      items={[
        { label: '学校', value: <Go to={`/schools/${enrolment.schoolId}`}>{enrolment.schoolName}</Go> },
        { label: '年级', value: wordsOfGrade(enrolment.grade) },
        { label: '班级', value: enrolment.className },
        { label: '在籍起始', value: enrolment.fromDate },
        {
          label: '名册',
          value: mayRoster ? (
            <Go to={`/roster?schoolId=${enrolment.schoolId}&grade=${String(enrolment.grade)}`}>查看本年级名册</Go>
          ) : null,
        },
      ]}
    />
  );
}
