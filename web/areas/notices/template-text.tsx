import type { ReactNode } from 'react';
import type { TemplateContent } from '#domain/notices/record.ts';
import { deadlineWords } from './issue-words.ts';

const kindWords = { line: '一行', text: '多行', day: '日期' } as const;

/** The words of a template as they read, the places that are filled set apart. */
export function TemplateText({ content }: { content: TemplateContent }) {
  const cells = content.rows.flatMap((row) => row.cells);
  return (
    <div className="not-template">
      <h3>{placed(content.title)}</h3>
      {content.to === '' ? null : <p>{placed(content.to)}</p>}
      {content.body.map((words, index) => (
        <p key={index} className="not-paragraph">
          {placed(words)}
        </p>
      ))}
      {cells.length === 0 ? null : (
        <dl className="not-lines">
          {cells.map((cell, index) => (
            <div key={index}>
              <dt>{cell.label}</dt>
              <dd>{cell.text === '' ? '（手写）' : placed(cell.text)}</dd>
            </div>
          ))}
        </dl>
      )}
      {content.note === '' ? null : <p className="quiet">{placed(content.note)}</p>}
      <dl className="not-lines">
        <div>
          <dt>期限</dt>
          <dd>{deadlineWords(content.deadline)}</dd>
        </div>
        <div>
          <dt>发文字号</dt>
          <dd>{content.scheme === '' ? '不编号' : content.scheme}</dd>
        </div>
        <div>
          <dt>填写项</dt>
          <dd>
            {content.fields.length === 0
              ? '没有'
              : content.fields
                  .map((field) => `${field.label}（${kindWords[field.kind]}${field.needed ? '，必填' : ''}）`)
                  .join('、')}
          </dd>
        </div>
        {content.signers.length === 0 ? null : (
          <div>
            <dt>签名</dt>
            <dd>{content.signers.join('、')}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function placed(words: string): ReactNode[] {
  return words.split(/(\{[^{}]+\})/u).map((part, index) =>
    part.startsWith('{') ? (
      <span key={index} className="not-place">
        {part.slice(1, -1)}
      </span>
    ) : (
      part
    ),
  );
}
