import { Alert, Button, Modal, Typography } from 'antd';

/** Shows a calendar link once, with a copy button; closing it forgets the link. */
export function CalendarOnce({ address, onClose }: { address: string | null; onClose: () => void }) {
  return (
    <Modal
      open={address !== null}
      title="日历订阅链接"
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          已经复制，关闭
        </Button>
      }
    >
      <Alert type="warning" showIcon title="只显示这一次，关闭后无法再看。" className="dut-once" />
      <Typography.Paragraph
        code
        className="dut-link"
        copyable={address === null ? false : { text: address, tooltips: ['复制', '已复制'] }}
      >
        {address}
      </Typography.Paragraph>
      <Typography.Paragraph type="secondary">
        在日历应用里选“添加订阅日历”，贴上这个链接。手机丢失或链接外传时，请马上回到本页收回。
      </Typography.Paragraph>
    </Modal>
  );
}
