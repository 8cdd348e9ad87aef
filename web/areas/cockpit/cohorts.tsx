import { Collapse } from 'antd';
import { getCohorts } from '#contract/statistics-cohorts.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { cohortPartWords, cohortParts, cohortWords } from '#domain/statistics/cohorts.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { addressOf } from '#web/ui/address.ts';
import { count } from '#web/ui/words.ts';
import { cohortAt, momentOf, type Asked } from './asked.ts';

type Told = OutputOf<typeof getCohorts>;
type Cohort = Told['cohorts'][number];

const nameOf: (cohort: Cohort) => string = cohortWords;

/** 届巩固率: who came as a cohort, who moved, who graduated; each cohort opens the table of its schools. */
export function Cohorts({ asked }: { asked: Asked }) {
  const { level, schoolId } = asked;
  const answer = useAnswer(getCohorts, {
    ...momentOf(asked),
    ...(level === null ? {} : { level }),
    ...(schoolId === null ? {} : { schoolId }),
  });
  const told = answer.data;
  return (
    <Block title="届巩固率">
      {told === undefined ? (
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      ) : told.cohorts.length === 0 ? (
        <p className="quiet">还没有毕业年级的学籍记录，有记录后显示届巩固率。</p>
      ) : (
        <>
          <Lines
            lines={told.cohorts.map((cohort) => ({ ...cohort.all, key: nameOf(cohort), name: nameOf(cohort), cohort }))}
            head="届"
            asked={asked}
          />
          {schoolId === null ? (
            <Collapse
              ghost
              items={told.cohorts.map((cohort) => ({
                key: nameOf(cohort),
                label: `${nameOf(cohort)}：各校（${String(cohort.schools.length)} 所）`,
                children: (
                  <Lines
                    head="学校"
                    asked={asked}
                    lines={cohort.schools.map((line) => ({ ...line, key: line.schoolId ?? line.name, cohort }))}
                    open={(id) => addressOf('/cockpit', { ...momentOf(asked), schoolId: id, level: cohort.level })}
                  />
                ),
              }))}
            />
          ) : null}
          <p className="quiet">
            {told.words}；小学以毕业离校人数为分子。公式第 {told.version}{' '}
            版。未毕业的届只列人数，不计比率；学籍记录自首份名单起，此前入学的按首次在册计。
          </p>
        </>
      )}
    </Block>
  );
}

function Lines({
  lines,
  head,
  asked,
  open,
}: {
  lines: readonly (Cohort['all'] & { key: string; cohort: Cohort })[];
  head: string;
  asked: Asked;
  open?: (schoolId: string) => string;
}) {
  const may = useMay('children.read');
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head}</th>
            {cohortParts.map((part) => (
              <th key={part} className="num">
                {cohortPartWords[part]}
              </th>
            ))}
            <th className="num">届巩固率</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <td>{open && line.schoolId !== null ? <Go to={open(line.schoolId)}>{line.name}</Go> : line.name}</td>
              {cohortParts.map((part) => (
                <td key={part} className="num">
                  <GoFigure
                    n={line[part]}
                    to={may ? cohortAt(asked, line.cohort, part, line.schoolId) : null}
                    title={`${line.name}${cohortPartWords[part]} ${count(line[part])} 人，看名单`}
                    words={count(line[part])}
                  />
                </td>
              ))}
              <td className="num">{line.value === null ? '—' : `${percentWords(line.value)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
