import { lazy, Suspense, useEffect, useState } from 'react';
import { phoneNow } from './clock.ts';
import { useEntries, useSending, type Sending } from './outbox-state.ts';
import { HomePage } from './pages/home-page.tsx';
import { OutboxPage } from './pages/outbox-page.tsx';
import { RollCallPage } from './pages/roll-call-page.tsx';
import { Door } from './parts/door.tsx';
import { SignIn } from './parts/sign-in.tsx';
import { eraseOld, type Unlocked } from './keep/unlock.ts';
import { leave, roomUsed, storageIsSafe, store } from './session.ts';
import { goTo, useWhere } from './where.ts';

const CasePage = lazy(async () => ({ default: (await import('./pages/case-page.tsx')).CasePage }));
const LeavePage = lazy(async () => ({ default: (await import('./pages/leave-page.tsx')).LeavePage }));
const LessonPage = lazy(async () => ({ default: (await import('./pages/lesson-page.tsx')).LessonPage }));
const ScanPage = lazy(async () => ({ default: (await import('./pages/scan-page.tsx')).ScanPage }));
const ReportPage = lazy(async () => ({ default: (await import('./pages/report-page.tsx')).ReportPage }));
const VisitPage = lazy(async () => ({ default: (await import('./pages/visit-page.tsx')).VisitPage }));
const VisitRecord = lazy(async () => ({ default: (await import('./pages/visit-record-page.tsx')).VisitRecordPage }));
const VisitsPage = lazy(async () => ({ default: (await import('./pages/visits-page.tsx')).VisitsPage }));

/** The phone pages once the phone is open: today's work, and what waits to go up. */
export function FieldApp({ who, onLeft }: { who: Unlocked; onLeft: () => void }) {
  const where = useWhere();
  const entries = useEntries(who);
  const { sending, sendSoon } = useSending(who.owner.accountId);
  const waiting = (entries ?? []).filter(({ entry }) => entry.state !== 'confirmed').length;
  const refused = (entries ?? []).filter(({ entry }) => entry.state === 'refused').length;
  useEffect(() => {
    void eraseOld(store, phoneNow());
  }, []);
  const [page, first, second, third] = where;
  const [signingIn, setSigningIn] = useState(false);
  if (signingIn)
    return (
      <Door>
        <p className="note">登录已失效。请重新登录，登记随后自动上传。</p>
        <SignIn
          login={who.owner.login}
          onSignedIn={() => {
            setSigningIn(false);
            sendSoon();
          }}
        />
        <button
          type="button"
          className="link"
          onClick={() => {
            setSigningIn(false);
          }}
        >
          先不登录，继续登记
        </button>
      </Door>
    );
  if (entries === null) return <p className="boot">正在打开……</p>;
  return (
    <div className="phone">
      <StateLine
        sending={sending}
        waiting={waiting - refused}
        refused={refused}
        onSignIn={() => {
          setSigningIn(true);
        }}
      />
      <Suspense fallback={<p className="boot">正在打开……</p>}>
        {page === undefined ? (
          <HomePage
            who={who}
            entries={entries}
            waiting={waiting}
            onLeave={() => {
              void leave().then(onLeft);
            }}
          />
        ) : null}
        {page === 'outbox' ? <OutboxPage entries={entries} sending={sending} onSend={sendSoon} /> : null}
        {page === 'rollcall' && first ? (
          <RollCallPage who={who} entries={entries} classId={first} onKept={sendSoon} />
        ) : null}
        {page === 'report' ? (
          <ReportPage
            who={who}
            childId={first ?? null}
            classOfChild={second ?? null}
            emergency={third === 'emergency'}
            called={third === 'called'}
            onKept={sendSoon}
          />
        ) : null}
        {page === 'case' && first ? <CasePage who={who} caseId={first} entries={entries} onKept={sendSoon} /> : null}
        {page === 'leave' ? <LeavePage who={who} onKept={sendSoon} /> : null}
        {page === 'scan' ? <ScanPage who={who} entries={entries} onKept={sendSoon} /> : null}
        {page === 'lesson' && first ? (
          <LessonPage key={first} who={who} changeId={first} entries={entries} onKept={sendSoon} />
        ) : null}
        {page === 'visits' && !first ? <VisitsPage who={who} entries={entries} /> : null}
        {page === 'visits' && first ? (
          <VisitRecord key={first} who={who} visitId={first} entries={entries} onKept={sendSoon} />
        ) : null}
        {page === 'visit' && first ? (
          <VisitPage who={who} childId={first} classId={second ?? null} onKept={sendSoon} />
        ) : null}
      </Suspense>
    </div>
  );
}

function StateLine({
  sending,
  waiting,
  refused,
  onSignIn,
}: {
  sending: Sending;
  waiting: number;
  refused: number;
  onSignIn: () => void;
}) {
  const [warning, setWarning] = useState<string | null>(null);
  useEffect(() => {
    void Promise.all([storageIsSafe(), roomUsed()]).then(([safe, used]) => {
      if (used !== null && used > 0.8)
        setWarning('手机存储快满了，浏览器可能清除本页的内容。请尽快联网上传，并清理手机空间。');
      else if (!safe && waiting > 0)
        setWarning('浏览器没有保证长期保存本页的内容。请尽快联网上传；上传前不要清除浏览器数据。');
      else setWarning(null);
    });
  }, [waiting]);
  const words =
    sending === 'signedOut'
      ? waiting > 0
        ? `登录已失效，${String(waiting)} 条登记等您重新登录后上传`
        : '登录已失效，显示的是本机保存的内容'
      : sending === 'later' && waiting > 0
        ? `没有信号，${String(waiting)} 条登记存在本机`
        : waiting > 0
          ? `${String(waiting)} 条登记正在上传`
          : null;
  return (
    <div aria-live="polite">
      {words === null ? null : (
        <p className="status state-onPhone">
          <span>{words}</span>
          {sending === 'signedOut' ? (
            <button type="button" className="link" onClick={onSignIn}>
              登录
            </button>
          ) : null}
        </p>
      )}
      {refused === 0 ? null : (
        <p className="status state-refused">
          <span>{refused} 条登记平台没有接收</span>
          <button
            type="button"
            className="link"
            onClick={() => {
              goTo('/field/outbox');
            }}
          >
            去处理
          </button>
        </p>
      )}
      {warning === null ? null : <p className="note">{warning}</p>}
    </div>
  );
}
