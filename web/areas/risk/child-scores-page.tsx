import { Alert, Skeleton } from 'antd';
import type { OutputOf } from '#contract/endpoint.ts';
import { getChildScores } from '#contract/risk-scores.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { Block, Empty, Facts, Page } from '#web/ui/page.tsx';
import { momentWords } from '#web/ui/words.ts';
import './risk.css';

type ExamOf = OutputOf<typeof getChildScores>['exams'][number];
type Version = ExamOf['stands'];

/** 一名学生的成绩, examination by examination, for the own class's teacher and the own school. */
export function ChildScoresPage() {
  const id = useRecordId();
  const answer = useAnswer(getChildScores, { childId: id }, { enabled: id !== '' });
  const mayOpen = useMay('children.read');
  const seen = answer.data?.childId === id ? answer.data : undefined;
  return (
    <Page
      title={seen === undefined ? '学生成绩' : `${seen.name}的成绩`}
      extra={
        <>
          <GoButton to="/risks">预警</GoButton>
          {mayOpen ? <GoButton to={`/children/${id}`}>打开档案</GoButton> : null}
        </>
      }
    >
      <p className="quiet">只供本班班主任和本校帮助学生使用，不得公布，不得排名。只保存本学年和上一学年的成绩。</p>
      {answer.isError ? <Alert type="error" showIcon title={answer.error.message} /> : null}
      {seen === undefined && !answer.isError ? <Skeleton active title={false} paragraph={{ rows: 6 }} /> : null}
      {seen?.exams.length === 0 ? (
        <Empty words="还没有登记过这名学生的成绩。学校在“成绩登记”上传成绩表后，列在这里。" />
      ) : null}
      {seen?.exams.map((exam) => (
        <ExamBlock key={exam.stands.id} exam={exam} />
      ))}
    </Page>
  );
}

const averageWords = ({ average }: Version) => (average === null ? '没有参加' : `${String(average)} %`);

function ExamBlock({ exam }: { exam: ExamOf }) {
  const { stands, earlier } = exam;
  return (
    <Block title={exam.words}>
      <Facts
        items={[
          ...stands.scores.map((score) => ({ label: score.subject, value: score.words })),
          { label: '平均得分率', value: averageWords(stands) },
        ]}
      />
      <p className="quiet">
        {exam.schoolName}，{stands.byName}登记，{momentWords(stands.from)}
        {stands.reason === null ? '' : `；更正原因：${stands.reason}`}
      </p>
      {earlier.length === 0 ? null : (
        <section aria-label="更正前">
          <h3>更正前</h3>
          <ol className="risk-versions">
            {earlier.map((version) => (
              <li key={version.id}>
                {version.scores.map((score) => `${score.subject} ${score.words}`).join('、')}（平均得分率{' '}
                {averageWords(version)}）
                <div className="quiet">
                  {version.byName}登记，{momentWords(version.from)} 至 {momentWords(version.to)}
                  {version.reason === null ? '' : `；更正原因：${version.reason}`}
                </div>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Block>
  );
}
