import { Table } from 'antd';
import { listCatalogue } from '#contract/duties.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { Awaited } from './answer-state.tsx';
import './duties.css';

type Catalogue = OutputOf<typeof listCatalogue>;
type Clause = Catalogue['clauses'][number];
type Rule = Catalogue['rules'][number];

/** 方案落实目录: every clause with who owes it and what does it here, and the rules that watch its deadlines. */
export function ClausesPage() {
  const answer = useAnswer(listCatalogue, {});
  return (
    <Page title="方案落实目录">
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
      <p className="quiet">平台按这些规则自动开出任务、计时、提醒和升级；办结的动作一做，任务随即消去。</p>
      <Table<Rule>
        size="small"
        rowKey="id"
        dataSource={[...rules]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'title', title: '要办的事', render: (_value, row) => <strong>{row.title}</strong> },
          { key: 'clause', title: '条款', dataIndex: 'clause' },
          {
            key: 'trigger',
            title: '何时开始',
            render: (_value, row) => <span className="dut-why">{row.trigger}</span>,
          },
          { key: 'owner', title: '责任人', dataIndex: 'owner' },
          {
            key: 'due',
            title: '期限',
            render: (_value, row) =>
              row.setting === null || !maySettings ? (
                row.due
              ) : (
                <>
                  {row.due}　<Go to="/settings">参数可调</Go>
                </>
              ),
          },
          {
            key: 'climbsTo',
            title: '超期升级到',
            render: (_value, row) => (row.climbsTo.length === 0 ? '—' : row.climbsTo.join('，再到')),
          },
          { key: 'act', title: '办法', dataIndex: 'act' },
          { key: 'version', title: '版本', dataIndex: 'version' },
        ]}
      />
    </Block>
  );
}

function Clauses({ catalogue }: { catalogue: Catalogue }) {
  return (
    <Block title="方案条款">
      <Table<Clause>
        size="small"
        rowKey="id"
        dataSource={catalogue.clauses}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'id', title: '条款', dataIndex: 'id' },
          { key: 'title', title: '内容', render: (_value, row) => <span className="dut-why">{row.title}</span> },
          { key: 'owes', title: '谁负责', render: (_value, row) => <span className="dut-why">{row.owes}</span> },
          {
            key: 'done',
            title: '在平台上怎样落实',
            render: (_value, row) => <span className="dut-why">{row.done}</span>,
          },
          {
            key: 'rules',
            title: '时限规则',
            render: (_value, row) =>
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
