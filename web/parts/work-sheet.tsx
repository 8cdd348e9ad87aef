import { Alert, Button, Drawer, Form, Input, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty, Next, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { GoButton } from './go-button.tsx';
import { useRecordId } from './use-record-id.ts';
import { lineLook, type SheetDesk, type SheetLine, type SheetOf } from './work-sheet-words.ts';
import './work-sheet.css';

/** How many rows stand on the page before more are asked for. */
const shownAtOnce = 100;

/** One sheet of work: what is next on top, then row by row what would be done, what is held and why. */
export function WorkSheetPage({ desk }: { desk: SheetDesk }) {
  const id = useRecordId();
  const answer = useAnswer(desk.calls.get, { id }, { enabled: id !== '' });
  const [chosen, setChosen] = useState<SheetLine['state'] | 'all'>();
  const [most, setMost] = useState(shownAtOnce);
  const [open, setOpen] = useState<SheetLine>();
  const sheet = answer.data?.id === id ? answer.data : undefined;
  const back = <GoButton to={desk.path}>全部表格</GoButton>;
  if (sheet === undefined)
    return (
      <Page title={desk.title} extra={back}>
        {answer.error === null || answer.isFetching ? (
          <div aria-busy className="block">
            <Skeleton active title={false} paragraph={{ rows: 6 }} />
          </div>
        ) : (
          <Alert type="error" showIcon title={answer.error.message} />
        )}
      </Page>
    );
  // What is held stands first: it is what there is to do.
  const show = chosen ?? (sheet.held > 0 ? 'held' : 'all');
  const lines = sheet.lines.filter((line) => show === 'all' || line.state === show);
  const look = lineLook(desk.verb);
  const states = (['held', 'ready', 'asked', 'same', 'dropped'] as const).filter((state) => sheet[state] > 0);
  return (
    <Page title={sheet.fileName} extra={back}>
      <NextOf sheet={sheet} desk={desk} />
      <Block>
        <Segmented
          aria-label="显示哪些行"
          value={show}
          options={[
            { value: 'all', label: `全部 ${String(sheet.rows)}` },
            ...states.map((state) => ({ value: state, label: `${look[state].words} ${String(sheet[state])}` })),
          ]}
          onChange={setChosen}
        />
        {lines.length === 0 ? <Empty words="没有这样的行。" /> : null}
        <ul className="sheet-lines" aria-label="表格的行">
          {lines.slice(0, most).map((line) => (
            <LineItem key={line.id} line={line} desk={desk} onOpen={setOpen} />
          ))}
        </ul>
        {lines.length > most ? (
          <Button
            onClick={() => {
              setMost(most + shownAtOnce);
            }}
          >
            再显示 {Math.min(shownAtOnce, lines.length - most)} 行
          </Button>
        ) : null}
      </Block>
      {open === undefined ? null : (
        <CorrectRow
          key={open.id}
          sheetId={sheet.id}
          desk={desk}
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

function NextOf({ sheet, desk }: { sheet: SheetOf; desk: SheetDesk }) {
  const { send, sending } = useSend(desk.calls.run, { done: desk.after, refresh: [...desk.refresh] });
  const { verb } = desk;
  const held = `${String(sheet.held)} 行有问题，`;
  const words =
    sheet.ready > 0
      ? `${String(sheet.ready)} 行可以${verb}${sheet.held > 0 ? `；${held}更正后再${verb}` : ''}`
      : sheet.held > 0
        ? `${held}请逐行更正`
        : sheet.asked > 0
          ? `已${verb} ${String(sheet.asked)} 行。${desk.after}`
          : '表中各行都与平台一致，没有要办理的。';
  return (
    <Next
      words={words}
      due={null}
      button={
        sheet.ready > 0 ? (
          <Button type="primary" loading={sending} onClick={() => void send({ id: sheet.id }).catch(() => undefined)}>
            {verb}这 {sheet.ready} 行
          </Button>
        ) : undefined
      }
    />
  );
}

function LineItem({ line, desk, onOpen }: { line: SheetLine; desk: SheetDesk; onOpen: (line: SheetLine) => void }) {
  const look = lineLook(desk.verb)[line.state];
  const filled = line.cells.filter((cell) => cell.value !== '' && cell.key !== 'name');
  return (
    <li>
      <div className="sheet-line-head">
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
        {line.changeId === null || desk.made === undefined ? null : (
          <Go to={desk.made.to(line.changeId)}>{desk.made.words}</Go>
        )}
      </div>
      {line.reason === null ? null : <div className="sheet-line-reason">{line.reason}</div>}
      <div className="quiet">{filled.map((cell) => `${cell.label}：${cell.value}`).join('　')}</div>
    </li>
  );
}

function CorrectRow({
  sheetId,
  desk,
  line,
  onHeld,
  onClose,
}: {
  sheetId: string;
  desk: SheetDesk;
  line: SheetLine;
  /** The row is still held, with what now holds it. */
  onHeld: (line: SheetLine) => void;
  onClose: () => void;
}) {
  const phone = usePhone();
  const [all, setAll] = useState(false);
  const [form] = Form.useForm<Record<string, string>>();
  const correct = useSend(desk.calls.correct, { refresh: [...desk.refresh] });
  const drop = useSend(desk.calls.drop, { done: '这一行不办。', refresh: [...desk.refresh] });
  const before = Object.fromEntries(line.cells.map((cell) => [cell.key, cell.value]));
  const shown = line.cells.filter((cell) => all || cell.value !== '' || desk.folded?.(cell.key) !== true);
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
        <span className="sheet-acts">
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
        {shown.map((cell) => (
          <Form.Item
            key={cell.key}
            name={cell.key}
            label={cell.label}
            {...(cell.masked ? { extra: '带*号的不改动即按原号码。' } : {})}
          >
            <Input maxLength={300} />
          </Form.Item>
        ))}
        {shown.length < line.cells.length ? (
          <Button
            onClick={() => {
              setAll(true);
            }}
          >
            填写其他栏目
          </Button>
        ) : null}
      </Form>
    </Drawer>
  );
}
