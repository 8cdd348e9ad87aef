import { Alert, Button, Drawer, Flex, Skeleton } from 'antd';
import type { OutputOf } from '#contract/endpoint.ts';
import { dismissSign, getChildSigns } from '#contract/risk.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { useGo } from '#web/ui/go.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { levelLook, signLook } from './risk-look.ts';

type Answer = OutputOf<typeof getChildSigns>;
type Sign = Answer['signs'][number];

/** The signs of one child with their reasons, what was done, and the ways to act. */
export function ChildSigns({ childId, name, onClose }: { childId: string; name: string; onClose: () => void }) {
  const phone = usePhone();
  const answer = useAnswer(getChildSigns, { childId });
  const seen = answer.data?.childId === childId ? answer.data : undefined;
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 520} title={`${name}的预警迹象`}>
      {answer.isError ? (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      ) : null}
      {seen === undefined && !answer.isError ? <Skeleton active title={false} paragraph={{ rows: 6 }} /> : null}
      {seen ? <Shown seen={seen} /> : null}
    </Drawer>
  );
}

function Shown({ seen }: { seen: Answer }) {
  return (
    <div className="risk-child">
      {seen.level === null ? (
        <p>现在没有需要留意的迹象。</p>
      ) : (
        <p>
          <Status kind={levelLook[seen.level]} words={seen.levelWords} /> 由以下迹象得出，供您判断。
        </p>
      )}
      <Acts childId={seen.childId} />
      <ul className="risk-signs">
        {seen.signs.map((sign) => (
          <SignLine key={sign.id} sign={sign} mayDismiss={seen.allowed.dismiss} />
        ))}
      </ul>
    </div>
  );
}

function Acts({ childId }: { childId: string }) {
  const go = useGo();
  const mayVisit = useMay('visits.record');
  const mayReport = useMay('cases.report');
  const mayScores = useMay('scores.read');
  const to = (words: string, href: string, primary = false) => (
    <Button
      href={href}
      type={primary ? 'primary' : 'default'}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go(href);
      }}
    >
      {words}
    </Button>
  );
  return (
    <Flex gap={8} wrap className="risk-acts">
      {mayVisit ? to('登记走访', `/visits/new?child=${childId}`, true) : null}
      {mayReport ? to('报告疑似辍学', `/cases/report?child=${childId}`) : null}
      {to('考勤', `/attendance/child/${childId}`)}
      {mayScores ? to('成绩', `/risks/child/${childId}/scores`) : null}
      {to('档案', `/children/${childId}`)}
    </Flex>
  );
}

function SignLine({ sign, mayDismiss }: { sign: Sign; mayDismiss: boolean }) {
  const { send, sending } = useSend(dismissSign, { done: '已排除这条迹象。情况有变会重新列出。' });
  const dismiss = async () => {
    const note = await askReason({
      title: `排除“${sign.kindWords}”`,
      words: `${sign.words}。排除后不再列出；这项记录有变化时会重新列出。`,
      placeholder:
        sign.kind === 'scoreFall'
          ? '请写明为什么不必留意，例如：已与家长面谈，因病缺考。教育局也看得到这段话，请不要写分数。'
          : '请写明为什么不必留意，例如：已与家长面谈，孩子请病假。',
    });
    if (note === null) return;
    await send({ id: sign.id, note }).catch(() => undefined);
  };
  return (
    <li>
      <Flex gap={8} wrap align="center">
        <strong>{sign.kindWords}</strong>
        <Status kind={signLook[sign.state]} words={sign.stateWords} />
        <span className="quiet">自 {sign.since}</span>
      </Flex>
      <p>{sign.words}</p>
      {sign.actedWords === null ? null : (
        <p className="quiet">
          {sign.actedWords}
          {sign.actedAt === null ? '' : `，${momentWords(sign.actedAt)}`}
        </p>
      )}
      {sign.dismissedNote === null ? null : (
        <p className="quiet">
          {sign.dismissedName}排除，{momentWords(sign.dismissedAt)}：{sign.dismissedNote}
        </p>
      )}
      {sign.state === 'open' && mayDismiss ? (
        <Button loading={sending} onClick={() => void dismiss()}>
          排除
        </Button>
      ) : null}
    </li>
  );
}
