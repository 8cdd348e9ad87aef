import { Skeleton } from 'antd';
import { getMarkHistory } from '#contract/attendance.ts';
import { useAnswer } from '#web/api/use.ts';
import { Empty } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { guardianSaid, markLook } from './attendance-words.ts';

/** Every version of a pupil's marks of a day: what stood there, by whom, from when to when. */
export function MarkHistory({ childId, day }: { childId: string; day: string }) {
  const answer = useAnswer(getMarkHistory, { childId, day });
  const versions = answer.isPlaceholderData ? undefined : answer.data?.versions;
  if (answer.isError) return <Empty words={answer.error.message} />;
  if (versions === undefined) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  return (
    <section aria-label="各个版本">
      <h3 className="att-heading">各个版本</h3>
      {versions.length === 0 ? <p className="quiet">这一天没有登记过缺勤。</p> : null}
      <ol className="att-versions">
        {versions.map((version) => (
          <li key={`${version.part} ${version.from} ${version.mark}`}>
            <span>
              {version.partWords} <Status kind={markLook[version.mark]} words={version.markWords} />
              {version.answerWords === null ? '' : ` ${guardianSaid(version.answerWords)}`}
            </span>
            <span className="quiet">
              {version.byName}，{momentShort(version.from)} 起
              {version.to === null ? '，现在的版本' : `，至 ${momentShort(version.to)}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
