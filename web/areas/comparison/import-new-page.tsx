import { Alert, Button, Flex, Select } from 'antd';
import { useState } from 'react';
import { listKindWords, uploadList } from '#contract/imports.ts';
import { isFailure, newRequestId, upload } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { useListState } from '#web/parts/list.tsx';
import { DayField } from '#web/parts/day-field.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import { ChosenFiles, chosenOf, FileDrop, type ChosenFile } from './chosen-files.tsx';
import { listKindMeaning, listKindOrder, type ListKindCode } from './comparison-words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { ImportBatch } from './import-batch.tsx';
import { ImportSteps } from './import-page.tsx';
import { guessDay, inListOrder } from './list-guess.ts';
import './comparison.css';

const kindChoices = [
  { value: 'guess', label: '按文件名判断' },
  ...Object.entries(listKindWords).map(([value, label]) => ({ value, label })),
];

/** 导入名单: choose files, look at what would change, take them in, see what was held. The address keeps the imports, so the wizard can be left. */
export function ImportNewPage() {
  const { state, set } = useListState();
  const ids = (state['ids'] ?? '').split(',').filter((id) => id !== '');
  const extra = <GoButton to="/compare/imports">全部导入记录</GoButton>;
  if (ids.length > 0)
    return (
      <Page title="导入一批名单" extra={extra}>
        <ImportBatch
          ids={ids}
          again={() => {
            set({ ids: undefined });
          }}
        />
      </Page>
    );
  return (
    <Page title="导入一批名单" extra={extra}>
      <ImportSteps state={null} dryRun />
      <ChooseFiles
        onSent={(sent) => {
          set({ ids: sent.join(',') });
        }}
      />
    </Page>
  );
}

function ChooseFiles({ onSent }: { onSent: (ids: string[]) => void }) {
  const { today } = useMe();
  const [kind, setKind] = useState<ListKindCode | null>(null);
  const [day, setDay] = useState<string>(today);
  const [validTo, setValidTo] = useState<string | undefined>(undefined);
  const [files, setFiles] = useState<ChosenFile[]>([]);
  const [busy, setBusy] = useState(false);
  const change = (key: string, part: Partial<ChosenFile>) => {
    setFiles((before) => before.map((file) => (file.key === key ? { ...file, ...part } : file)));
  };
  const add = (chosen: File[]) => {
    const named = chosen.map((file) => guessDay(file.name)).find((found) => found !== null && found <= today);
    if (files.length === 0 && named !== undefined && named !== null) setDay(named);
    setFiles((before) => [
      ...before,
      ...chosen
        .filter((file) => !before.some((other) => other.file.name === file.name && other.file.size === file.size))
        .map((file) => chosenOf(file, kind, newRequestId())),
    ]);
  };
  const pickKind = (next: string) => {
    const chosen = listKindOrder.find((code) => code === next) ?? null;
    setKind(chosen);
    if (chosen !== null) setFiles((before) => before.map((file) => ({ ...file, kind: chosen })));
  };
  const ready = files.filter(
    (file) =>
      file.kind !== null &&
      (file.problem === null || file.importId === null) &&
      /\.(xlsx|xls|csv)$/iu.test(file.file.name) &&
      file.file.size > 0,
  );
  const unnamed = files.filter((file) => file.kind === null).length;
  const mixed = files.some((file) => file.kind === 'schools') && files.some((file) => file.kind !== 'schools');

  const send = async () => {
    setBusy(true);
    const sent = files.flatMap((file) => (file.importId === null ? [] : [file.importId]));
    let refused = 0;
    for (const chosen of inListOrder(ready)) {
      if (chosen.importId !== null || chosen.kind === null) continue;
      change(chosen.key, { sent: 0, problem: null });
      try {
        const answer = await upload(
          uploadList,
          {
            kind: chosen.kind,
            fileName: chosen.file.name,
            asOf: day,
            dryRun: 'true',
            ...(chosen.kind === 'keylist' && chosen.list !== '' ? { list: chosen.list } : {}),
            ...(chosen.kind === 'keylist' && validTo !== undefined ? { validTo } : {}),
          },
          chosen.file,
          (part) => {
            change(chosen.key, { sent: part });
          },
        );
        sent.push(answer.id);
        change(chosen.key, { sent: 1, importId: answer.id });
      } catch (error) {
        refused += 1;
        change(chosen.key, { sent: null, problem: isFailure(error) ? error.message : '没有传上去，请再试一次。' });
      }
    }
    setBusy(false);
    if (refused === 0 && sent.length > 0) onSent(sent);
  };
  const uploaded = files.filter((file) => file.importId !== null);

  return (
    <Block>
      <Flex gap={16} wrap style={{ marginBottom: 16 }}>
        <label className="cmp-field">
          名单种类
          <Select
            style={{ width: 240, maxWidth: '100%' }}
            aria-label="名单种类"
            value={kind ?? 'guess'}
            options={kindChoices}
            disabled={busy}
            onChange={pickKind}
          />
        </label>
        <label className="cmp-field">
          名单日期（截至哪一天）
          <DayField
            words="名单日期"
            value={day}
            latest={today}
            onChange={(next) => {
              setDay(next ?? today);
            }}
          />
        </label>
        {files.some((file) => file.kind === 'keylist') ? (
          <label className="cmp-field">
            名单有效期至（可不填）
            <DayField words="有效期至" value={validTo} earliest={day} allowClear onChange={setValidTo} />
          </label>
        ) : null}
      </Flex>
      <p className="cmp-quiet" style={{ marginBottom: 12 }}>
        {kind === null
          ? '先学校名录，再适龄档案和学籍花名册，然后是到校情况和重点群体名单。文件名里看不出种类的，请逐份选定。'
          : listKindMeaning[kind]}
      </p>
      <FileDrop onAdd={add} disabled={busy} />
      <ChosenFiles
        files={files}
        change={change}
        remove={(key) => {
          setFiles((before) => before.filter((file) => file.key !== key));
        }}
        busy={busy}
      />
      {mixed ? (
        <Alert
          style={{ marginTop: 16 }}
          type="info"
          showIcon
          title="其他名单的预览按已登记的学校核对。如学校名录里有新学校，请先单独导入学校名录，再导入其他名单。"
        />
      ) : null}
      {uploaded.length > 0 && !busy ? (
        <Alert
          style={{ marginTop: 16 }}
          type="warning"
          showIcon
          title={`${count(uploaded.length)} 份已上传，其余没有传上去。可以改正后再传，或先看已上传的。`}
          action={
            <Button
              onClick={() => {
                onSent(uploaded.flatMap((file) => (file.importId === null ? [] : [file.importId])));
              }}
            >
              先看已上传的
            </Button>
          }
        />
      ) : null}
      <Flex gap={12} align="center" wrap justify="flex-end" style={{ marginTop: 16 }} className="cmp-big-buttons">
        <span className="cmp-quiet">
          {files.length === 0
            ? '请先选择文件。'
            : unnamed > 0
              ? `还有 ${count(unnamed)} 份没有选定名单种类。`
              : '上传后先核对、给出预览，不会马上写入。'}
        </span>
        <Button
          type="primary"
          size="large"
          disabled={ready.length === 0 || unnamed > 0}
          loading={busy}
          onClick={() => void send()}
        >
          上传并核对{ready.length > 0 ? ` ${count(ready.length)} 份` : ''}
        </Button>
      </Flex>
    </Block>
  );
}
