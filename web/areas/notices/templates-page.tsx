import { Button } from 'antd';
import { useState } from 'react';
import { listTemplates } from '#contract/notices-work.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { dayWords } from '#web/ui/words.ts';
import { deadlineWords, unitKey, type IssuingUnit, type Template } from './issue-words.ts';
import { SchemeDialog } from './scheme-dialog.tsx';
import './notices.css';

/** 文书模板: every kind with the version that holds, and the numbering of one's own unit. */
export function TemplatesPage() {
  const answer = useAnswer(listTemplates, {});
  return (
    <Page title="文书模板" extra={<GoButton to="/notices">文书列表</GoButton>}>
      {answer.data === undefined ? (
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      ) : (
        <>
          <Kinds templates={answer.data.templates} mayAdjust={answer.data.mayAdjust} />
          <Schemes templates={answer.data.templates} />
        </>
      )}
    </Page>
  );
}

function Kinds({ templates, mayAdjust }: { templates: readonly Template[]; mayAdjust: boolean }) {
  return (
    <Block title="文书种类">
      <p className="quiet not-before">
        {mayAdjust
          ? '调整后的文字用于以后签发的文书；已签发的文书保持签发时的文字。每个版本都留存。'
          : '文书的文字由区教育局统一调整，这里可以查看。'}
      </p>
      <WideTable<Template>
        rows={templates}
        keyOf={(row) => row.kind}
        columns={[
          {
            key: 'kind',
            title: '文书',
            render: (row) => <Go to={`/notices/templates/${row.kind}`}>{row.kindWords}</Go>,
          },
          {
            key: 'version',
            title: '现行版本',
            render: (row) => (row.version === 0 ? '平台提供的文字' : `第 ${String(row.version)} 版`),
          },
          {
            key: 'set',
            title: '调整',
            render: (row) =>
              row.setName === null ? '—' : `${row.setName}，${dayWords(row.setAt)}：${row.reason ?? ''}`,
          },
          { key: 'deadline', title: '期限', render: (row) => deadlineWords(row.content.deadline) },
          { key: 'service', title: '送达', render: (row) => (row.needsService ? '须送达' : '—') },
          { key: 'fields', title: '填写项', render: (row) => `${String(row.content.fields.length)} 项` },
        ]}
      />
    </Block>
  );
}

function Schemes({ templates }: { templates: readonly Template[] }) {
  const [setting, setSetting] = useState<{ template: Template; unit: IssuingUnit } | null>(null);
  const rows = templates
    .filter((template) => template.content.scheme !== '')
    .flatMap((template) => {
      const may = new Set(template.schemes.map(unitKey));
      const issued = template.units.filter((unit) => !may.has(unitKey(unit)));
      return [
        ...template.schemes.map((unit) => ({ template, unit, may: true })),
        ...issued.map((unit) => ({ template, unit, may: false })),
      ];
    });
  if (rows.length === 0) return null;
  return (
    <Block title="本单位的发文字号">
      <p className="quiet not-before">每个字号每年从 1 起连续编号。改动只用于以后签发的文书。</p>
      <WideTable
        rows={rows}
        keyOf={(row) => `${row.template.kind} ${unitKey(row.unit)}`}
        columns={[
          { key: 'kind', title: '文书', render: (row) => row.template.kindWords },
          { key: 'unit', title: '单位', render: (row) => row.unit.words },
          { key: 'scheme', title: '发文字号', render: (row) => <strong>{row.unit.scheme}</strong> },
          {
            key: 'do',
            title: '办理',
            render: (row) =>
              row.may ? (
                <Button
                  type="link"
                  className="not-flush"
                  onClick={() => {
                    setSetting(row);
                  }}
                >
                  修改
                </Button>
              ) : (
                <span className="quiet">由校长或学籍管理员设定</span>
              ),
          },
        ]}
      />
      {setting === null ? null : (
        <SchemeDialog
          template={setting.template}
          unit={setting.unit}
          onClose={() => {
            setSetting(null);
          }}
        />
      )}
    </Block>
  );
}
