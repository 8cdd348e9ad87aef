import { Alert, Button, Drawer, Form, Input, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { correctSheetRow, dropSheetRow, getSheet, runSheet } from '#contract/enrolment-sheets.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty, Next, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { changeRefreshes } from './change-words.ts';
import { lineLook, type SheetLine, type SheetOf } from './sheet-words.ts';
import './enrolment.css';

/** One sheet of changes: what is next on top, then row by row what would be done, what is held and why. */
export function SheetPage() {
  const id = useRecordId();
  const answer = useAnswer(getSheet, { id }, { enabled: id !== '' });
  const [show, setShow] = useState<SheetLine['state'] | 'all'>('all');
  const [open, setOpen] = useState<SheetLine>();
  const sheet = answer.data?.id === id ? answer.data : undefined;
  const back = <GoButton to="/changes/sheets">全部表格</GoButton>;
  if (sheet === undefined)
    return (
      <Page title="批量办理学籍异动" extra={back}>
        {answer.error === null || answer.isFetching ? (
          <div aria-busy className="block">
            <Skeleton active title={false} paragraph={{ rows: 6 }} />
          </div>
        ) : (
          <Alert type="error" showIcon title={answer.error.message} />
        )}
      </Page>
    );
  const lines = sheet.lines.filter((line) => show === 'all' || line.state === show);
  const states = (['held', 'ready', 'asked', 'dropped'] as const).filter((state) => sheet[state] > 0);
  return (
    <Page title={sheet.fileName} extra={back}>
      <NextOf sheet={sheet} />
      <Block>
        <Segmented
          aria-label="显示哪些行"
          value={show}
          options={[
            { value: 'all', label: `全部 ${String(sheet.rows)}` },
            ...states.map((state) => ({ value: state, label: `${lineLook[state].words} ${String(sheet[state])}` })),
          ]}
          onChange={setShow}
        />
        {lines.length === 0 ? <Empty words="没有这样的行。" /> : null}
        <ul className="enrol-lines" aria-label="表格的行">
          {lines.map((line) => (
            <LineItem key={line.id} line={line} onOpen={setOpen} />
          ))}
        </ul>
      </Block>
      {open === undefined ? null : (
        <CorrectRow
          key={open.id}
          sheetId={sheet.id}
          line={open}
          onHeld={setOpen}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </Page>
  );
}

function NextOf({ sheet }: { sheet: SheetOf }) {
  const { send, sending } = useSend(runSheet, { done: '已逐行提出，请到各项异动补交材料。', refresh: changeRefreshes });
  const words =
    sheet.ready > 0
      ? `${String(sheet.ready)} 行可以提出${sheet.held > 0 ? `；${String(sheet.held)} 行有问题，更正后再提出` : ''}`
      : sheet.held > 0
        ? `${String(sheet.held)} 行有问题，请逐行更正`
        : `已提出 ${String(sheet.asked)} 项，请到各项异动补交材料`;
  return (
    <Next
      words={words}
      due={null}
      button={
        sheet.ready > 0 ? (
          <Button type="primary" loading={sending} onClick={() => void send({ id: sheet.id }).catch(() => undefined)}>
            提出这 {sheet.ready} 行
          </Button>
        ) : undefined
      }
    />
  );
}

function LineItem({ line, onOpen }: { line: SheetLine; onOpen: (line: SheetLine) => void }) {
  const look = lineLook[line.state];
  const filled = line.cells.filter((cell) => cell.value !== '' && cell.key !== 'name');
  return (
    <li>
      <div className="enrol-line-head">
        <strong>
          第 {line.rowNo} 行 {line.cells.find((cell) => cell.key === 'name')?.value}
        </strong>
        <Status kind={look.kind} words={look.words} />
        {line.state === 'held' || line.state === 'ready' ? (
          <Button
            size="small"
            onClick={() => {
              onOpen(line);
            }}
          >
            {line.state === 'held' ? '更正' : '修改'}
          </Button>
        ) : null}
        {line.changeId === null ? null : <Go to={`/changes/${line.changeId}`}>打开这项异动</Go>}
      </div>
      {line.reason === null ? null : <div className="enrol-line-reason">{line.reason}</div>}
      <div className="quiet">{filled.map((cell) => `${cell.label}：${cell.value}`).join('　')}</div>
    </li>
  );
}

function CorrectRow({
  sheetId,
  line,
  onHeld,
  onClose,
}: {
  sheetId: string;
  line: SheetLine;
  /** The row is still held, with what now holds it. */
  onHeld: (line: SheetLine) => void;
  onClose: () => void;
}) {
  const phone = usePhone();
  const [form] = Form.useForm<Record<string, string>>();
  const correct = useSend(correctSheetRow, { refresh: ['enrolment'] });
  const drop = useSend(dropSheetRow, { done: '这一行不办。', refresh: ['enrolment'] });
  const before = Object.fromEntries(line.cells.map((cell) => [cell.key, cell.value]));
  const save = async (typed: Record<string, string>) => {
    const changes = Object.fromEntries(Object.entries(typed).filter(([key, value]) => value !== before[key]));
    try {
      const answer = await correct.send({ id: sheetId, rowId: line.id, changes });
      if (answer.state === 'ready') onClose();
      else onHeld(answer);
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 520}
      mask={{ closable: false }}
      title={`更正第 ${String(line.rowNo)} 行`}
      footer={
        <span className="enrol-acts">
          <Button onClick={onClose}>返回</Button>
          <Button
            danger
            loading={drop.sending}
            onClick={() => void drop.send({ id: sheetId, rowId: line.id }).then(onClose, () => undefined)}
          >
            这一行不办
          </Button>
          <Button type="primary" loading={correct.sending} onClick={form.submit}>
            保存并再检查
          </Button>
        </span>
      }
    >
      {line.reason === null ? null : <Alert type="warning" showIcon title={line.reason} style={{ marginBottom: 16 }} />}
      <Form form={form} name="line" layout="vertical" initialValues={before} onFinish={(typed) => void save(typed)}>
        {line.cells.map((cell) => (
          <Form.Item
            key={cell.key}
            name={cell.key}
            label={cell.label}
            {...(cell.masked ? { extra: '带*号的不改动即按原号码。' } : {})}
          >
            <Input maxLength={300} />
          </Form.Item>
        ))}
      </Form>
    </Drawer>
  );
}
