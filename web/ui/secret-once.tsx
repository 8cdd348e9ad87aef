import { Alert, Button, Modal, Typography } from 'antd';

/** A secret that is shown once: whose it is, the secret itself (a password, a token, a private link), and what to do with it. */
export interface ShownOnce {
  title: string;
  owner?: string;
  secret: string;
  words: string;
}

/** Shows a secret once, with a copy button; closing it forgets the secret. */
export function SecretOnce({ shown, onClose }: { shown: ShownOnce | null; onClose: () => void }) {
  return (
    <Modal
      open={shown !== null}
      title={shown?.title}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          已经记下，关闭
        </Button>
      }
    >
      <Alert type="warning" showIcon title="只显示这一次，关闭后无法再看。" style={{ marginBottom: 16 }} />
      {shown?.owner === undefined ? null : <Typography.Paragraph>{shown.owner}</Typography.Paragraph>}
      <Typography.Paragraph
        copyable={shown === null ? false : { text: shown.secret, tooltips: ['复制', '已复制'] }}
        code
        style={{ fontSize: (shown?.secret.length ?? 0) > 60 ? undefined : 18, wordBreak: 'break-all' }}
      >
        {shown?.secret}
      </Typography.Paragraph>
      <Typography.Paragraph type="secondary">{shown?.words}</Typography.Paragraph>
    </Modal>
  );
}
