import { Alert, Button, Collapse, Skeleton } from 'antd';
import { getReportVersion } from '#contract/statistics-reports.ts';
import { partWords } from '#domain/statistics/words.ts';
import { useAnswer } from '#web/api/use.ts';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { signedPartWords, type Report } from './report-words.ts';

type Change = Report['changes'][number];
type Entry = Report['entries'][number];

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <WideTable
      rows={changes}
      keyOf={(row) => row.part}
      columns={[
        { key: 'part', title: '项目', render: (row) => <strong>{partWords[row.part]}</strong> },
        { key: 'before', title: '原为', align: 'right', render: (row) => row.before },
        { key: 'after', title: '现为', align: 'right', render: (row) => row.after },
      ]}
    />
  );
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  if (entries.length === 0) return <p className="quiet">没有逐人变化，或不在您的查看范围内。</p>;
  return (
    <WideTable
      rows={entries}
      keyOf={(row) => row.childId}
      columns={[
        { key: 'name', title: '学生', render: (row) => <Go to={`/children/${row.childId}`}>{row.name}</Go> },
        { key: 'words', title: '事由' },
        { key: 'day', title: '发生日期' },
        { key: 'parts', title: '影响', render: (row) => row.parts.map(signedPartWords).join('、') },
        { key: 'actorName', title: '登记人' },
        { key: 'knownAt', title: '登记时间', render: (row) => momentShort(row.knownAt) },
      ]}
    />
  );
}

/** What late entries have changed since the last signature; nothing where nothing has. */
export function ReportChanges({ record }: { record: Report }) {
  if (record.frozen === null || (record.changes.length === 0 && record.entries.length === 0)) return null;
  return (
    <Block title="签报后的变化">
      <p className="quiet">已签报的数字不变；下列迟报、更正由校长“更正重报”后成为新的一版。</p>
      {record.changes.length === 0 ? null : <Changes changes={record.changes} />}
      <Entries entries={record.entries} />
    </Block>
  );
}

/** Every signed version, the latest first: who, when, and what it changed by whose entries. */
export function ReportVersions({ record }: { record: Report }) {
  const { id, versions } = record;
  if (id === null || versions.length === 0) return null;
  return (
    <Block title="版本">
      <Collapse
        items={[...versions].reverse().map((one) => ({
          key: String(one.version),
          label: (
            <>
              <strong>第 {one.version} 版</strong>　{one.signedName} {momentShort(one.signedAt)}
              {one.nil ? '　零报告' : ''}
              {one.version === 1
                ? ''
                : one.changes.length === 0
                  ? '　数据未变'
                  : `　更正 ${String(one.changes.length)} 项`}
            </>
          ),
          children: <Version id={id} version={one.version} />,
        }))}
      />
    </Block>
  );
}

function Version({ id, version }: { id: string; version: number }) {
  const answer = useAnswer(getReportVersion, { id, version });
  if (answer.error !== null)
    return (
      <Alert
        type="error"
        showIcon
        title={answer.error.message}
        action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
      />
    );
  const { data } = answer;
  if (data?.version !== version) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  return (
    <>
      <p>
        <Status
          kind={data.holds ? 'ok' : 'bad'}
          words={data.holds ? '按签报时所知重新核对，数据和指纹一致' : '按签报时所知重新核对，数据或指纹不一致'}
        />
      </p>
      {data.formHolds === null ? null : (
        <p>
          <Status
            kind={data.formHolds ? 'ok' : 'warn'}
            words={
              data.formHolds
                ? '报表的考勤、台账、劝返按签报时所知重新统计，一致'
                : '报表的考勤、台账、劝返按签报时所知重新统计，不一致；校历此后有改动时，未点名的人日会不同'
            }
          />
        </p>
      )}
      {data.reason === null ? null : <p className="rep-text">说明：{data.reason}</p>}
      {data.changes.length === 0 ? null : <Changes changes={data.changes} />}
      {version === 1 || data.entries.length === 0 ? null : <Entries entries={data.entries} />}
      <p className="quiet rep-print">
        {data.formula}　数据时点 {data.knownAt}　指纹 {data.fingerprint}
      </p>
    </>
  );
}
