import { useMay } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts } from '#web/ui/page.tsx';
import { dayWords, momentShort } from '#web/ui/words.ts';
import { CaseDecisions } from './case-decisions.tsx';
import type { Case } from './case-words.ts';

/** Who the child is, where the case stands in days, and the plan and finding of the present round, and what was proposed and checked. */
export function CaseFacts({ record }: { record: Case }) {
  const mayChild = useMay('children.read');
  const { plan, finding } = record;
  return (
    <>
      <Block title="学生" extra={mayChild ? <Go to={`/children/${record.childId}`}>打开档案</Go> : undefined}>
        <Facts
          items={[
            { label: '性别', value: record.sex },
            { label: '出生日期', value: record.birthDate },
            { label: '证件号码', value: record.documentMask },
            { label: '学校', value: record.schoolName },
            { label: '班级', value: record.className },
            { label: '监护人', value: [record.guardian, record.relation].filter(Boolean).join('，') },
            { label: '电话', value: record.phoneMask },
            { label: '住址', value: record.address },
            { label: '街道、社区', value: [record.subdistrictName, record.communityName].filter(Boolean).join(' ') },
            { label: '原因', value: record.reasonWords },
            { label: '去向', value: record.whereaboutsWords },
          ]}
        />
      </Block>
      <Block title="日期">
        <Facts
          items={[
            { label: '起算日', value: record.clockStart },
            { label: '达到标准', value: record.crossedOn },
            { label: '发现', value: record.discoveredOn },
            { label: '最后见到', value: record.lastSeenOn },
            { label: '确认', value: record.confirmedOn },
            {
              label: '连续到校',
              value:
                record.presentFrom === null
                  ? '未到校'
                  : `${record.presentFrom} 起 ${String(record.presentDays)} 天，须满 ${String(record.presentWanted)} 天`,
            },
            { label: '复学', value: record.returnedOn },
            { label: '劝返', value: `${String(record.persuasions)} 次` },
            ...(record.categoryWords === null ? [] : [{ label: '销号类别', value: record.categoryWords }]),
          ]}
        />
      </Block>
      {plan === null ? null : (
        <Block title="劝返方案">
          <p className="drop-words">{plan.goal}</p>
          <ul className="drop-plain">
            {plan.people.map((one, index) => (
              <li key={index}>
                <span>
                  <strong>{one.name}</strong>　{one.task}
                </span>
                <span className="quiet">{dayWords(one.day)}前</span>
              </li>
            ))}
          </ul>
          <p className="quiet">
            {plan.madeName}于 {momentShort(plan.madeAt)} 制定
          </p>
        </Block>
      )}
      {finding === null ? null : (
        <Block title="认定无正当理由">
          <Facts
            items={[
              { label: '日期', value: `${finding.day}，${finding.madeName}` },
              { label: '事实', value: finding.facts },
              { label: '证据', value: finding.evidence },
              { label: '陈述、申辩', value: finding.statement },
            ]}
          />
        </Block>
      )}
      <CaseDecisions record={record} />
    </>
  );
}
