import { listCatalogue } from '#contract/duties.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { Awaited } from '#web/parts/awaited.tsx';
import './duties.css';

type Catalogue = OutputOf<typeof listCatalogue>;
type Clause = Catalogue['clauses'][number];
type Rule = Catalogue['rules'][number];

/** 方案条款: every clause with who owes it and what does it here, and the rules that watch its deadlines. */
export function ClausesPage() {
  const answer = useAnswer(listCatalogue, {});
  const mayPlan = useMay('clauses.read');
  return (
    <Page title="方案条款" extra={mayPlan ? <GoButton to="/plan">看各条款落实情况</GoButton> : undefined}>
      {answer.data === undefined ? (
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      ) : (
        <>
          <Rules rules={answer.data.rules} />
          <Clauses catalogue={answer.data} />
        </>
      )}
    </Page>
  );
}

function Rules({ rules }: { rules: readonly Rule[] }) {
  const maySettings = useMay('settings.read');
  return (
    <Block title="时限规则">
      <p className="quiet dut-lead">平台按这些规则自动开出任务、计时、提醒和逐级上报；办结的动作一做，任务随即消去。</p>
      <WideTable<Rule>
        rows={rules}
        keyOf={(row) => row.id}
        columns={[
          { key: 'title', title: '要办的事', render: (row) => <strong className="dut-narrow">{row.title}</strong> },
          { key: 'clause', title: '条款' },
          {
            key: 'trigger',
            title: '何时开始',
            render: (row) => <span className="dut-why">{row.trigger}</span>,
          },
          { key: 'owner', title: '责任人' },
          {
            key: 'due',
            title: '期限',
            render: (row) =>
              row.settings.length === 0 ? (
                row.due
              ) : (
                <span className="dut-narrow">
                  {row.due}
                  {row.settings.length > 1 || row.due.startsWith('按') ? (
                    <small className="dut-small">
                      {row.settings.map((one) => `${one.label}：${one.value}`).join('；')}
                    </small>
                  ) : null}
                  {maySettings ? (
                    <>
                      {' '}
                      <Go to="/settings">参数可调</Go>
                    </>
                  ) : null}
                </span>
              ),
          },
          {
            key: 'climbsTo',
            title: '超期上报到',
            render: (row) => (
              <span className="dut-why">{row.climbsTo.length === 0 ? '—' : row.climbsTo.join('，再到')}</span>
            ),
          },
          { key: 'act', title: '办法' },
          { key: 'version', title: '版本' },
        ]}
      />
    </Block>
  );
}

function Clauses({ catalogue }: { catalogue: Catalogue }) {
  return (
    <Block title="方案条款">
      <WideTable<Clause>
        rows={catalogue.clauses}
        keyOf={(row) => row.id}
        columns={[
          { key: 'id', title: '条款' },
          { key: 'title', title: '内容', render: (row) => <span className="dut-why">{row.title}</span> },
          { key: 'owes', title: '谁负责', render: (row) => <span className="dut-why">{row.owes}</span> },
          {
            key: 'done',
            title: '怎样算落实',
            render: (row) => <span className="dut-why">{row.done}</span>,
          },
          {
            key: 'rules',
            title: '时限规则',
            render: (row) =>
              catalogue.rules
                .filter((rule) => rule.clause === row.id)
                .map((rule) => rule.title)
                .join('、') || '—',
          },
        ]}
      />
    </Block>
  );
}
