import { Alert, Button, Form, Input, Modal, Skeleton, Table } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { listSettings, setSetting, type SettingRow } from '#contract/organisations.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { momentWords } from '#web/ui/words.ts';
import { faultOf, ValueEditor, valueWords } from './setting-value.tsx';

type Row = z.output<typeof SettingRow>;

/** Thresholds, ages and targets as they hold, with who set them, and the dialog that changes one. */
export function SettingsPage() {
  const answer = useAnswer(listSettings, {});
  const mayEdit = useMay('settings.edit');
  const phone = usePhone();
  const [changing, setChanging] = useState<Row | null>(null);
  const rows = (answer.data ?? []).filter((row) => !row.key.startsWith('calendar.'));
  const change = (row: Row) => (
    <Button
      onClick={() => {
        setChanging(row);
      }}
      aria-label={`修改${row.label}`}
    >
      修改
    </Button>
  );
  return (
    <Page title="参数" extra={<Go to="/calendar">校历</Go>}>
      {!mayEdit && (
        <Alert
          type="info"
          showIcon
          title="您可以查看参数。修改由控辍专干、局领导或系统管理员办理。"
          style={{ marginBottom: 16 }}
        />
      )}
      <Block>
        {answer.isError && (
          <Alert
            type="error"
            showIcon
            title={answer.error.message}
            action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
          />
        )}
        {answer.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
        {answer.data !== undefined &&
          phone &&
          rows.map((row) => (
            <div key={row.key} style={{ padding: '12px 0', borderBottom: '1px solid var(--line)' }}>
              <strong>{row.label}</strong>：{valueWords(row.key, row.value)}
              <p className="quiet">{row.words}</p>
              <p className="quiet">{setWords(row)}</p>
              {mayEdit && change(row)}
            </div>
          ))}
        {answer.data !== undefined && !phone && (
          <Table<Row>
            size="small"
            rowKey="key"
            dataSource={rows}
            pagination={false}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                key: 'label',
                title: '名称',
                width: 200,
                render: (_value, row) => <span title={row.key}>{row.label}</span>,
              },
              {
                key: 'value',
                title: '现值',
                width: 170,
                render: (_value, row) => <strong>{valueWords(row.key, row.value)}</strong>,
              },
              {
                key: 'words',
                title: '含义',
                width: 360,
                render: (_value, row) => <span style={{ whiteSpace: 'normal' }}>{row.words}</span>,
              },
              { key: 'set', title: '由谁何时设定', width: 220, render: (_value, row) => setWords(row) },
              ...(mayEdit
                ? [{ key: 'change', title: '', width: 90, render: (_value: unknown, row: Row) => change(row) }]
                : []),
            ]}
          />
        )}
      </Block>
      {changing !== null && (
        <ChangeDialog
          key={changing.key}
          row={changing}
          onClose={() => {
            setChanging(null);
          }}
        />
      )}
    </Page>
  );
}

function setWords(row: Row): string {
  if (row.isDefault) return '默认值，未改动';
  return `${row.setBy ?? '—'}，${momentWords(row.setAt)}${row.fromDate === null ? '' : `，自 ${row.fromDate} 起`}`;
}

function ChangeDialog({ row, onClose }: { row: Row; onClose: () => void }) {
  const { today } = useMe();
  const [value, setValue] = useState<unknown>(row.value);
  const [fromDate, setFromDate] = useState(today);
  const [reason, setReason] = useState('');
  const { send, sending } = useSend(setSetting, {
    done: `已修改：${row.label}。`,
    refresh: ['organisations', 'statistics', 'comparison', 'population'],
  });
  const fault = faultOf(row.key, value);
  const same = JSON.stringify(value) === JSON.stringify(row.value);
  const ready = fault === null && !same && fromDate !== '' && reason.trim().length >= 2;
  async function save() {
    await send({ key: row.key, value, fromDate, reason });
    onClose();
  }
  return (
    <Modal
      open
      title={`修改：${row.label}`}
      okText="修改"
      cancelText="返回"
      onCancel={onClose}
      onOk={() => void save()}
      okButtonProps={{ disabled: !ready, loading: sending }}
    >
      <p>{row.words}</p>
      <p>
        现为 <strong>{valueWords(row.key, row.value)}</strong>（{setWords(row)}）
      </p>
      <Form layout="vertical" component="div">
        <Form.Item label="改为" {...(fault === null ? {} : { validateStatus: 'error' as const, help: fault })}>
          <ValueEditor settingKey={row.key} label={`${row.label}改为`} value={value} onChange={setValue} />
        </Form.Item>
        <Form.Item label="自哪一天起">
          <DayField
            words="自哪一天起"
            value={fromDate}
            onChange={(day) => {
              setFromDate(day ?? '');
            }}
          />
        </Form.Item>
        <Form.Item label="依据">
          <Input.TextArea
            aria-label="依据"
            rows={2}
            maxLength={200}
            value={reason}
            placeholder="文件名称和文号，或会议决定"
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
        </Form.Item>
      </Form>
      {same && <span className="quiet">数值还没有改动。</span>}
    </Modal>
  );
}
