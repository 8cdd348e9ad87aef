import { Button, Checkbox, Form, Modal } from 'antd';
import { useState } from 'react';
import { attachScan } from '#contract/visits.ts';
import { parties, type Party } from '#domain/visits/record.ts';
import { partyWords } from '#domain/visits/words.ts';
import { useSend } from '#web/api/use.ts';
import { PaperUpload } from './paper-upload.tsx';
import type { PaperDraft } from './visit-draft.ts';
import { visitRefreshes, type Visit } from './visits-words.ts';

/** The button that attaches the scan of the paper form, and its dialog: the scan, and who signed on it. */
export function AttachScan({ visit, primary = false }: { visit: Visit; primary?: boolean }) {
  const [open, setOpen] = useState(false);
  const [papers, setPapers] = useState<PaperDraft[]>([]);
  const [signed, setSigned] = useState<Party[]>([...parties]);
  const { send, sending } = useSend(attachScan, { done: '已附上扫描件。', refresh: visitRefreshes });
  const { attachScan: may, why } = visit.allowed;
  const save = async () => {
    try {
      await send({ id: visit.id, papers: papers.map((paper) => paper.id), parties: signed });
      setOpen(false);
      setPapers([]);
    } catch {
      // the refusal has been shown; the dialog stays
    }
  };
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        disabled={!may}
        title={may ? undefined : (why ?? undefined)}
        onClick={() => {
          setOpen(true);
        }}
      >
        附扫描件
      </Button>
      <Modal
        open={open}
        title={`附上${visit.childName}家访记录表的扫描件`}
        okText="附上"
        cancelText="返回"
        confirmLoading={sending}
        okButtonProps={{ disabled: papers.length === 0 || signed.length === 0 }}
        onOk={() => void save()}
        onCancel={() => {
          setOpen(false);
        }}
        destroyOnHidden
      >
        <Form layout="vertical" component={false}>
          <Form.Item label="扫描件或照片">
            <PaperUpload
              papers={papers}
              onChange={setPapers}
              childId={visit.childId}
              kind="scan"
              words="拍照或选择扫描件"
              most={20}
            />
          </Form.Item>
          <Form.Item label="纸上有谁的签名">
            <Checkbox.Group<Party>
              value={signed}
              onChange={setSigned}
              options={parties.map((value) => ({ value, label: partyWords[value] }))}
            />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
