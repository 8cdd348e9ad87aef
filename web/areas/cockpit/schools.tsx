import { useState } from 'react';
import { Button } from 'antd';
import { listWork } from '#contract/statistics-cockpit.ts';
import { listFigures } from '#contract/statistics-figures.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import type { Level } from '#domain/statistics/record.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { addressOf } from '#web/ui/address.ts';
import { count } from '#web/ui/words.ts';
import { chosenIn, dutiesAt, listOf, namesAt, momentOf, type Asked } from './asked.ts';
import { Gap } from './headline.tsx';

type Row = OutputOf<typeof listFigures>['rows'][number];
type Work = OutputOf<typeof listWork>['rows'][number];
const firstShown = 20;

/** A bar of what is lost, drawn to the widest of the list; the number stands beside it, so the bar says nothing alone. */
function LostBar({ lost, most }: { lost: number; most: number }) {
  return (
    <svg className="cockpit-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
      <rect width={most === 0 ? 0 : Math.max(lost > 0 ? 2 : 0, (lost / most) * 100)} height={8} />
    </svg>
  );
}

function Numbers({
  row,
  asked,
  kind,
  street,
}: {
  row: Row;
  asked: Asked;
  kind: 'school' | 'schoolLevel' | 'class';
  street: string | null;
}) {
  const may = useMay('children.read');
  const scope = { scopeKind: kind, scopeKey: row.key };
  const at = (part: 'Drop' | 'Gone' | 'S1') => (may ? namesAt(asked, part, scope, street) : null);
  return (
    <>
      <td className="num">
        <GoFigure n={row.counts.Drop} to={at('Drop')} />
      </td>
      <td className="num">
        <GoFigure n={row.counts.Gone} to={at('Gone')} />
      </td>
      <td className="num">
        <GoFigure n={row.counts.S1} to={at('S1')} />
      </td>
    </>
  );
}

function Rate({ row }: { row: Row }) {
  const rate = row.figures[0];
  return (
    <>
      <td className="num" title={rate ? `${count(rate.numerator)} ÷ ${count(rate.denominator)}` : undefined}>
        {percentWords(rate?.value ?? null)} %
        {row.small ? (
          <span className="cockpit-small" title="在校不足 30 人，比率仅供参考">
            人数少
          </span>
        ) : null}
      </td>
      <td>{rate ? <Gap figure={rate} /> : null}</td>
    </>
  );
}

/** Schools by their gap to the target, with timeliness and cases found by others beside the rate; a name opens the school's own classes. */
export function Schools({ asked }: { asked: Asked }) {
  const [all, setAll] = useState(false);
  const kind = asked.level === null ? 'school' : 'schoolLevel';
  const answer = useAnswer(listFigures, { ...listOf(asked, 'school'), ...chosenIn(asked) });
  const work = useAnswer(listWork, listOf({ ...asked, street: null }, 'school'), { enabled: asked.street === null });
  const beside = new Map<string, Work>(
    (asked.street === null ? (work.data?.rows ?? []) : []).map((row) => [row.key, row]),
  );
  const rows = answer.data?.rows ?? [];
  const most = Math.max(0, ...rows.map((row) => row.counts.Drop + row.counts.Gone));
  const shown = all ? rows : rows.slice(0, firstShown);
  return (
    <Block
      title={asked.street === null ? '在哪些学校' : '本街道的孩子在哪些学校'}
      extra={<span className="quiet">按巩固率与目标的差距排列；及时率和他处发现一并看，早报告不吃亏</span>}
    >
      {answer.data === undefined ? (
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <div className="plain-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>学校</th>
                <th className="num">巩固率</th>
                <th>与目标</th>
                <th className="num">辍学</th>
                <th className="num">去向未落实</th>
                <th className="num">期末在校</th>
                {asked.street === null ? (
                  <>
                    <th className="num">及时率</th>
                    <th className="num">超期未办</th>
                    <th className="num">自查／他处发现</th>
                  </>
                ) : null}
                <th aria-hidden />
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.key}>
                  <td>{asked.whole ? <Go to={schoolAt(asked, row.key)}>{row.name}</Go> : row.name}</td>
                  <Rate row={row} />
                  <Numbers row={row} asked={asked} kind={kind} street={asked.street} />
                  {asked.street === null ? (
                    <Lateness work={beside.get(row.key)} asked={asked} row={row} kind={kind} />
                  ) : null}
                  <td>
                    <LostBar lost={row.counts.Drop + row.counts.Gone} most={most} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > firstShown ? (
        <Button
          type="link"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? `只看前 ${String(firstShown)} 所` : `看全部 ${count(rows.length)} 所`}
        </Button>
      ) : null}
    </Block>
  );
}

