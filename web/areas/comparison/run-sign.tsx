import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { signRun } from '#contract/comparison.ts';
import { useSend } from '#web/api/use.ts';
import { dayWords } from '#web/ui/words.ts';

/** The button that signs a comparison's result, and its dialog. */
export function RunSign({ id, asOf }: { id: string; asOf: string }) {
  const { send, sending } = useSend(signRun, { done: '已签认。', refresh: ['comparison', 'statistics'] });
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const sign = async () => {
    try {
      await send({ id, note: note.trim() });
      setOpen(false);
    } catch {
      // the refusal has been shown; the dialog stays
    }
  };
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        签认结果
      </Button>
      <Modal
        open={open}
        title={`签认截至${dayWords(asOf)}的比对结果`}
        okText="签认"
        cancelText="返回"
        confirmLoading={sending}
        onOk={() => void sign()}
        onCancel={() => {
          setOpen(false);
        }}
        destroyOnHidden
      >
        <p>签认后，这次结果连同所用名单的指纹固定下来；以后的更正另作一次比对。</p>
        <Input.TextArea
          rows={3}
          maxLength={300}
          showCount
          value={note}
          aria-label="签认意见"
          placeholder="签认意见（可不填）"
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
      </Modal>
    </>
  );
}
