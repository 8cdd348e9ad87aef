import { Alert, App, Button, Flex, Progress } from 'antd';
import { cancelImport, publishImport, resumeImport } from '#contract/imports.ts';
import { useSend } from '#web/api/use.ts';
import { Next } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { HeldExport } from './held-export.tsx';
import { importRefreshes, type ImportAnswer } from './import-queries.ts';
import { ImportFigures, ImportPreview } from './import-preview.tsx';
import { isRunning, listKindWord } from './comparison-words.ts';

/** One import: its next step, its progress, what it would change or has changed, and the way to its held rows. */
export function ImportBody({ file, single = true }: { file: ImportAnswer; single?: boolean }) {
  const publish = useSend(publishImport, { done: '已开始正式导入。', refresh: importRefreshes });
  const cancel = useSend(cancelImport, { done: '已取消，名单没有任何一行生效。', refresh: importRefreshes });
  const resume = useSend(resumeImport, { done: '已继续。', refresh: importRefreshes });
  const { modal } = App.useApp();
  const again = (work: Promise<unknown>) => {
    work.catch(() => undefined);
  };
  const askCancel = () => {
    void modal.confirm({
      title: `取消导入“${file.fileName}”`,
      content: '取消后名单没有任何一行生效；以后可以重新上传。',
      okText: '取消导入',
      cancelText: '返回',
      okButtonProps: { danger: true },
      onOk: () => cancel.send({ id: file.id }).catch(() => undefined),
    });
  };
  const cancelButton = (
    <Button onClick={askCancel} loading={cancel.sending}>
      取消导入
    </Button>
  );
  return (
    <div>
      {isRunning(file.state) ? (
        <section aria-live="polite">
          <Flex gap={16} align="center" wrap justify="space-between">
            <strong>{runningWords(file)}</strong>
            {cancelButton}
          </Flex>
          <Progress percent={runningPercent(file)} status="active" showInfo={false} aria-label={runningWords(file)} />
          <p className="cmp-quiet">可以离开本页，平台会继续处理；在“导入名单”里能再找到它。</p>
        </section>
      ) : null}
      {file.state === 'checked' ? (
        <Next
          words={
            file.accepted + file.unchanged + file.repeated === 0 && file.held > 0
              ? '所有行都需要更正。请先改正表格再上传，或正式导入后在“待更正”里逐行改。'
              : `核对完毕，数据还没有写入。正式导入${listKindWord(file.kind)} ${count(file.accepted)} 行${file.held > 0 ? `，另有 ${count(file.held)} 行留待更正` : ''}。`
          }
          button={
            <Flex gap={8} wrap className="cmp-big-buttons">
              {cancelButton}
              <Button
                type={single ? 'primary' : 'default'}
                loading={publish.sending}
                onClick={() => {
                  again(publish.send({ id: file.id }));
                }}
              >
                正式导入
              </Button>
            </Flex>
          }
        />
      ) : null}
      {file.state === 'done' ? <Done file={file} /> : null}
      {file.state === 'cancelled' || file.state === 'failed' ? (
        <Alert
          type={file.state === 'failed' ? 'error' : 'info'}
          showIcon
          title={
            file.problem?.words ??
            (file.state === 'failed' ? '导入中断，名单没有任何一行生效。' : '这次导入已取消，名单没有任何一行生效。')
          }
          description={
            file.state === 'failed'
              ? '可以继续导入；如果文件本身需要改正，请改好后重新上传。'
              : '如需导入，可以继续，或重新上传。'
          }
          action={
            <Flex gap={8} wrap>
              <GoButton to="/compare/imports/new">重新上传</GoButton>
              <Button
                type="primary"
                loading={resume.sending}
                onClick={() => {
                  again(resume.send({ id: file.id }));
                }}
              >
                继续
              </Button>
            </Flex>
          }
        />
      ) : null}
      {file.state === 'checked' || file.state === 'done' ? (
        <>
          <div style={{ marginTop: 16 }}>
            <ImportFigures file={file} />
          </div>
          <ImportPreview file={file} />
        </>
      ) : null}
    </div>
  );
}

function Done({ file }: { file: ImportAnswer }) {
  const words =
    file.accepted === 0 && file.held === 0
      ? '已导入，与已有记录相同，没有任何变化。'
      : `已导入 ${count(file.accepted)} 行${file.unchanged > 0 ? `，${count(file.unchanged)} 行没有变化` : ''}。`;
  if (file.stillHeld === 0)
    return (
      <Alert
        type="success"
        showIcon
        title={words}
        description={file.held > 0 ? `曾待更正的 ${count(file.held)} 行都已处理。` : undefined}
      />
    );
  return (
    <Next
      words={`${words}还有 ${count(file.stillHeld)} 行待更正：逐行更正，或导出改好后再导入。`}
      button={
        <Flex gap={8} wrap align="center" className="cmp-big-buttons">
          <HeldExport file={file} />
          <GoButton to={`/compare/held?importId=${file.id}`} type="primary">
            更正 {count(file.stillHeld)} 行
          </GoButton>
        </Flex>
      }
    />
  );
}

function runningWords(file: ImportAnswer): string {
  if (file.state === 'waiting') return '排队等候，前面的名单处理完就开始。';
  if (file.state === 'reading')
    return `${file.dryRun ? '正在读取和核对' : '正在正式导入'}，已读 ${count(file.rowsRead)} 行。`;
  return file.dryRun
    ? `已读 ${count(file.rowsRead)} 行，正在试算将有哪些变化，不写入。`
    : `已读 ${count(file.rowsRead)} 行，正在写入。写完之前不会有半份名单生效。`;
}

/** A share for the eye only: how many rows a file has is not known until it is read. */
function runningPercent(file: ImportAnswer): number {
  if (file.state === 'waiting') return 5;
  if (file.state === 'publishing') return 90;
  return Math.round(15 + 65 * (1 - 1 / (1 + file.rowsRead / 20_000)));
}
