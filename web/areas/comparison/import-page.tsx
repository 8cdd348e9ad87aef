import { Steps } from 'antd';
import { Block, Facts, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { dayWords, momentWords } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { bytesWords, importStateLook, importWords, listKindWord, type ImportStateCode } from './comparison-words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { ImportBody } from './import-body.tsx';
import { useImports } from './import-queries.ts';
import { useRecordId } from '#web/parts/use-record-id.ts';
import './comparison.css';

/** 一次导入: how far it is, what it would change, its result; can be left at any step and opened again. */
export function ImportPage() {
  const id = useRecordId();
  const [answer] = useImports([id]);
  const file = answer?.data;
  const back = <GoButton to="/compare/imports">全部导入记录</GoButton>;
  if (file === undefined)
    return <Waiting title="一次导入" error={answer?.error ?? null} retry={() => void answer?.refetch()} extra={back} />;
  return (
    <Page
      title={
        <>
          {listKindWord(file.kind)}导入{' '}
          <span className="cmp-head-status">
            <Status kind={importStateLook[file.state]} words={importWords(file)} />
          </span>
        </>
      }
      extra={back}
    >
      <ImportSteps state={file.state} dryRun={file.dryRun} />
      <Block title={file.fileName}>
        <ImportBody file={file} />
      </Block>
      <Block title="这份文件">
        <Facts
          items={[
            {
              label: '名单',
              value: file.list === null ? listKindWord(file.kind) : `${listKindWord(file.kind)}（${file.list}）`,
            },
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

const steps = ['选择文件', '读取核对', '看预览', '正式导入', '结果'];

/** The steps of an import, the present one marked. */
export function ImportSteps({ state, dryRun }: { state: ImportStateCode | null; dryRun: boolean }) {
  const place = placeOf(state, dryRun);
  const phone = usePhone();
  if (phone)
    return (
      <p className="cmp-quiet">
        第 {String(place + 1)} 步，共 {String(steps.length)} 步：{steps[place]}
      </p>
    );
  return (
    <Steps
      size="small"
      current={place}
      style={{ marginBottom: 16 }}
      {...(state === 'failed' ? { status: 'error' as const } : {})}
      items={steps.map((title) => ({ title }))}
    />
  );
}

function placeOf(state: ImportStateCode | null, dryRun: boolean): number {
  switch (state) {
    case null:
      return 0;
    case 'waiting':
    case 'reading':
    case 'publishing':
    case 'failed':
    case 'cancelled':
      return dryRun ? 1 : 3;
    case 'checked':
      return 2;
    case 'done':
      return 4;
  }
}
