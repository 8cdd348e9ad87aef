import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button, Descriptions, Drawer, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { endpoints } from '#contract/index.ts';
import { listAudit, verifyAudit, type AuditEntry } from '#contract/security.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState } from '#web/parts/list.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count, momentShort, momentWords } from '#web/ui/words.ts';
import { detailKey, detailValue, outcomes, ownVerbs, subjectWords, verbWords } from './audit-words.ts';

type Entry = z.output<typeof AuditEntry>;

const verbChoices = [
  ...endpoints.flatMap((endpoint) => (endpoint.audit === null ? [] : [endpoint.audit])),
  ...ownVerbs.map(([verb]) => verb),
].map((value) => ({ value, label: verbWords.get(value) ?? value }));

/** The audit trail: who did what, when and why; each link opens, and the whole chain can be checked. */
export function AuditPage() {
  const [entry, setEntry] = useState<Entry | null>(null);
  const [verdict, setVerdict] = useState<OutputOf<typeof verifyAudit> | null>(null);
  const { send, sending } = useSend(verifyAudit);
  async function verify() {
    setVerdict(null);
    setVerdict(await send({}));
  }
  return (
    <Page
      title="审计"
      extra={
        <Button type="primary" icon={<SafetyCertificateOutlined />} loading={sending} onClick={() => void verify()}>
          {sending ? '正在核验' : '核验审计链'}
        </Button>
      }
    >
      {verdict !== null && (
        <Verdict
          verdict={verdict}
          onClose={() => {
            setVerdict(null);
          }}
        />
      )}
      <List
        endpoint={listAudit}
        rowKey={(row) => String(row.sequence)}
        onOpen={setEntry}
        filters={<AuditFilters />}
        columns={[
          { key: 'at', title: '时间', phone: true, render: (row) => momentShort(row.at) },
          { key: 'actor', title: '谁', phone: true },
          {
            key: 'verb',
            title: '做了什么',
            phone: true,
            render: (row) => <span title={row.verb}>{verbWords.get(row.verb) ?? row.verb}</span>,
          },
          {
            key: 'subject',
            title: '对象',
            render: (row) => (row.subjectKind === null ? '—' : subjectWords(row.subjectKind)),
          },
          {
            key: 'reason',
            title: '原因',
            render: (row) => <span style={{ whiteSpace: 'normal' }}>{row.reason ?? '—'}</span>,
          },
          {
            key: 'outcome',
            title: '结果',
            phone: true,
            render: (row) => (
              <Status
                kind={outcomes[row.outcome]?.kind ?? 'quiet'}
                words={outcomes[row.outcome]?.words ?? row.outcome}
              />
            ),
          },
          { key: 'sequence', title: '序号', align: 'right', render: (row) => count(row.sequence) },
        ]}
        empty="没有符合条件的审计记录。请放宽日期、人员或事项后再看。"
      />
      <Detail
        entry={entry}
        onClose={() => {
          setEntry(null);
        }}
      />
    </Page>
  );
}

function AuditFilters() {
  const { state, set } = useListState();
  return (
    <>
      <DayField
        words="从哪一天"
        alone
        value={state['from']}
        latest={state['to']}
        allowClear
        width={150}
        onChange={(from) => {
          set({ from });
        }}
      />
      <span>至</span>
      <DayField
        words="到哪一天"
        alone
        value={state['to']}
        earliest={state['from']}
        allowClear
        width={150}
        onChange={(to) => {
          set({ to });
        }}
      />
      <FilterText name="actor" placeholder="谁（姓名）" />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label="做了什么"
        placeholder="做了什么"
        style={{ width: 200 }}
        value={state['verb'] ?? null}
        options={verbChoices}
        onChange={(verb: string | null | undefined) => {
          set({ verb: verb ?? undefined });
        }}
      />
      <FilterChoice
        name="outcome"
        placeholder="结果"
        width={110}
        options={Object.entries(outcomes).map(([value, { words }]) => ({ value, label: words }))}
      />
    </>
  );
}

function Verdict({ verdict, onClose }: { verdict: OutputOf<typeof verifyAudit>; onClose: () => void }) {
  const whole = verdict.brokenAt === null;
  return (
    <Alert
      type={whole ? 'success' : 'error'}
      showIcon
      closable={{ onClose }}
      style={{ marginBottom: 16 }}
      title={
        whole
          ? `审计链完整：${count(verdict.links)} 条记录逐条核验，无一被改动、删除或插入。`
          : `审计链在第 ${count(verdict.brokenAt ?? 0)} 条断开：这一条或它之前的记录被改动过。请立即保存现场，报告网络安全负责人。`
      }
      description={
        <span style={{ overflowWrap: 'anywhere' }}>
          链头：{verdict.head}。可与每日保存的签名链头和已签报表上印的链头对照。
        </span>
      }
    />
  );
}

function Detail({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const phone = usePhone();
  return (
    <Drawer
      open={entry !== null}
      onClose={onClose}
      size={phone ? '100%' : 520}
      title={entry === null ? '' : `第 ${count(entry.sequence)} 条审计记录`}
    >
      {entry !== null && (
        <Descriptions
          column={1}
          size="small"
          bordered
          items={[
            { key: 'at', label: '时间', children: momentWords(entry.at) },
            { key: 'actor', label: '谁', children: entry.actor },
            { key: 'verb', label: '做了什么', children: `${verbWords.get(entry.verb) ?? ''}（${entry.verb}）` },
            { key: 'outcome', label: '结果', children: outcomes[entry.outcome]?.words ?? entry.outcome },
            { key: 'reason', label: '原因', children: entry.reason ?? '—' },
            {
              key: 'subject',
              label: '对象',
              children:
                entry.subjectKind === null ? (
                  '—'
                ) : (
                  <>
                    {subjectWords(entry.subjectKind)}
                    <div className="quiet" style={{ overflowWrap: 'anywhere' }}>
                      {entry.subjectId}
                    </div>
                  </>
                ),
            },
            ...Object.entries(entry.detail).map(([key, value]) => ({
              key: `detail-${key}`,
              label: detailKey(key),
              children: <span style={{ overflowWrap: 'anywhere' }}>{detailValue(key, value)}</span>,
            })),
          ]}
        />
      )}
    </Drawer>
  );
}
