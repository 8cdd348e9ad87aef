import { EditOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Skeleton, Tabs, Tag, Tooltip } from 'antd';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { listCases } from '#contract/dropout-views.ts';
import { getChild } from '#contract/population.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { findingStateWords } from '#domain/comparison/words.ts';
import { useAnswer } from '#web/api/use.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { OwnValues } from '#web/parts/own-values.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Block, Empty, Facts, Next, Page, Timeline } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { ChildEdit } from './child-edit.tsx';
import { ChildFacts } from './child-facts.tsx';
import { ChildLinks } from './child-links.tsx';
import { ChildMerges } from './child-merges.tsx';
import { standingKind, standingWords } from './population-words.ts';

type Child = OutputOf<typeof getChild>;

/** One child for life: who it is, where it learns, what is open, and everything that was changed. */
export function ChildPage() {
  const params = useParams({ strict: false });
  const id = 'id' in params ? String(params.id) : '';
  const answer = useAnswer(getChild, { id });
  if (answer.data === undefined) {
    return (
      <Page title="儿童少年档案">
        {answer.error === null ? (
          <Skeleton active paragraph={{ rows: 10 }} />
        ) : (
          <Empty words={answer.error.message} action={<Go to="/children">回到名单</Go>} />
        )}
      </Page>
    );
  }
  return answer.data.former ? <FormerPupil child={answer.data} /> : <ChildRecord key={id} child={answer.data} />;
}

/** A pupil who has gone to another school or class: who he is, and where to ask about now. */
function FormerPupil({ child }: { child: Child }) {
  return (
    <Page title={child.name}>
      <Alert
        type="info"
        showIcon
        title="这名学生已转到其他学校或班级。这里只显示他是谁；住址、电话、现在的学校和办理情况由现在的学校和教育局查看。"
      />
      <Facts
        items={[
          { label: '性别', value: child.sex ?? '未登记' },
          { label: '出生日期', value: child.birthDate ?? '未登记' },
          { label: child.documentType, value: child.documentMask === '' ? '无' : child.documentMask },
        ]}
      />
    </Page>
  );
}

