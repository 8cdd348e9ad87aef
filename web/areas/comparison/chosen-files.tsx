import { DeleteOutlined, InboxOutlined } from '@ant-design/icons';
import { Button, Progress, Select, Upload } from 'antd';
import { childTagWords } from '#domain/population/words.ts';
import { listKindWords } from '#contract/imports.ts';
import { Status } from '#web/ui/status.tsx';
import { bytesWords, type ListKindCode } from './comparison-words.ts';
import { guessListKind } from './list-guess.ts';

/** A file that is chosen and not yet, or just being, uploaded. */
export interface ChosenFile {
  key: string;
  file: File;
  kind: ListKindCode | null;
  /** The list that a keylist speaks of; empty when a column names it. */
  list: string;
  /** Part uploaded, 0 to 1; null before. */
  sent: number | null;
  /** Why it was refused, in words. */
  problem: string | null;
  importId: string | null;
}

/** Largest file that is taken, as the server says it too. */
export const largestFileBytes = 200 * 1024 * 1024;

const kindChoices = Object.entries(listKindWords).map(([value, label]) => ({ value, label }));
const tagChoices = [
  { value: '', label: '表中“名单类别”列已写明' },
  ...Object.values(childTagWords).map((word) => ({ value: word, label: word })),
];

/** A new chosen file, its kind guessed from its name unless one is given. */
export function chosenOf(file: File, kind: ListKindCode | null, key: string): ChosenFile {
  const wrong = /\.(xlsx|xls|csv)$/iu.test(file.name) ? null : '只能导入 .xlsx、.xls 或 .csv 文件，请另存后再选。';
  const large = file.size > largestFileBytes ? '文件超过 200 MB，请按学校或街道分成几份。' : null;
  return {
    key,
    file,
    kind: kind ?? guessListKind(file.name),
    list: '',
    sent: null,
    problem: wrong ?? large ?? (file.size === 0 ? '文件是空的。' : null),
    importId: null,
  };
}

/** The place to drop or choose files, several at once. */
export function FileDrop({ onAdd, disabled }: { onAdd: (files: File[]) => void; disabled: boolean }) {
  return (
    <Upload.Dragger
      multiple
      accept=".xlsx,.xls,.csv"
      showUploadList={false}
      disabled={disabled}
      beforeUpload={(file, all) => {
        // called once for each file of one choice; the whole choice is taken with its first
        if (all[0] === file) onAdd(all);
        return false;
      }}
    >
      <p style={{ fontSize: 28, margin: 0 }}>
        <InboxOutlined aria-hidden />
      </p>
      <p style={{ margin: '4px 0' }}>把文件拖到这里，或点此选择，可一次选多份</p>
      <p className="cmp-quiet" style={{ margin: 0 }}>
        .xlsx、.xls、.csv；标题行、合计行和列的先后不用整理
      </p>
    </Upload.Dragger>
  );
}

/** The files chosen, each with its kind of list, its progress and its fault. */
export function ChosenFiles({
  files,
  change,
  remove,
  busy,
}: {
  files: readonly ChosenFile[];
  change: (key: string, part: Partial<ChosenFile>) => void;
  remove: (key: string) => void;
  busy: boolean;
}) {
  return (
    <ul style={{ listStyle: 'none', margin: '16px 0 0', padding: 0 }}>
      {files.map((chosen) => (
        <li key={chosen.key} className="cmp-file">
          <div className="cmp-file-name">
            <strong>{chosen.file.name}</strong> <span className="cmp-quiet">{bytesWords(chosen.file.size)}</span>
          </div>
          <Select
            aria-label={`“${chosen.file.name}”是哪种名单`}
            placeholder="这是哪种名单？"
            style={{ width: 220, maxWidth: '100%' }}
            value={chosen.kind}
            disabled={busy}
            options={kindChoices}
            onChange={(kind: ListKindCode) => {
              change(chosen.key, { kind });
            }}
          />
          {chosen.kind === 'keylist' ? (
            <Select
              aria-label="名单类别"
              style={{ width: 220, maxWidth: '100%' }}
              value={chosen.list}
              disabled={busy}
              options={tagChoices}
              onChange={(list: string) => {
                change(chosen.key, { list });
              }}
            />
          ) : null}
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            disabled={busy}
            onClick={() => {
              remove(chosen.key);
            }}
            aria-label={`移去“${chosen.file.name}”`}
          >
            移去
          </Button>
          {chosen.sent === null ? null : (
            <Progress
              className="cmp-file-wide"
              percent={Math.floor(chosen.sent * 100)}
              size="small"
              aria-label={`“${chosen.file.name}”上传进度`}
            />
          )}
          {chosen.problem === null ? null : (
            <div className="cmp-file-wide">
              <Status kind="bad" words={chosen.problem} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
