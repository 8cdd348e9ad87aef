import { Alert, Button, Checkbox, Form, Input, Modal, Skeleton, Table } from 'antd';
import { useState, type ReactNode } from 'react';
import type { z } from 'zod';
import { listSettings, setSetting, type SettingRow } from '#contract/organisations.ts';
import { groupSettings } from '#domain/organisations/setting-groups.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { useListState } from '#web/parts/list-state.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { momentWords } from '#web/ui/words.ts';
import { faultOf, ValueEditor, valueWords } from './setting-value.tsx';
import './settings.css';

type Row = z.output<typeof SettingRow>;

/** Thresholds, ages and targets as they hold, with who set them, and the dialog that changes one. */
export function SettingsPage() {
  const answer = useAnswer(listSettings, {});
  const mayEdit = useMay('settings.edit');
  const phone = usePhone();
  const [changing, setChanging] = useState<Row | null>(null);
  const { state, set } = useListState();
  const words = state['q'] ?? '';
  const changedOnly = state['changed'] === '1';
  const groups = groupSettings(answer.data ?? [], { words, changedOnly });
  const change = (row: Row) => (mayEdit ? <Change row={row} open={setChanging} /> : null);
  const table = (rows: Row[]) => (
    <Table<Row>
      size="small"
      rowKey="key"
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        ...columns,
        ...(mayEdit ? [{ key: 'change', title: '', width: 90, render: (_: unknown, row: Row) => change(row) }] : []),
      ]}
    />
  );
  return (
    <Page title="参数" extra={<Go to="/calendar">校历</Go>}>
      {!mayEdit && <Alert type="info" showIcon title="您可以查看参数。修改由控辍专干、局领导或系统管理员办理。" />}
      <div className="set-find">
        <Input.Search
          aria-label="查找参数"
          placeholder="参数名称或含义"
          allowClear
          defaultValue={words}
          onSearch={(text) => {
            set({ q: text.trim() });
          }}
        />
        <Checkbox
          checked={changedOnly}
          onChange={(event) => {
            set({ changed: event.target.checked ? '1' : null });
          }}
        >
          只看改动过的
        </Checkbox>
      </div>
      {answer.isError && (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      )}
      {answer.isPending && (
        <Block>
          <Skeleton active paragraph={{ rows: 8 }} />
        </Block>
      )}
      {answer.data !== undefined && groups.length === 0 && (
        <Block>
          <Empty
            words={changedOnly && words === '' ? '参数都是默认值，还没有改动过。' : '没有找到这样的参数，请换一个词。'}
            action={
              <Button
                onClick={() => {
                  set({ q: null, changed: null });
                }}
              >
                看全部参数
              </Button>
            }
          />
        </Block>
      )}
      {groups.map(({ group, rows }) => (
        <Block key={group.id} title={group.title}>
          {phone ? rows.map((row) => <OnPhone key={row.key} row={row} change={change(row)} />) : table(rows)}
        </Block>
      ))}
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

const columns = [
  {
    key: 'label',
    title: '名称',
    width: 200,
    render: (_: unknown, row: Row) => <span title={row.key}>{row.label}</span>,
  },
  {
    key: 'value',
    title: '现值',
    width: 170,
    render: (_: unknown, row: Row) => <strong>{valueWords(row.key, row.value)}</strong>,
  },
  {
    key: 'words',
    title: '含义',
    width: 360,
    render: (_: unknown, row: Row) => <span className="set-words">{row.words}</span>,
  },
  { key: 'set', title: '由谁何时设定', width: 220, render: (_: unknown, row: Row) => setWords(row) },
];

function Change({ row, open }: { row: Row; open: (row: Row) => void }) {
  return (
    <Button
      onClick={() => {
        open(row);
      }}
      aria-label={`修改${row.label}`}
    >
      修改
    </Button>
  );
}

function OnPhone({ row, change }: { row: Row; change: ReactNode }) {
  return (
    <div className="set-line">
      <strong>{row.label}</strong>：{valueWords(row.key, row.value)}
      <p className="quiet">{row.words}</p>
      <p className="quiet">{setWords(row)}</p>
      {change}
    </div>
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
