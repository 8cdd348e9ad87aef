import { Collapse } from 'antd';
import { getCohorts } from '#contract/statistics-cockpit.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { addressOf } from '#web/ui/address.ts';
import { count } from '#web/ui/words.ts';
import { momentOf, type Asked } from './asked.ts';

type Told = OutputOf<typeof getCohorts>;
type Cohort = Told['cohorts'][number];

const nameOf = ({ level, entered, leaves, over }: Cohort): string =>
  `${String(entered)} 级${level === 'primary' ? '小学' : '初中'}（${String(leaves)} 年${over ? '毕业' : '将毕业'}）`;

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
            lines={told.cohorts.map((cohort) => ({ ...cohort.all, key: nameOf(cohort), name: nameOf(cohort) }))}
            head="届"
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
                    lines={cohort.schools.map((line) => ({ ...line, key: line.schoolId ?? line.name }))}
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
  open,
}: {
  lines: readonly (Cohort['all'] & { key: string })[];
  head: string;
  open?: (schoolId: string) => string;
}) {
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head}</th>
            <th className="num">入学</th>
            <th className="num">流入</th>
            <th className="num">合法流出</th>
            <th className="num">辍学和去向未落实</th>
            <th className="num">在校</th>
            <th className="num">毕业</th>
            <th className="num">届巩固率</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <td>{open && line.schoolId !== null ? <Go to={open(line.schoolId)}>{line.name}</Go> : line.name}</td>
              <td className="num">{count(line.entrants)}</td>
              <td className="num">{count(line.came)}</td>
              <td className="num">{count(line.went)}</td>
              <td className="num">{count(line.gone)}</td>
              <td className="num">{count(line.there)}</td>
              <td className="num">{count(line.graduates)}</td>
              <td className="num">{line.value === null ? '—' : `${percentWords(line.value)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
