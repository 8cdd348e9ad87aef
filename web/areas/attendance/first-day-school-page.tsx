import { Alert, Button } from 'antd';
import { exportFirstDay, getFirstDaySchool, signFirstDay } from '#contract/attendance-first-day.ts';
import { byReasonWords } from '#domain/attendance/first-day.ts';
import { firstDayReasonWords } from '#domain/attendance/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { askReason } from '#web/parts/reason.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { addressOf } from '#web/ui/address.ts';
import { GoFigure } from '#web/ui/go.tsx';
import { Block, Facts, Next, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { FirstDayClasses } from './first-day-classes.tsx';
import { firstDayNames, firstDayRefreshes, type SchoolList } from './first-day-words.ts';
import './attendance.css';
import './first-day.css';

/** 学校开学首日名单: every class with who was missing and why; the principal signs it, and what was signed stays. */
export function FirstDaySchoolPage() {
  const schoolId = useRecordId();
  const { today } = useMe();
  const { state } = useListState();
  const day = state['day'] ?? today;
  const answer = useAnswer(getFirstDaySchool, { schoolId, day }, { enabled: schoolId !== '' });
  const list = answer.data?.schoolId === schoolId ? answer.data : undefined;
  const back = (
    <GoButton to={addressOf('/attendance/first-day', { day: day === today ? null : day })}>回到列表</GoButton>
  );
  if (list === undefined || answer.error !== null)
    return (
      <Page title="开学首日名单" extra={back}>
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      </Page>
    );
  const { counts, signed } = list;
  const figure = (n: number, which: 'absent' | 'open') => (
    <>
      <GoFigure n={n} to={firstDayNames(list.day, { schoolId, which })} /> 人
    </>
  );
  return (
    <Page
      title={
        <>
          {list.schoolName}开学首日名单{' '}
          <Status kind={signed ? 'ok' : 'wait'} words={signed ? `已签，第 ${String(signed.version)} 版` : '未签'} />
        </>
      }
      extra={
        <>
          <DownloadButton url={fileUrl(exportFirstDay, { schoolId, day: list.day })} words="打印 PDF" />
          {back}
        </>
      }
    >
      <Sign list={list} />
      <Block>
        <Facts
          items={[
            { label: '首日', value: `${list.term} ${list.day}` },
            { label: '班级', value: `已核对 ${String(counts.done)} / ${String(counts.classes)} 个` },
            { label: '到校', value: `${String(counts.present)} / ${String(counts.onRoll)} 人` },
            { label: '未到已说明', value: figure(counts.absent, 'absent') },
            { label: '待说明', value: figure(counts.open, 'open') },
            { label: '休学或在他处就读', value: `${String(counts.elsewhere)} 人` },
            ...(counts.absent > 0
              ? [{ label: '未到原因', value: byReasonWords(counts.byReason, firstDayReasonWords) }]
              : []),
          ]}
        />
      </Block>
      <FirstDayClasses title="各班现在的情况" classes={list.classes} day={list.day} links />
      {signed ? <Signed list={list} signed={signed} /> : null}
    </Page>
  );
}

/** Signs as the list stands; with classes that are not done, or again, only with the reason. */
function Sign({ list }: { list: SchoolList }) {
  const { send, sending } = useSend(signFirstDay, { done: '已签，名单按此刻的内容固定。', refresh: firstDayRefreshes });
  const open = list.counts.classes - list.counts.done;
  const { signed } = list;
  const seen = signed?.version ?? 0;
  const sign = async () => {
    const undone = list.classes.filter((row) => !row.done).map((row) => row.className);
    const reason =
      open === 0 && signed === null
        ? null
        : await askReason({
            title: open > 0 ? `还有 ${String(open)} 个班没有核对完` : '名单有变化，重签',
            words:
              open > 0
                ? `${undone.slice(0, 8).join('、')}${undone.length > 8 ? '等' : ''}。这些班将作为缺口列在名单上，请写明原因。`
                : '已签的一版保留，请写明重签的原因。',
            least: 4,
          });
    if (reason === null && (open > 0 || signed !== null)) return;
    await send({ schoolId: list.schoolId, day: list.day, seen, reason }).catch(() => undefined);
  };
  if (!list.allowed.sign)
    return signed && !list.changed ? null : (
      <Alert type="info" showIcon title={list.allowed.why ?? '名单由本校校长签。'} />
    );
  const words =
    signed !== null
      ? '签后名单有变化，可以重签；已签的一版保留。'
      : open > 0
        ? `还有 ${String(open)} 个班没有核对完。可以催办，或写明原因后签。`
        : '各班都已核对完，请签本校名单。';
  return (
    <Next
      words={words}
      button={
        <Button type="primary" size="large" loading={sending} onClick={() => void sign()}>
          {signed === null ? '签本校名单' : '重签'}
        </Button>
      }
    />
  );
}

function Signed({ list, signed }: { list: SchoolList; signed: NonNullable<SchoolList['signed']> }) {
  const { schoolId, day } = list;
  return (
    <>
      <Block title={`第 ${String(signed.version)} 版，已签`}>
        <Facts
          items={[
            { label: '签名人', value: signed.signedName },
            { label: '签名时间', value: momentWords(signed.signedAt) },
            { label: '签时未核对完', value: `${String(signed.counts.classes - signed.counts.done)} 个班` },
            ...(signed.reason === null ? [] : [{ label: '校长说明', value: signed.reason }]),
          ]}
        />
        {list.versions.length > 1 ? (
          <ul className="att-plain">
            {list.versions.map((one) => (
              <li key={one.version}>
                <span>
                  第 {one.version} 版，{one.signedName}，{momentWords(one.signedAt)}
                  {one.reason === null ? '' : `；${one.reason}`}
                </span>
                <DownloadButton
                  link
                  url={fileUrl(exportFirstDay, { schoolId, day, version: one.version })}
                  words="打印"
                />
              </li>
            ))}
          </ul>
        ) : null}
      </Block>
      {list.changed ? (
        <FirstDayClasses title={`第 ${String(signed.version)} 版签时的名单`} classes={signed.classes} day={day} />
      ) : null}
    </>
  );
}
