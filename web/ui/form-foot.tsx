import { Button, Flex } from 'antd';

/** The foot of a form in a drawer: back without keeping anything, and the act itself, which turns while it is sent. */
export function FormFoot({ act, sending, onBack }: { act: string; sending: boolean; onBack: () => void }) {
  return (
    <Flex gap={8} justify="flex-end">
      <Button onClick={onBack}>返回</Button>
      <Button type="primary" htmlType="submit" loading={sending}>
        {act}
      </Button>
    </Flex>
  );
}
