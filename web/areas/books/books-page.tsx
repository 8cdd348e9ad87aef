import { Segmented, Select, Skeleton } from 'antd';
import { listBooks, type previewSheet } from '#contract/books.ts';
import { bookIds, bookLevels, sheetIds, type BookId, type SheetId } from '#domain/books/record.ts';
import { bookLevelWords } from '#domain/books/words.ts';
import { periodKinds } from '#domain/statistics/record.ts';
import { periodKindWords } from '#domain/statistics/words.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { MomentField } from '#web/parts/moment-field.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { momentRead } from '#web/ui/moment.ts';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { MadeFiles } from './made-files.tsx';
import { Preview } from './preview.tsx';
import { Take } from './take.tsx';
import './books.css';

type Offer = OutputOf<typeof listBooks>;

/** 册表: a book or sheet of a school or the district, as of a day and as known at a moment, seen before it is taken. */
export function BooksPage() {
  const offer = useAnswer(listBooks, {});
  if (offer.data === undefined)
    return (
      <Page title="册表">
        {offer.error === null ? <Skeleton active paragraph={{ rows: 10 }} /> : <Empty words={offer.error.message} />}
      </Page>
    );
  return <Books offer={offer.data} />;
}

function Books({ offer }: { offer: Offer }) {
  const { state, set } = useListState();
  const { today, posts } = useMe();
  const inSchool = posts.every((post) => post.unitKind === 'school' || post.unitKind === 'class');
  const wanted = [...bookIds, ...sheetIds].find((id) => id === state['what']);
  const what = wanted ?? offer.sheets[0]?.id ?? 'roster';
  const book = offer.books.find((one) => one.id === what);
  const sheet = offer.sheets.find((one) => one.id === what);
  const known = momentRead(state['knownAt'] ?? '');
  const asked: Omit<InputOf<typeof previewSheet>, 'sheet'> = {
    ...(state['schoolId'] === undefined || what === 'districtBook' ? {} : { schoolId: state['schoolId'] }),
    ...(state['day'] === undefined ? {} : { day: state['day'] }),
    ...(known === null ? {} : { knownAt: known }),
    level: bookLevels.find((one) => one === state['level']) ?? 'all',
    period: periodKinds.find((one) => one === state['period']) ?? 'year',
  };
  const choices = [
    ...offer.books.map(({ id, title }) => ({ value: id, label: `册　${title}` })),
    ...offer.sheets.map(({ id, title }) => ({ value: id, label: title })),
  ];
  return (
    <Page
      title="册表"
      extra={
        <span className="books-take">
          <GoButton to="/books/records">工作记录</GoButton>
          {offer.mayDesign ? (
            <GoButton to={`/books/design${sheet ? `?sheet=${sheet.id}` : ''}`}>编排栏目与自设字段</GoButton>
          ) : null}
        </span>
      }
    >
      <div className="books-asked">
        <Select<BookId | SheetId>
          aria-label="册或表"
          value={what}
          options={choices}
          style={{ width: 260, maxWidth: '100%' }}
          onChange={(next) => {
            set({ what: next });
          }}
        />
        {what === 'districtBook' || inSchool ? null : (
          <PickSchool
            value={state['schoolId']}
            onChange={(id) => {
              set({ schoolId: id });
            }}
          />
        )}
        <DayField
          words="截至哪天"
          width={150}
          latest={today}
          value={state['day'] ?? today}
          onChange={(day) => {
            set({ day });
          }}
        />
        <Segmented
          aria-label="学段"
          value={asked.level ?? 'all'}
          options={bookLevels.map((value) => ({ value, label: value === 'all' ? '全部学段' : bookLevelWords[value] }))}
          onChange={(next) => {
            set({ level: next === 'all' ? undefined : next });
          }}
        />
        {sheet?.period === true ? (
          <Select
            aria-label="时段"
            value={asked.period ?? 'year'}
            style={{ width: 110 }}
            options={periodKinds.map((value) => ({ value, label: `本${periodKindWords[value]}` }))}
            onChange={(next) => {
              set({ period: next });
            }}
          />
        ) : null}
        <MomentField
          printed
          value={known}
          onChange={(moment) => {
            set({ knownAt: moment });
          }}
        />
      </div>
      {sheet ? <Preview key={sheet.id} sheet={sheet} asked={asked} mayExport={offer.mayExport} /> : null}
      {book ? (
        <Block title={book.title}>
          <p>
            {book.id === 'schoolBook'
              ? '含目标与指标、各年级各班级人数与变动、责任和责任书、报告、走访、文书、资助、活动、督查和整改、三本台账、学籍异动、统计表和花名册，附目录、页码和数据指纹。'
              : '含全区目标与指标、各学段各学校各街道、责任和责任书、资助、活动、督查和整改、台账、学籍异动、统计表和各校报告，附目录、页码和数据指纹。'}
          </p>
          <Take what={book.id} asked={asked} format="pdf" words="制作 PDF" primary needsSchool={book.needsSchool} />
        </Block>
      ) : null}
      {offer.mayExport ? <MadeFiles /> : null}
    </Page>
  );
}