function ChildRecord({ child }: { child: Child }) {
  const [editing, setEditing] = useState(false);
  const go = useGo();
  const mayAttendance = useMay('attendance.read');
  const mayReport = useMay('cases.report');
  const mayBooks = useMay('books.read');
  const mayChange = useMay('changes.ask');
  const edit = (
    <Button
      icon={<EditOutlined />}
      size="large"
      disabled={!child.allowed.edit}
      onClick={() => {
        setEditing(true);
      }}
    >
      更正信息
    </Button>
  );
  return (
    <Page
      title={
        <Flex component="span" align="center" gap={12} wrap>
          {child.name}
          <Status kind={standingKind[child.standing]} words={standingWords[child.standing]} />
        </Flex>
      }
      extra={
        <>
          {mayAttendance && child.enrolment !== null ? (
            <Button
              size="large"
              onClick={() => {
                go(`/attendance/child/${child.id}`);
              }}
            >
              考勤
            </Button>
          ) : null}
          {mayReport && child.mergedInto === null ? (
            <Button
              size="large"
              onClick={() => {
                go(`/cases/report?child=${child.id}`);
              }}
            >
              报告疑似辍学
            </Button>
          ) : null}
          {mayChange && child.mergedInto === null ? (
            <Button
              size="large"
              onClick={() => {
                go(`/changes/new?child=${child.id}`);
              }}
            >
              提出异动
            </Button>
          ) : null}
          {child.allowed.edit ? (
            edit
          ) : (
            <Tooltip title="您的岗位不能更正这个孩子的信息，请联系学籍管理员或控辍专干。">
              <span>{edit}</span>
            </Tooltip>
          )}
        </>
      }
    >
      {child.mergedInto !== null && (
        <Alert
          type="warning"
          showIcon
          title="这份档案已并入同一个孩子的另一份档案，这里只供查阅。"
          action={<Go to={`/children/${child.mergedInto}`}>打开现用档案</Go>}
        />
      )}
      {child.tags.length > 0 && (
        <div>
          {child.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      )}
      <NextStep child={child} />
      <ChildFacts child={child} />
      {mayBooks ? <OwnValues subject="child" id={child.id} /> : null}
      <ChildLinks childId={child.id} attends={child.enrolment !== null} />
      <Block>
        <Tabs
          items={[
            {
              key: 'history',
              label: `变动记录（${String(child.history.length)}）`,
              children: <History child={child} />,
            },
            {
              key: 'merges',
              label: `合并与拆分（${String(child.merges.length)}）`,
              children: <ChildMerges child={child} />,
            },
            {
              key: 'findings',
              label: `比对发现（${String(child.findings.length)}）`,
              children: <Findings child={child} />,
            },
          ]}
        />
      </Block>
      <ChildEdit
        childId={editing ? child.id : null}
        onClose={() => {
          setEditing(false);
        }}
      />
    </Page>
  );
}

/** The one next step: the live finding that is due first, else that of the open case. */
function NextStep({ child }: { child: Child }) {
  const { today } = useMe();
  const go = useGo();
  const mayRead = useMay('findings.read');
  const live = child.findings
    .filter((finding) => finding.state !== 'settled' && finding.state !== 'accepted')
    .sort((a, b) => a.dueDate.localeCompare(b.dueDate));
  const [first, ...rest] = live;
  if (first === undefined) return <CaseStep childId={child.id} />;
  return (
    <Next
      words={`${first.kindWords}，请核实${rest.length > 0 ? `；另有 ${String(rest.length)} 项待核实` : ''}`}
      due={first.dueDate}
      overdue={first.dueDate < today}
      button={
        mayRead ? (
          <Button
            type="primary"
            size="large"
            onClick={() => {
              go(`/compare/findings/${first.id}`);
            }}
            style={{ minHeight: 48 }}
          >
            {first.state === 'explained' ? '复核说明' : '去核实'}
          </Button>
        ) : undefined
      }
    />
  );
}

function CaseStep({ childId }: { childId: string }) {
  const go = useGo();
  const mayRead = useMay('cases.read');
  const open = useAnswer(listCases, { childId }, { enabled: mayRead }).data?.rows[0];
  if (open === undefined) return <Next words="没有待核实的事项。" />;
  return (
    <Next
      words={`有在办个案（${open.stateWords}）${open.nextWords === null ? '' : `，下一步：${open.nextWords}`}`}
      due={open.dueDate ?? undefined}
      overdue={open.overdue}
      button={
        <Button
          type="primary"
          size="large"
          style={{ minHeight: 48 }}
          onClick={() => {
            go(`/cases/${open.id}`);
          }}
        >
          打开个案
        </Button>
      }
    />
  );
}

const findingStates: Record<string, { kind: 'ok' | 'wait' | 'warn'; words: string }> = {
  open: { kind: 'warn', words: findingStateWords.open },
  verifying: { kind: 'wait', words: findingStateWords.verifying },
  explained: { kind: 'wait', words: findingStateWords.explained },
  accepted: { kind: 'ok', words: findingStateWords.accepted },
  settled: { kind: 'ok', words: findingStateWords.settled },
};

function Findings({ child }: { child: Child }) {
  const mayRead = useMay('findings.read');
  if (child.findings.length === 0) return <p className="quiet">各次比对都没有涉及这个孩子的发现。</p>;
  return (
    <ul className="plain-list">
      {child.findings.map((finding) => {
        const state = findingStates[finding.state];
        return (
          <li key={finding.id} style={{ minHeight: 40 }}>
            {mayRead ? <Go to={`/compare/findings/${finding.id}`}>{finding.kindWords}</Go> : finding.kindWords}
            {'　'}
            <Status kind={state?.kind ?? 'quiet'} words={state?.words ?? finding.state} />
            {'　'}期限 {finding.dueDate}
          </li>
        );
      })}
    </ul>
  );
}

function History({ child }: { child: Child }) {
  return (
    <Timeline
      items={child.history.map((entry) => ({
        at: entry.at,
        actor: entry.actor,
        words: (
          <>
            {entry.words}
            {entry.reason === null || entry.reason === '' ? null : (
              <span className="quiet">　依据：{entry.reason}</span>
            )}
          </>
        ),
      }))}
    />
  );
}
