import type { ReactNode } from 'react';
import { ClockCircleOutlined, InboxOutlined } from '@ant-design/icons';
import { count as countWords, dayWords, momentWords } from './words.ts';

/** A page: title with its count, actions at the right, content below. */
export function Page({
  title,
  count,
  extra,
  children,
}: {
  title: ReactNode;
  count?: number | undefined;
  extra?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="page">
      <header className="page-head">
        <h1>
          {title}
          {count === undefined ? null : <span className="page-count">{countWords(count)}</span>}
        </h1>
        {extra === undefined || extra === null ? null : <div className="page-extra">{extra}</div>}
      </header>
      {children}
    </div>
  );
}

/** Says what would appear here and how to make it. */
export function Empty({ words, action }: { words: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty" role="status">
      <InboxOutlined aria-hidden className="empty-icon" />
      <p>{words}</p>
      {action}
    </div>
  );
}

/** The one next step of a record: what to do, until when, and its button. */
export function Next({
  words,
  due,
  overdue = false,
  button,
}: {
  words: ReactNode;
  due?: string | null | undefined;
  overdue?: boolean;
  button?: ReactNode;
}) {
  return (
    <section className={overdue ? 'next next-overdue' : 'next'} aria-label="下一步">
      <div className="next-words">
        <strong>{words}</strong>
        {due === undefined || due === null ? null : (
          <span className="next-due">
            <ClockCircleOutlined aria-hidden /> {overdue ? '已超期，应于' : '期限'} {dayWords(due)}
            {overdue ? '前办结' : ''}
          </span>
        )}
      </div>
      {button}
    </section>
  );
}

/** Facts of a record as label and value. */
export function Facts({ items }: { items: readonly { label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {items.map((item, index) => (
        <div key={index}>
          <dt>{item.label}</dt>
          <dd>{item.value === null || item.value === undefined || item.value === '' ? '—' : item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What happened, newest first as given: moment, who, words. */
export function Timeline({ items }: { items: readonly { at: string; actor: string; words: ReactNode }[] }) {
  if (items.length === 0) return <p className="quiet">还没有记录。</p>;
  return (
    <ol className="timeline">
      {items.map((item, index) => (
        <li key={index}>
          <div className="timeline-words">{item.words}</div>
          <div className="quiet">
            {item.actor}，
            <time dateTime={item.at}>
              {/^\d{4}-\d{2}-\d{2}$/u.test(item.at) ? dayWords(item.at) : momentWords(item.at)}
            </time>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** A white block of a page with an optional heading. */
export function Block({ title, extra, children }: { title?: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="block">
      {title === undefined && extra === undefined ? null : (
        <header className="block-head">
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      {children}
    </section>
  );
}
