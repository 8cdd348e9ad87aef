import { listCases } from '#contract/dropout-views.ts';
import { listDuties } from '#contract/duties.ts';
import { listChanges } from '#contract/enrolment-changes.ts';
import { listDocuments } from '#contract/notices.ts';
import { getChildSigns } from '#contract/risk.ts';
import { listVisits } from '#contract/visits.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { addressOf } from '#web/ui/address.ts';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block, Facts } from '#web/ui/page.tsx';

/** The ways from a child to its cases (open and past), visits, documents, registry changes, attendance and duties, as far as this person may see them. */
export function ChildLinks({ childId, attends }: { childId: string; attends: boolean }) {
  const may = {
    cases: useMay('cases.read'),
    visits: useMay('visits.read'),
    notices: useMay('notices.read'),
    changes: useMay('changes.read'),
    attendance: useMay('attendance.read'),
    duties: useMay('desk.read'),
    risks: useMay('risks.read'),
    scores: useMay('scores.read'),
  };
  const first = { childId, page: 1, size: 1 };
  const cases = useAnswer(listCases, { childId, state: 'all', page: 1, size: 20 }, { enabled: may.cases });
  const visits = useAnswer(listVisits, first, { enabled: may.visits });
  const documents = useAnswer(listDocuments, first, { enabled: may.notices });
  const changes = useAnswer(listChanges, { ...first, state: 'all' }, { enabled: may.changes });
  const asked = { childId, scope: 'unit', state: 'all' } as const;
  const duties = useAnswer(listDuties, { ...asked, page: 1, size: 1 }, { enabled: may.duties });
  const signs = useAnswer(getChildSigns, { childId }, { enabled: may.risks && attends });
  const open = signs.data?.childId === childId ? signs.data.signs.filter((sign) => sign.state === 'open') : undefined;
  const figure = (answer: { data?: { total: number } | undefined; isError: boolean }, unit: string, to: string) => {
    if (answer.data === undefined) return answer.isError ? <Go to={to}>打开</Go> : '正在读取';
    const { total } = answer.data;
    return total === 0 ? '没有' : <GoFigure n={total} to={to} words={`${String(total)} ${unit}`} />;
  };
  return (
    <Block title="相关记录">
      <Facts
        items={[
          ...(may.cases
            ? [
                {
                  label: '劝返个案',
                  value:
                    cases.data === undefined || cases.data.rows.length === 0
                      ? figure(cases, '个', addressOf('/cases', { childId, state: 'all' }))
                      : cases.data.rows.map((row) => (
                          <div key={row.id}>
                            <Go to={`/cases/${row.id}`}>
                              {row.kindWords}，{row.stateWords}
                              {row.round > 1 ? `，第 ${String(row.round)} 轮` : ''}
                            </Go>
                          </div>
                        )),
                },
              ]
            : []),
          ...(may.visits ? [{ label: '走访', value: figure(visits, '次', addressOf('/visits', { childId })) }] : []),
          ...(may.notices
            ? [{ label: '文书', value: figure(documents, '份', addressOf('/notices', { childId })) }]
            : []),
          ...(may.changes
            ? [{ label: '学籍异动', value: figure(changes, '项', addressOf('/changes', { childId, state: 'all' })) }]
            : []),
          ...(may.attendance && attends
            ? [{ label: '考勤', value: <Go to={`/attendance/child/${childId}`}>打开考勤</Go> }]
            : []),
          ...(may.risks && attends
            ? [
                {
                  label: '预警迹象',
                  value:
                    open === undefined
                      ? signs.isError
                        ? '没有读到'
                        : '正在读取'
                      : open.length === 0
                        ? '没有'
                        : open.map((sign) => (
                            <div key={sign.id}>
                              {sign.kindWords}：{sign.words}
                            </div>
                          )),
                },
              ]
            : []),
          ...(may.scores && attends
            ? [{ label: '成绩', value: <Go to={`/risks/child/${childId}/scores`}>打开成绩</Go> }]
            : []),
          ...(may.duties ? [{ label: '任务', value: figure(duties, '项', addressOf('/duties', asked)) }] : []),
        ]}
      />
    </Block>
  );
}
