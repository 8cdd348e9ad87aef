import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Tabs } from 'antd';
import { useEffect, useState } from 'react';
import { getChild } from '#contract/population.ts';
import { getVisit } from '#contract/visits.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Next, Page, Timeline } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { dayWords, momentShort, momentWords } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { AttachScan } from './attach-scan.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { VisitPapers } from './visit-papers.tsx';
import { VisitSheet } from './visit-sheet.tsx';
import { VisitSignatures } from './visit-signatures.tsx';
import { signedLook, type Visit } from './visits-words.ts';
import './visits.css';

/** 一次走访: what was written as it was printed and signed, its signatures, papers and versions; prints as the 家访记录表. */
export function VisitPage() {
  const id = useRecordId();
  const answer = useAnswer(getVisit, { id }, { enabled: id !== '' });
  const mayOpen = useMay('papers.read');
  const mayChild = useMay('children.read');
  const mayCase = useMay('cases.read');
  const mayReport = useMay('cases.report');
  const [printing, setPrinting] = useState(false);
  const visit = answer.data?.id === id ? answer.data : undefined;
  const child = useAnswer(
    getChild,
    { id: visit?.childId ?? '' },
    { enabled: printing && mayChild && visit !== undefined },
  );
  const ready = printing && (!mayChild || child.data !== undefined || child.isError);
  useEffect(() => {
    if (!ready) return;
    setPrinting(false);
    window.print();
  }, [ready]);
  if (visit === undefined)
    return (
      <Waiting
        title="一次走访"
        error={answer.isFetching ? null : answer.error}
        retry={() => void answer.refetch()}
        extra={<GoButton to="/visits">回到列表</GoButton>}
      />
    );
  const { correct, why } = visit.allowed;
  return (
    <Page
      title={
        <>
          {visit.childName}{' '}
          <span className="vis-head-status">
            <Status
              kind={visit.met ? 'ok' : 'warn'}
              words={`${visit.modeWords} · ${visit.met ? '见到' : `未遇：${visit.notMetWords ?? '未写明'}`}`}
            />{' '}
            <Status kind={signedLook[visit.signedState]} words={visit.signedWords} />
          </span>
        </>
      }
      extra={
        <>
          <GoButton to="/visits">回到列表</GoButton>
          {mayReport ? (
            <GoButton to={`/cases/report?child=${visit.childId}&emergency=yes`}>报告紧急情况</GoButton>
          ) : null}
          <Button
            icon={<PrinterOutlined />}
            loading={printing}
            onClick={() => {
              setPrinting(true);
            }}
          >
            打印记录表
          </Button>
          {visit.signedState === 'signed' || visit.signedState === 'notNeeded' ? <AttachScan visit={visit} /> : null}
          {correct ? (
            <GoButton to={`/visits/new?correct=${visit.id}`}>更正</GoButton>
          ) : (
            <Button disabled title={why ?? undefined}>
              更正
            </Button>
          )}
        </>
      }
    >
      <Superseded visit={visit} />
      {visit.current ? <NextStep visit={visit} /> : null}
      {why !== null && visit.current ? <p className="quiet">{why}</p> : null}
      <div className="vis-record">
        <div>
          <Block title="家访记录表">
            <dl className="vis-lines">
              {visit.lines.map((line) => (
                <div key={line.label}>
                  <dt>{line.label}</dt>
                  <dd>{line.value}</dd>
                </div>
              ))}
            </dl>
          </Block>
          <Block title="签名">
            <VisitSignatures visit={visit} mayOpen={mayOpen} />
          </Block>
        </div>
        <div>
          <Block title="学生" extra={mayChild ? <Go to={`/children/${visit.childId}`}>打开档案</Go> : undefined}>
            <Facts
              items={[
                { label: '姓名', value: visit.childName },
                { label: '学校', value: visit.schoolName },
                { label: '班级', value: visit.className },
                {
                  label: '个案',
                  value:
                    visit.caseId === null ? (
                      '不属于个案'
                    ) : mayCase ? (
                      <Go to={`/cases/${visit.caseId}`}>打开劝返个案</Go>
                    ) : (
                      '属于劝返个案'
                    ),
                },
                { label: '登记', value: `${visit.byName}，${momentWords(visit.recordedAt)}` },
                { label: '记录指纹', value: <span title={visit.print}>{visit.print.slice(0, 16)}</span> },
              ]}
            />
          </Block>
          <section className="block">
            <Tabs
              items={[
                {
                  key: 'papers',
                  label: `材料 ${visit.papers.length}`,
                  children: <VisitPapers papers={visit.papers} mayOpen={mayOpen} />,
                },
                { key: 'versions', label: `版本 ${visit.versions.length}`, children: <Versions visit={visit} /> },
              ]}
            />
          </section>
        </div>
      </div>
      <VisitSheet
        lines={visit.lines}
        child={child.data}
        photos={visit.papers.filter((one) => one.kind === 'photo' && one.voided === null).map((one) => one.fileName)}
        signatures={visit.signatures}
      />
    </Page>
  );
}

function Superseded({ visit }: { visit: Visit }) {
  if (visit.current) return null;
  const last = visit.versions.reduce((newest, one) => (one.version > newest.version ? one : newest));
  return (
    <Alert
      type="warning"
      showIcon
      title={`这是第 ${visit.version} 版，已被更正。`}
      action={<GoButton to={`/visits/${last.id}`}>打开第 {last.version} 版</GoButton>}
    />
  );
}

function NextStep({ visit }: { visit: Visit }) {
  const mayRecord = useMay('visits.record');
  const again = mayRecord ? (
    <GoButton to={`/visits/new?child=${visit.childId}`} type="primary">
      登记下一次走访
    </GoButton>
  ) : undefined;
  if (visit.signedState === 'awaitingScan')
    return <Next words="已在纸质记录表上签名，请附上扫描件。" button={<AttachScan visit={visit} primary />} />;
  if (visit.signedState === 'changed')
    return (
      <Next
        words="内容在签名后有改动。请打印更正后的记录表重新签名，附上扫描件。"
        button={<AttachScan visit={visit} primary />}
      />
    );
  if (visit.signedState === 'incomplete')
    return <Next words="签名不全，请附上签好的纸质记录表。" button={<AttachScan visit={visit} primary />} />;
  if (!visit.met) return <Next words="这次没有见到人，不算走访完成，请再次走访。" due={visit.nextDay} button={again} />;
  if (visit.nextDay !== null) return <Next words={`${dayWords(visit.nextDay)}再次跟进。`} button={again} />;
  return <Next words="这次走访已登记，没有约定下次跟进。" />;
}

function Versions({ visit }: { visit: Visit }) {
  return (
    <Timeline
      items={[...visit.versions]
        .sort((a, b) => b.version - a.version)
        .map((one) => ({
          at: one.at,
          actor: one.byName,
          words: (
            <>
              {one.id === visit.id ? (
                <strong>第 {one.version} 版（正在看）</strong>
              ) : (
                <Go to={`/visits/${one.id}`} title={`第 ${one.version} 版，${momentShort(one.at)}`}>
                  第 {one.version} 版
                </Go>
              )}
              {one.reason === null ? '　登记' : `　更正：${one.reason}`}
            </>
          ),
        }))}
    />
  );
}
