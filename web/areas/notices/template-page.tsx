import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from '@tanstack/react-router';
import { listTemplates, listTemplateVersions } from '#contract/notices-work.ts';
import type { TemplateContent } from '#domain/notices/record.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited, Waiting } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { momentWords } from '#web/ui/words.ts';
import type { Template } from './issue-words.ts';
import { TemplateEdit } from './template-edit.tsx';
import { TemplateText } from './template-text.tsx';
import { readable } from './template-words.ts';
import './notices.css';

function useKind(): string {
  const params: unknown = useParams({ strict: false });
  return typeof params === 'object' && params !== null && 'kind' in params ? String(params.kind) : '';
}

/** 一种文书的模板: its words as they hold now; who may adjusts them with a preview and a reason, every version stays below. */
export function TemplatePage() {
  const kind = useKind();
  const answer = useAnswer(listTemplates, {});
  const back = <GoButton to="/notices/templates">文书模板</GoButton>;
  const template = answer.data?.templates.find((one) => one.kind === kind);
  if (answer.data === undefined)
    return (
      <Waiting
        title="文书模板"
        error={answer.isFetching ? null : answer.error}
        retry={() => void answer.refetch()}
        extra={back}
      />
    );
  if (template === undefined)
    return (
      <Page title="文书模板" extra={back}>
        <Block>
          <Empty words="没有这种文书。" />
        </Block>
      </Page>
    );
  return <Shown key={`${kind} ${String(template.version)}`} template={template} mayAdjust={answer.data.mayAdjust} />;
}

function Shown({ template, mayAdjust }: { template: Template; mayAdjust: boolean }) {
  const [editing, setEditing] = useState<TemplateContent | null>(null);
  const version = template.version === 0 ? '平台提供的文字' : `第 ${String(template.version)} 版`;
  return (
    <Page
      title={`模板：${template.kindWords}`}
      extra={
        <>
          <GoButton to="/notices/templates">文书模板</GoButton>
          {mayAdjust && editing === null ? (
            <Button
              type="primary"
              onClick={() => {
                setEditing(template.content);
              }}
            >
              调整文字
            </Button>
          ) : null}
        </>
      }
    >
      {editing === null ? (
        <Block title={`现行：${version}`}>
          <TemplateText content={readable(template.content)} />
        </Block>
      ) : (
        <TemplateEdit
          template={template}
          start={editing}
          onClose={() => {
            setEditing(null);
          }}
        />
      )}
      {mayAdjust && editing === null ? <Versions template={template} onTake={setEditing} /> : null}
    </Page>
  );
}

function Versions({ template, onTake }: { template: Template; onTake: (content: TemplateContent) => void }) {
  const answer = useAnswer(listTemplateVersions, { kind: template.kind });
  const [open, setOpen] = useState<number | null>(null);
  if (answer.data === undefined)
    return <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />;
  return (
    <Block title="各个版本">
      <ul className="not-services">
        {answer.data.map((one) => (
          <li key={one.version}>
            <div className="not-papers">
              <strong>{one.version === 0 ? '平台提供的文字' : `第 ${String(one.version)} 版`}</strong>
              {one.version === template.version ? <span className="quiet">现行</span> : null}
              <span className="quiet">
                {one.version === 0 ? '' : `${one.setName}，${momentWords(one.setAt)}：${one.reason}`}
              </span>
              <Button
                type="link"
                className="not-flush"
                onClick={() => {
                  setOpen(open === one.version ? null : one.version);
                }}
              >
                {open === one.version ? '收起' : '查看'}
              </Button>
              {one.version === template.version ? null : (
                <Button
                  type="link"
                  className="not-flush"
                  onClick={() => {
                    onTake(one.content);
                  }}
                >
                  以这一版为底稿
                </Button>
              )}
            </div>
            {open === one.version ? <TemplateText content={readable(one.content)} /> : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}
