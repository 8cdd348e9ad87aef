import { Steps } from 'antd';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { dayWords, momentWords } from '#web/ui/words.ts';
import { Waiting } from './answer-state.tsx';
import { bytesWords, importStateLook, importWords, listKindWord, type ImportStateCode } from './comparison-words.ts';
import { ImportBody } from './import-body.tsx';
import { useImports } from './import-queries.ts';
import { useRecordId } from './use-record-id.ts';
import './comparison.css';

/** 一次导入: how far it is, what it would change, its result; can be left at any step and opened again. */
export function ImportPage() {
  const id = useRecordId();
  const [answer] = useImports([id]);
  const file = answer?.data;
  const back = <Go to="/compare/imports">全部导入记录</Go>;
  if (file === undefined) return <Waiting title="一次导入" error={answer?.error ?? null} retry={() => void answer?.refetch()} extra={back} />;
  return (
    <Page title={<>{listKindWord(file.kind)}导入 <Status kind={importStateLook[file.state]} words={importWords(file)} /></>} extra={back}>
      <ImportSteps state={file.state} dryRun={file.dryRun} />
      <Block title={file.fileName}><ImportBody file={file} /></Block>
      <Block title="这份文件">
        <Facts
          items={[
            { label: '名单', value: file.list === null ? listKindWord(file.kind) : `${listKindWord(file.kind)}（${file.list}）` },
            { label: '名单日期', value: dayWords(file.asOf) },
            { label: '大小', value: bytesWords(file.bytes) },
            { label: '上传人', value: file.startedName },
            { label: '上传时间', value: momentWords(file.createdAt) },
            { label: '结束时间', value: file.finishedAt === null ? '尚未结束' : momentWords(file.finishedAt) },
          ]}
        />
      </Block>
    </Page>
  );
}

/** The steps of an import, the present one marked. */
export function ImportSteps({ state, dryRun }: { state: ImportStateCode | null; dryRun: boolean }) {
  const place = state === null ? 0 : state === 'waiting' || state === 'reading' || (state === 'publishing' && dryRun) ? 1 : state === 'checked' ? 2 : state === 'publishing' ? 3 : state === 'done' ? 4 : 1;
  return (
    <Steps
      size="small"
      responsive
      current={place}
      style={{ marginBottom: 16 }}
      {...(state === 'failed' ? { status: 'error' as const } : {})}
      items={[{ title: '选择文件' }, { title: '读取核对' }, { title: '看预览' }, { title: '正式导入' }, { title: '结果' }]}
    />
  );
}
