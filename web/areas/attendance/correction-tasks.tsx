import { Alert, Button, Flex, Form, Input, Radio, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { decideCorrection, listCorrections } from '#contract/attendance.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty } from '#web/ui/page.tsx';
import { halfDayPath, markRefreshes } from './attendance-words.ts';
import { CorrectionSides } from './correction-sides.tsx';
import { MarkHistory } from './mark-history.tsx';
import type { Correction } from './rows.ts';
import { useTaskKeys } from '#web/parts/use-task-keys.ts';

/** Corrections that wait for consent, one at a time: both versions on the left, the decision on the right; J and K go on. */
export function CorrectionTasks({ choice }: { choice: ReactNode }) {
  const answer = useAnswer(listCorrections, { state: 'waiting', page: 1, size: 100 });
  const [at, setAt] = useState(0);
  const rows = answer.data?.rows ?? [];
  const place = Math.min(at, Math.max(0, rows.length - 1));
  const row = rows[place];
  const step = (by: number) => {
    const next = place + by;
    if (next >= 0 && next < rows.length) setAt(next);
  };
  useTaskKeys({
    j: () => {
      step(1);
    },
    k: () => {
      step(-1);
    },
  });
  return (
    <>
      <div className="att-bar">
        {choice}
        {row === undefined ? null : (
          <Flex gap={8} align="center">
            <span role="status">
              第 {place + 1} 项，共 {answer.data?.total ?? 0} 项
            </span>
            <Button
              disabled={place === 0}
              title="按 K"
              onClick={() => {
                step(-1);
              }}
            >
              上一项
            </Button>
            <Button
              disabled={place >= rows.length - 1}
              title="按 J"
              onClick={() => {
                step(1);
              }}
            >
              下一项
            </Button>
          </Flex>
        )}
      </div>
      {answer.isError ? (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      ) : null}
      {answer.isPending ? (
        <Block>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </Block>
      ) : null}
      {answer.data && row === undefined ? (
        <Block>
          <Empty words="没有待同意的更正。会使疑似辍学预警或逾期未联系消失的更正，会列在这里，由学校另一人看过依据后同意。" />
        </Block>
      ) : null}
      {row ? (
        <div className="att-task">
          <Block title={row.name} extra={<Go to={`/attendance/child/${row.childId}`}>这名学生的考勤</Go>}>
            <CorrectionSides correction={row} />
            <MarkHistory childId={row.childId} day={row.day} />
            <p className="att-note">
              <Go to={halfDayPath(row)}>打开这个班当天的点名</Go>
            </p>
          </Block>
          <Block title="是否同意">
            {row.allowed.decide ? (
              <Decision key={row.id} correction={row} />
            ) : (
              <p className="quiet">{row.allowed.why ?? '由学校另一人同意。'}</p>
            )}
          </Block>
        </div>
      ) : null}
    </>
  );
}

function Decision({ correction }: { correction: Correction }) {
  const [form] = Form.useForm<{ accept: 'yes' | 'no'; evidence: string }>();
  const accept = Form.useWatch('accept', form);
  const { send, sending } = useSend(decideCorrection, { done: '已记录。', refresh: markRefreshes });
  const save = async (typed: { accept: 'yes' | 'no'; evidence: string }) => {
    try {
      await send({ id: correction.id, accept: typed.accept === 'yes', evidence: typed.evidence.trim() });
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Form form={form} name="consent" layout="vertical" requiredMark={false} onFinish={(typed) => void save(typed)}>
      <Form.Item name="accept" label="决定" rules={[{ required: true, message: '请先选择。' }]}>
        <Radio.Group className="att-radios">
          <Radio value="yes">同意，改记为{correction.toWords}</Radio>
          <Radio value="no">不同意，仍为{correction.fromWords}</Radio>
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="evidence"
        label="您看到的依据"
        rules={[{ required: true, whitespace: true, min: 4, message: '请写明看到的依据，至少 4 个字。' }]}
      >
        <Input maxLength={500} autoComplete="off" placeholder="例如：看过医务室登记本，当天 8:05 有记录" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={sending} block>
        {accept === 'no' ? '不同意这项更正' : `同意${correction.name}的更正`}
      </Button>
      <p className="quiet att-note">
        前后两个版本都保留，教育局和督导可以查看。<span className="att-keys">↵ 保存，J 下一项、K 上一项。</span>
      </p>
    </Form>
  );
}
