import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Flex } from 'antd';
import { useState } from 'react';
import { approvalHours } from '#domain/security/rules.ts';
import { exportHeld } from '#contract/imports.ts';
import { listApprovals, requestApproval } from '#contract/security.ts';
import { fileUrl, isFailure, saveFile } from '#web/api/call.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { heldApproval } from './held-approval.ts';
import type { ImportAnswer } from './import-queries.ts';

const purposeWords = `导出的表里号码都遮盖。要逐行核对存疑的号码（未通过核对、因而未接收的），须由另一位有权批准的人员同意；批准后 ${String(approvalHours)} 小时内可导出一次，其他号码仍遮盖。用途和批准人记入审计。`;

/**
 * Saves the held rows of an import as a sheet, the reason beside each row. Numbers are masked and come back unchanged; a
 * doubtful number stands in full for who handed the list in, and for others once a second person has approved it.
 */
export function HeldExport({ file }: { file: Pick<ImportAnswer, 'id' | 'mine'> }) {
  const save = useSave();
  return (
    <Flex gap={8} wrap align="center">
      <Button
        icon={<DownloadOutlined aria-hidden />}
        loading={save.saving}
        title={
          file.mine
            ? '这份名单由您上传：存疑的号码完整，其他号码遮盖。'
            : '所有号码遮盖；不改的号码再导入时仍是原号码。'
        }
        onClick={() => void save.save(fileUrl(exportHeld, { id: file.id }))}
      >
        导出待更正的行
      </Button>
      {file.mine ? null : <DoubtfulNumbers id={file.id} />}
    </Flex>
  );
}

/** The way to the doubtful numbers of a list that somebody else handed in: ask, wait for another person, export once. */
function DoubtfulNumbers({ id }: { id: string }) {
  const save = useSave();
  const open = useAnswer(listApprovals, { open: 'true', size: 50 }, { refetchInterval: 30_000 });
  const decided = useAnswer(listApprovals, { open: 'false', size: 50 }, { refetchInterval: 30_000 });
  const request = useSend(requestApproval, { done: '已提交申请。另一位有权批准的人员答复后，在这里导出。' });
  if (open.data === undefined || decided.data === undefined) return null;
  const stands = heldApproval([...open.data.rows, ...decided.data.rows]);
  const ask = async () => {
    const purpose = await askReason({
      title: '申请导出存疑号码',
      words: purposeWords,
      placeholder: '请写明用途，至少 4 个字，例如：与户口簿逐行核对。',
      least: 4,
    });
    if (purpose === null) return;
    await request.send({ kind: 'exportIdentities', exportOf: 'held', purpose }).catch(() => undefined);
  };
  const use = async (approvalId: string) => {
    await save.save(fileUrl(exportHeld, { id, approvalId }));
    // used up, or found to be so
    await decided.refetch();
  };
  if (stands?.state === 'waiting') return <Status kind="wait" words="已申请导出存疑号码，等待另一人批准" />;
  if (stands?.state === 'approved')
    return (
      <>
        <Button type="primary" loading={save.saving} onClick={() => void use(stands.id)}>
          导出（含存疑号码，一次）
        </Button>
        <Status kind="ok" words={`${stands.by}已批准，有效至 ${momentShort(stands.until)}`} />
      </>
    );
  return (
    <>
      <Button loading={request.sending} onClick={() => void ask()}>
        申请导出存疑号码
      </Button>
      {stands?.state === 'refused' ? (
        <Status kind="bad" words={`${stands.by}不批准${stands.note === '' ? '' : `：${stands.note}`}`} />
      ) : null}
    </>
  );
}

function useSave(): { save: (url: string) => Promise<void>; saving: boolean } {
  const { message } = App.useApp();
  const [saving, setSaving] = useState(false);
  const save = async (url: string) => {
    setSaving(true);
    try {
      await saveFile(url);
    } catch (error) {
      void message.error(isFailure(error) ? error.message : '没有导出，请稍后再试。', 6);
    } finally {
      setSaving(false);
    }
  };
  return { save, saving };
}
