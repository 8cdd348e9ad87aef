import { Button, Skeleton } from 'antd';
import { CheckCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { Navigate } from '@tanstack/react-router';
import type { OutputOf } from '#contract/endpoint.ts';
import { getDesk } from '#contract/statistics.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dayWords, dueWords, momentShort } from '#web/ui/words.ts';
import { postsWords } from './posts-words.ts';

type Desk = OutputOf<typeof getDesk>;
type Section = Desk['sections'][number];

/** 工作台: what is owed by this person, overdue first; each line says who, what, why, by when, and has its button. */
export function DeskPage() {
  const me = useMe();
  const may = useMay('desk.read');
  if (!may) return <Navigate to={firstOf(me.permissions)} replace />;
  return <Desk />;
}

/** Where those begin who have no desk: the three administrators. */
function firstOf(permissions: readonly string[]): string {
  if (permissions.includes('accounts.manage')) return '/accounts';
  if (permissions.includes('audit.read')) return '/audit';
  if (permissions.includes('settings.edit')) return '/settings';
  return permissions.includes('organisations.read') ? '/schools' : '/me';
}

function Desk() {
  const me = useMe();
  const desk = useAnswer(getDesk, {}, { refetchInterval: 60_000 });
  const words = postsWords(me.posts);
  return (
    <Page
      title="工作台"
      extra={
        <span className="quiet">
          {dayWords(me.today)} · {words === '' ? me.name : words}
        </span>
      }
    >
      {desk.isPending ? <Waiting /> : null}
      {desk.isError && !desk.data ? (
        <Empty words={desk.error.message} action={<Button onClick={() => void desk.refetch()}>再试一次</Button>} />
      ) : null}
      {desk.data ? <Board desk={desk.data} today={me.today} /> : null}
    </Page>
  );
}

function Board({ desk, today }: { desk: Desk; today: string }) {
  const mayChildren = useMay('children.read');
  const sections = desk.sections.filter((section) => section.total > 0);
  return (
    <div className="desk">
      <div className="desk-main">
        {sections.length === 0 ? (
          <section className="block">
            <div className="empty" role="status">
              <CheckCircleOutlined aria-hidden className="empty-icon desk-clear" />
              <p>现在没有待办。到了期限的任务、要核实的孩子和要更正的行会出现在这里，超期的排在最前。</p>
              {mayChildren ? <Go to="/children">查看管理范围内的儿童少年</Go> : null}
            </div>
          </section>
        ) : (
          sections.map((section) => <Lines key={section.key} section={section} today={today} />)
        )}
      </div>
      <aside className="desk-side">
        {desk.counts.length > 0 ? (
          <section className="block">
            <h2 className="desk-side-title">现在的情况</h2>
            <ul className="desk-counts">
              {desk.counts.map((item) => (
                <li key={item.label}>
                  <Go to={item.to}>
                    <span>{item.label}</span>
                    <strong>{count(item.value)}</strong>
                  </Go>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {desk.imports.length > 0 ? (
          <section className="block">
            <h2 className="desk-side-title">正在办理的导入</h2>
            <ul className="desk-imports">
              {desk.imports.map((item) => (
                <li key={item.id}>
                  <Go to={`/compare/imports/${item.id}`}>
                    {item.state === 'reading' || item.state === 'publishing' ? <LoadingOutlined aria-hidden /> : null}{' '}
                    {item.fileName}
                  </Go>
                  <p className="quiet">{item.words}</p>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </aside>
    </div>
  );
}

function Lines({ section, today }: { section: Section; today: string }) {
  const rest = section.total - section.items.length;
  const mayFindings = useMay('findings.read');
  const when = section.key === 'later' ? undefined : section.key;
  return (
    <section className={`block desk-section desk-${section.key}`} aria-label={section.title}>
      <h2>
        {section.title} <span className="page-count">{count(section.total)}</span>
      </h2>
      <ul>
        {section.items.map((item) => (
          <li key={`${item.kind}.${item.id}`} className="desk-line">
            <div className="desk-words">
              <p>
                {item.urgent ? <Status kind="bad" words="紧急" /> : null} <strong>{item.who}</strong>{' '}
                <span>{item.what}</span>
                {item.level > 0 ? <span className="quiet">（已上报 {item.level} 级）</span> : null}
              </p>
              <p className="quiet">{item.why}</p>
            </div>
            {item.due === null ? (
              <span className="desk-due" />
            ) : (
              <span className={section.key === 'overdue' ? 'desk-due desk-late' : 'desk-due'}>
                {item.dueAt === null ? item.due : momentShort(item.dueAt)}
                <small>{dueState(item.due, today, section.key)}</small>
              </span>
            )}
            <Go to={item.to} className="desk-do">
              {item.action}
            </Go>
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <p className="desk-rest">
          另有 {count(rest)} 条，在
          <Go to={when === undefined ? '/duties' : `/duties?when=${when}`}>任务清单</Go>
          {mayFindings ? (
            <>
              和<Go to={section.key === 'overdue' ? '/compare?overdue=yes&mine=yes' : '/compare?mine=yes'}>比对发现</Go>
            </>
          ) : null}
          中查看全部
        </p>
      ) : null}
    </section>
  );
}

/** What stands under a deadline; one that passed earlier today is no longer due today. */
function dueState(due: string, today: string, section: Section['key']): string {
  return section === 'overdue' && due >= today ? '已过期限' : dueWords(due, today);
}

function Waiting() {
  return (
    <section className="block" aria-busy>
      <Skeleton active title={{ width: 120 }} paragraph={{ rows: 8 }} />
    </section>
  );
}
