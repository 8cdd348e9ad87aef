import { PrinterOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { getRun } from '#contract/comparison.ts';
import { comparisonKinds } from '#domain/comparison/record.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Block, Facts, Next, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dayWords, momentWords, percent } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { countWord, listKindOrder, listKindWord } from './comparison-words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { Figures } from './import-preview.tsx';
import { RunNames } from './run-names.tsx';
import { RunSign } from './run-sign.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import './comparison.css';

type RunAnswer = OutputOf<typeof getRun>;

const rateCounts = ['denominator', 'enrolledOnRoster', 'statedElsewhere'];

/** 一次比对: its figures, the children behind each of them, the lists it used with their fingerprints, and its sign-off; prints on paper. */
export function RunPage() {
  const id = useRecordId();
  const answer = useAnswer(getRun, { id }, { enabled: id !== '' });
  const me = useMe();
  const maySign = useMay('runs.manage');
  // paper shows every name; the screen cuts long lists until asked
  const [whole, setWhole] = useState(false);
  const run = answer.data?.id === id ? answer.data : undefined;
  const back = <GoButton to="/compare/runs">全部比对记录</GoButton>;
  if (run === undefined)
    return (
      <Waiting
        title="一次比对"
        error={answer.isFetching ? null : answer.error}
        retry={() => void answer.refetch()}
        extra={back}
      />
    );
  const { result } = run;
  const kinds = [
    ...comparisonKinds,
    ...Object.keys(result.findings).filter((key) => !comparisonKinds.some((kind) => kind === key)),
  ];
  const others = Object.entries(result.enrolmentRate).filter(([key]) => !rateCounts.includes(key));
  return (
    <Page
      title={`数据比对结果，截至${dayWords(run.asOf)}`}
      extra={
        <span className="cmp-no-print cmp-chips" style={{ marginTop: 0 }}>
          {back}
          <Button
            icon={<PrinterOutlined aria-hidden />}
            onClick={() => {
              flushSync(() => {
                setWhole(true);
              });
              window.print();
            }}
          >
            打印
          </Button>
        </span>
      }
    >
      <p className="cmp-print-only">
        {me.district.name} · 打印人 {me.name} · {dayWords(me.today)}
      </p>
      {run.signedName === null ? (
        <div className="cmp-no-print">
          <Next
            words="结果还没有签认。请核对下列数字和名单，无误后签认。"
            button={maySign ? <RunSign id={run.id} asOf={run.asOf} /> : undefined}
          />
        </div>
      ) : (
        <p>
          <Status
            kind="ok"
            words={`${run.signedName} 已于 ${momentWords(run.signedAt)} 签认${run.signNote === null || run.signNote === '' ? '' : `：${run.signNote}`}`}
          />
        </p>
      )}
      <Block title="入学率及组成">
        <Figures
          items={[
            {
              label: '入学率',
              value: percent(result.enrolmentRate.enrolledOnRoster, result.enrolmentRate.denominator),
              words: `${count(result.enrolmentRate.enrolledOnRoster)} ÷ ${count(result.enrolmentRate.denominator)}`,
            },
            { label: countWord('owing'), value: result.schoolAge.owing },
            { label: countWord('inRegister'), value: result.schoolAge.inRegister },
            {
              label: countWord('denominator'),
              value: result.enrolmentRate.denominator,
              words: '应入学儿童少年减去延缓入学等不计入的',
            },
            { label: countWord('enrolledOnRoster'), value: result.enrolmentRate.enrolledOnRoster },
            { label: countWord('statedElsewhere'), value: result.enrolmentRate.statedElsewhere },
            ...others.map(([key, value]) => ({ label: countWord(key), value })),
          ]}
        />
        <p className="cmp-quiet" style={{ marginTop: 8 }}>
          入学率 = 名册在籍 {count(result.enrolmentRate.enrolledOnRoster)} ÷ 分母{' '}
          {count(result.enrolmentRate.denominator)}。同时列出：待更正的行 {count(result.beside.heldRows)}
          ，待核对的疑似同一人 {count(result.beside.openProposals)}，双重学籍 {count(result.beside.doubleEnrolled)}
          ；自述区外就读的不计入分子。
        </p>
      </Block>
      {kinds.map((kind) => (
        <RunNames
          whole={whole}
          key={kind}
          list={kind}
          names={result.findings[kind] ?? []}
          to={comparisonKinds.some((known) => known === kind) ? `/compare?kind=${kind}` : undefined}
        />
      ))}
      <RunNames whole={whole} list="otherProposals" names={result.otherProposals} to="/compare/proposals?kind=other" />
      <RunNames whole={whole} list="aidListed" names={result.aidListed} />
      <Inputs run={run} />
      <div className="cmp-print-only cmp-signatures">
        <p>制表人：</p>
        <p>复核人：</p>
        <p>负责人（签字）：</p>
        <p>日期：　　　年　　月　　日</p>
      </div>
    </Page>
  );
}

function Inputs({ run }: { run: RunAnswer }) {
  return (
    <Block title={`所用名单（${count(run.inputs.length)}）`}>
      <Table
        size="small"
        rowKey={(input) => `${input.fingerprint}${input.fileName}`}
        dataSource={run.inputs}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '名单', dataIndex: 'kind', render: (kind: string) => kindWord(kind) },
          { title: '文件', dataIndex: 'fileName' },
          { title: '名单日期', dataIndex: 'asOf' },
          { title: '行数', dataIndex: 'rows', align: 'right', render: (rows: number) => count(rows) },
          {
            title: '文件指纹（前 16 位）',
            dataIndex: 'fingerprint',
            render: (print: string) => <code title={print}>{print.slice(0, 16)}</code>,
          },
        ]}
      />
      <div style={{ marginTop: 12 }}>
        <Facts
          items={[
            { label: '进行人', value: run.startedName },
            { label: '所知截至', value: momentWords(run.knownAt) },
            { label: '记录编号', value: run.id },
          ]}
        />
      </div>
    </Block>
  );
}

function kindWord(kind: string): string {
  const known = listKindOrder.find((code) => code === kind);
  return known === undefined ? kind : listKindWord(known);
}
