import type { CoursePart, ScopeKind } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { useMay } from '#web/api/me.ts';
import { WideTable } from '#web/parts/wide-table.tsx';
import { GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { addressOf } from '#web/ui/address.ts';
import { rateWords, tallyGroups, type Report } from './report-words.ts';

/** The address that opens the names behind a number of a report. */
export function namesAt(
  record: Report,
  part: CoursePart,
  scope: { kind: ScopeKind; key: string },
  knownAt: string | null,
): string {
  const { schoolId, period, from } = record;
  return addressOf(`/reports/${schoolId}`, {
    period,
    day: from,
    part,
    scopeKind: scope.kind,
    scopeKey: scope.key,
    knownAt,
  });
}

/** The tally: every number opens its names; of a signed report what was signed, and what the records say now where it differs. */
export function ReportTally({ record }: { record: Report }) {
  const may = useMay('children.read');
  const { frozen, counts, schoolId } = record;
  const scope = { kind: 'school' as const, key: schoolId };
  const link = (part: CoursePart, knownAt: string | null) => (may ? namesAt(record, part, scope, knownAt) : null);
  const shown = frozen?.counts ?? counts;
  return (
    <Block title={frozen === null ? '数据（按现有记录）' : `数据（第 ${String(frozen.version)} 版签报）`}>
      {tallyGroups.map((group) => (
        <section key={group.title} className="rep-group" aria-label={group.title}>
          <h3>{group.title}</h3>
          <dl>
            {group.parts.map((part) => (
              <div key={part} className={shown[part] === 0 && counts[part] === 0 ? 'rep-nil' : ''}>
                <dt>{partWords[part]}</dt>
                <dd>
                  <GoFigure
                    n={shown[part]}
                    to={link(part, frozen?.knownAt ?? null)}
                    title={`${partWords[part]} ${String(shown[part])} 人，看名单`}
                  />
                  {shown[part] === counts[part] ? null : (
                    <span className="rep-now">
                      现为{' '}
                      <GoFigure
                        n={counts[part]}
                        to={link(part, null)}
                        title={`${partWords[part]}现为 ${String(counts[part])} 人，看名单`}
                      />
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Block>
  );
}

/** The figures of the report, both sides beside each. */
export function ReportFigures({ record }: { record: Report }) {
  const figures = record.frozen?.figures ?? record.figures;
  return (
    <Block title="指标">
      <dl className="rep-figures">
        {figures.map((one) => (
          <div key={one.figure}>
            <dt>{one.name}</dt>
            <dd>{rateWords(one)}</dd>
          </div>
        ))}
      </dl>
    </Block>
  );
}

/** What the school knows otherwise than the records, as it was signed. */
export function Explanations({ record }: { record: Report }) {
  const { frozen } = record;
  if (frozen === null || frozen.explanations.length === 0) return null;
  return (
    <Block title="与学校掌握情况的差异">
      <WideTable
        rows={frozen.explanations}
        keyOf={(row) => row.part}
        columns={[
          { key: 'part', title: '项目', render: (row) => <strong>{partWords[row.part]}</strong> },
          { key: 'system', title: '系统数据', align: 'right', render: (row) => frozen.counts[row.part] },
          { key: 'own', title: '学校掌握', align: 'right', render: (row) => row.own },
          { key: 'words', title: '说明' },
        ]}
      />
    </Block>
  );
}

const classParts: readonly CoursePart[] = ['S0', 'In', 'Back', 'Out', 'Susp', 'Gone', 'Drop', 'S1', 'Open'];

/** The same by class, in the order of grade and class, never ranked. */
export function ReportClasses({ record }: { record: Report }) {
  const may = useMay('children.read');
  const phone = usePhone();
  const figure = (row: Report['classes'][number], part: CoursePart) => (
    <GoFigure n={row.counts[part]} to={may ? namesAt(record, part, { kind: 'class', key: row.key }, null) : null} />
  );
  const nameOf = (row: Report['classes'][number]) => row.name.replace(record.schoolName, '');
  return (
    <Block title="各班（按现有记录）">
      {phone ? (
        <ul className="rep-classes">
          {record.classes.map((row) => (
            <li key={row.key}>
              <strong>{nameOf(row)}</strong>
              {classParts
                .filter((part) => part === 'S1' || (part !== 'S0' && row.counts[part] > 0))
                .map((part) => (
                  <span key={part}>
                    {partWords[part]} {figure(row, part)}
                  </span>
                ))}
            </li>
          ))}
        </ul>
      ) : (
        <WideTable
          rows={record.classes}
          keyOf={(row) => row.key}
          columns={[
            { key: 'name', title: '班级', render: (row) => <strong>{nameOf(row)}</strong> },
            ...classParts.map((part) => ({
              key: part,
              title: partWords[part],
              align: 'right' as const,
              render: (row: Report['classes'][number]) => figure(row, part),
            })),
          ]}
        />
      )}
    </Block>
  );
}
