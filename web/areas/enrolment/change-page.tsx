import { Alert, Button, Skeleton, Steps } from 'antd';
import type { OutputOf } from '#contract/endpoint.ts';
import { getChange, getCourse } from '#contract/enrolment-changes.ts';
import { printChange } from '#contract/enrolment-papers.ts';
import { openPaper } from '#contract/papers.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Page, Timeline } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { ChangeActs } from './change-acts.tsx';
import { changeLook, type Change } from './change-words.ts';
import { HomeLessons } from './home-lessons.tsx';
import './enrolment.css';

/** One registry change: what is next on top, its way, facts and papers, and what was done. */
export function ChangePage() {
  const id = useRecordId();
  const answer = useAnswer(getChange, { id }, { enabled: id !== '' });
  const record = answer.data?.id === id ? answer.data : undefined;
  const course = useAnswer(getCourse, { id: record?.childId ?? '' }, { enabled: record !== undefined });
  // The receiving school does not reach the child before he comes: it has no course and no record of him to open.
  const spells = course.isError ? [] : (course.data ?? []);
  const back = <GoButton to="/changes">回到列表</GoButton>;
  if (record === undefined)
    return (
      <Page title="学籍异动" extra={back}>
        {answer.error === null || answer.isFetching ? (
          <div aria-busy className="block">
            <Skeleton active title={false} paragraph={{ rows: 8 }} />
          </div>
        ) : (
          <Alert
            type="error"
            showIcon
            title={answer.error.message}
            action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
          />
        )}
      </Page>
    );
  return (
    <Page
      title={
        <>
          {record.name} {record.kindWords} <Status kind={changeLook[record.state]} words={record.stateWords} />
        </>
      }
      extra={
        <>
          <DownloadButton url={fileUrl(printChange, { id: record.id })} words="打印审批表" />
          {back}
        </>
      }
    >
      <ChangeActs record={record} />
      <Route record={record} />
      <Block
        title="异动内容"
        extra={course.isSuccess ? <Go to={`/children/${record.childId}`}>学生档案</Go> : undefined}
      >
        <Facts items={factsOf(record)} />
        <Pieces record={record} />
      </Block>
      {record.lessons === null ? null : <HomeLessons record={record} />}
      <Block title="办理记录">
        <Timeline
          items={[...record.events].reverse().map((event) => ({
            at: event.at,
            actor: `${event.role} ${event.by}`,
            words: (
              <>
                {event.words}
                {event.text === null ? null : <div className="enrol-text">{event.text}</div>}
              </>
            ),
          }))}
        />
      </Block>
      <Course spells={spells} />
    </Page>
  );
}

function Route({ record }: { record: Change }) {
  const phone = usePhone();
  const at = record.route.findIndex((step) => step.now);
  const steps = [{ title: '提出' }, ...record.route.map((step) => ({ title: step.words })), { title: '办结' }];
  const current = record.state === 'done' || record.state === 'corrected' ? steps.length : at + 1;
  if (at < 0 && current === 0) return null;
  return (
    <Block title="办理流程">
      <Steps
        size="small"
        orientation={phone ? 'vertical' : 'horizontal'}
        current={current}
        status={record.overdue ? 'error' : 'process'}
        items={steps}
      />
    </Block>
  );
}

/** What the change says; what its kind has no use for is left out. */
function factsOf(record: Change): { label: string; value: string | null }[] {
  const place = record.className ?? (record.grade === null ? null : wordsOfGrade(record.grade));
  const target = record.toClassName ?? (record.toGrade === null ? null : wordsOfGrade(record.toGrade));
  const facts = [
    { label: '学籍学校', value: record.schoolName },
    { label: '年级班级', value: place },
    { label: '转入学校', value: record.toSchoolName },
    { label: '转入年级班级', value: target },
    { label: '生效日期', value: record.fromDay },
    { label: '结束日期', value: record.endsOn },
    ...(record.attended === null ? [] : [{ label: '就读起止', value: record.attended.untilDay === null ? `${record.attended.fromDay} 起，就读中` : `${record.attended.fromDay} 起，${record.attended.untilDay} 返校` }]), // prettier-ignore
    { label: '外地学校', value: record.elsewhere },
    { label: '就读地', value: record.place },
    { label: '国标代码', value: `${record.code} ${record.codeWords}` },
    { label: '提出', value: `${record.askedName} ${record.askedOn}${record.askedLate ? '（逾期提出）' : ''}` },
    { label: '每月课时', value: record.quota === null ? null : `${String(record.quota)} 课时` },
    { label: '事由', value: record.reason },
  ];
  return facts.filter((fact) => fact.value !== null && fact.value !== '');
}

function Pieces({ record }: { record: Change }) {
  const may = useMay('papers.read');
  if (record.pieces.length === 0) return null;
  return (
    <ul className="enrol-pieces" aria-label="材料">
      {record.pieces.map((piece) => (
        <li key={piece.code}>
          {piece.label}：
          {piece.paperId === null ? (
            <span className="quiet">未附</span>
          ) : may ? (
            <a href={fileUrl(openPaper, { id: piece.paperId })} target="_blank" rel="noreferrer">
              打开
            </a>
          ) : (
            '已附'
          )}
        </li>
      ))}
    </ul>
  );
}

function Course({ spells }: { spells: OutputOf<typeof getCourse> }) {
  if (spells.length === 0) return null;
  return (
    <Block title="学业轨迹">
      <ol className="enrol-course">
        {[...spells].reverse().map((spell) => (
          <li key={spell.id}>
            <strong>{spell.stateWords}</strong> {spell.schoolName} {spell.className ?? wordsOfGrade(spell.grade)}
            <div className="quiet">
              {spell.fromDate} 起{spell.toDate === null ? '' : `，至 ${spell.toDate} 前`}，{spell.causeWords}
            </div>
          </li>
        ))}
      </ol>
    </Block>
  );
}
