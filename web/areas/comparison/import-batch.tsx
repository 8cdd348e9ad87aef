import { Alert, Button, Collapse, Flex } from 'antd';
import { publishImport } from '#contract/imports.ts';
import { useSend } from '#web/api/use.ts';
import { Next } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { importStateLook, importWords, isRunning, listKindWord } from './comparison-words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { ImportBody } from './import-body.tsx';
import { ImportSteps } from './import-page.tsx';
import { importRefreshes, useImports, type ImportAnswer } from './import-queries.ts';
import { inListOrder } from './list-guess.ts';
import { StartRun } from './start-run.tsx';

/** The files of one hand-in together: how far each is, one button for all that are checked, then the results. */
export function ImportBatch({ ids, again }: { ids: readonly string[]; again: () => void }) {
  const answers = useImports(ids);
  const publish = useSend(publishImport, { refresh: importRefreshes });
  const files = inListOrder(answers.flatMap((answer) => (answer.data === undefined ? [] : [answer.data])));
  const fault = answers.find((answer) => answer.error !== null && answer.data === undefined)?.error ?? null;
  const checked = files.filter((file) => file.state === 'checked');
  const running = files.filter((file) => isRunning(file.state));
  const done = files.filter((file) => file.state === 'done');
  const held = done.reduce((sum, file) => sum + file.stillHeld, 0);
  const withHeld = done.flatMap((file) => (file.stillHeld > 0 ? [file.id] : [])).join(',');
  const publishAll = async () => {
    for (const file of checked) {
      try {
        await publish.send({ id: file.id });
      } catch {
        return; // the refusal has been shown; the later lists wait, since they may build on this one
      }
    }
  };
  const slowest = running[0] ?? checked[0] ?? files[0];
  return (
    <>
      <ImportSteps state={slowest?.state ?? 'waiting'} dryRun={slowest?.dryRun ?? true} />
      {fault === null ? null : <Alert type="error" showIcon title={fault.message} style={{ marginBottom: 16 }} />}
      {checked.length > 0 && running.length === 0 ? (
        <Next
          words={`${count(checked.length)} 份已核对，数据还没有写入：可接收 ${count(sumOf(checked, 'accepted'))} 行，没有变化 ${count(sumOf(checked, 'unchanged'))} 行，重复 ${count(sumOf(checked, 'repeated'))} 行，待更正 ${count(sumOf(checked, 'held'))} 行。`}
          button={
            <Button type="primary" size="large" loading={publish.sending} onClick={() => void publishAll()}>
              正式导入{checked.length > 1 ? `这 ${count(checked.length)} 份` : ''}
            </Button>
          }
        />
      ) : null}
      {running.length > 0 ? (
        <p role="status">
          {count(running.length)} 份正在处理，{count(files.length - running.length)}{' '}
          份已有结果。可以离开本页，以后在“导入名单”里找到。
        </p>
      ) : null}
      {done.length > 0 && checked.length === 0 && running.length === 0 ? (
        <Next
          words={`${count(done.length)} 份已导入，接收 ${count(sumOf(done, 'accepted'))} 行。${held > 0 ? `还有 ${count(held)} 行待更正。` : ''}名单齐了就可以进行比对。`}
          button={
            <Flex gap={8} wrap className="cmp-big-buttons">
              {held > 0 ? <GoButton to={`/compare/held?importId=${withHeld}`}>更正 {count(held)} 行</GoButton> : null}
              <Button onClick={again}>再导入名单</Button>
              <StartRun primary />
            </Flex>
          }
        />
      ) : null}
      <Collapse
        style={{ marginTop: 16, background: 'transparent' }}
        defaultActiveKey={[...ids].slice(0, ids.length > 3 ? 0 : 1)}
        items={files.map((file) => ({
          key: file.id,
          label: (
            <Flex gap={12} wrap>
              <strong style={{ overflowWrap: 'anywhere' }}>{file.fileName}</strong>
              <span>{listKindWord(file.kind)}</span>
              <Status kind={importStateLook[file.state]} words={importWords(file)} />
              {file.state === 'checked' || file.state === 'done' ? (
                <span>
                  接收 {count(file.accepted)} 行
                  {file.held > 0 ? `，待更正 ${count(file.state === 'done' ? file.stillHeld : file.held)} 行` : ''}
                </span>
              ) : null}
              {file.problem === null ? null : <span>{file.problem.words}</span>}
            </Flex>
          ),
          children: <ImportBody file={file} single={ids.length === 1 && checked.length === 0} />,
        }))}
      />
    </>
  );
}

function sumOf(files: readonly ImportAnswer[], key: 'accepted' | 'unchanged' | 'repeated' | 'held'): number {
  return files.reduce((sum, file) => sum + file[key], 0);
}
