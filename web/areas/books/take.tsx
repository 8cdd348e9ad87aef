import { FileDoneOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { orderFile, type previewSheet } from '#contract/books.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';

/** The button that has a book or large sheet made in the background. */
export function Take({
  what,
  asked,
  format,
  words,
  primary = false,
  needsSchool = false,
}: {
  what: InputOf<typeof orderFile>['what'];
  asked: Omit<InputOf<typeof previewSheet>, 'sheet'>;
  format: 'xlsx' | 'pdf';
  words: string;
  primary?: boolean;
  needsSchool?: boolean;
}) {
  const { send, sending } = useSend(orderFile, { done: '已开始制作，进度见下方。' });
  const { posts } = useMe();
  const own = posts.some((post) => post.unitKind === 'school');
  const missing = needsSchool && asked.schoolId === undefined && !own;
  return (
    <Tooltip title={missing ? '请先选择学校。' : null}>
      <Button
        type={primary ? 'primary' : 'default'}
        size="large"
        icon={<FileDoneOutlined />}
        disabled={missing}
        loading={sending}
        onClick={() => void send({ id: newRequestId(), what, format, ...asked }).catch(() => undefined)}
      >
        {words}
      </Button>
    </Tooltip>
  );
}