function schoolAt(asked: Asked, key: string): string {
  const [schoolId] = key.split(':');
  return addressOf('/cockpit', {
    schoolId: schoolId ?? key,
    level: asked.level,
    period: asked.period === 'year' ? null : asked.period,
    group: asked.group,
    ...momentOf(asked),
  });
}

function Lateness({
  work,
  asked,
  row,
  kind,
}: {
  work: Work | undefined;
  asked: Asked;
  row: Row;
  kind: 'school' | 'schoolLevel';
}) {
  const may = useMay('cases.read');
  const mayDuties = useMay('desk.read');
  const duties = (part: 'DutiesDue' | 'DutiesOpen') =>
    mayDuties ? dutiesAt(asked, part, { scopeKind: kind, scopeKey: row.key }) : null;
  const timely = work?.shares.find((one) => one.of === 'duties');
  const counts = work?.counts ?? {};
  const found = (part: 'FoundSelf' | 'FoundOther') => (
    <GoFigure n={counts[part] ?? 0} to={may ? namesAt(asked, part, { scopeKind: kind, scopeKey: row.key }) : null} />
  );
  return (
    <>
      <td className="num" title={timely ? `${count(timely.numerator)} ÷ ${count(timely.denominator)}` : undefined}>
        {timely?.value == null ? (
          '—'
        ) : (
          <GoFigure
            n={timely.denominator}
            to={duties('DutiesDue')}
            words={`${percentWords(timely.value, 1)} %`}
            title={`${row.name}任务及时率 ${percentWords(timely.value, 1)} %，看任务`}
          />
        )}
      </td>
      <td className="num">
        <GoFigure n={counts.DutiesOpen ?? 0} to={duties('DutiesOpen')} />
      </td>
      <td className="num">
        {found('FoundSelf')}／{found('FoundOther')}
      </td>
    </>
  );
}

/** The classes of one school in the order of grade and class: never ranked, small numbers marked. */
export function Classes({ asked, schoolId, level }: { asked: Asked; schoolId: string; level: Level | null }) {
  const { period, group } = asked;
  const answer = useAnswer(listFigures, {
    ...chosenIn(asked),
    period,
    ...momentOf(asked),
    scopeKind: 'class',
    schoolId,
    ...(group === null ? {} : { group }),
  });
  const rows = (answer.data?.rows ?? []).filter((row) => level === null || row.counts.S0 + row.counts.S1 > 0);
  return (
    <Block title="本校各班" extra={<span className="quiet">按年级班号排列，不排名</span>}>
      {answer.data === undefined ? (
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      ) : rows.length === 0 ? (
        <p className="quiet">还没有班级的学籍记录。</p>
      ) : (
        <div className="plain-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>班级</th>
                <th className="num">巩固率</th>
                <th className="num">辍学</th>
                <th className="num">去向未落实</th>
                <th className="num">期末在校</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <td>{row.name}</td>
                  <td className="num">
                    {percentWords(row.figures[0]?.value ?? null)} %
                    {row.small ? <span className="cockpit-small">人数少</span> : null}
                  </td>
                  <Numbers row={row} asked={asked} kind="class" street={null} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.some((row) => row.small) ? <p className="quiet">不足 30 人的班，比率仅供参考，请看人数和名单。</p> : null}
    </Block>
  );
}
