import { FileExcelOutlined, FilePdfOutlined } from '@ant-design/icons';
import { App, Button, Skeleton, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { exportSheet, previewSheet, type listBooks } from '#contract/books.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { fileUrl, isFailure, saveFile } from '#web/api/call.ts';
import { useAnswer } from '#web/api/use.ts';
import { Block, Empty } from '#web/ui/page.tsx';
import { count, momentWords } from '#web/ui/words.ts';
import { Take } from './take.tsx';

type Sheet = OutputOf<typeof listBooks>['sheets'][number];
type Asked = Omit<InputOf<typeof previewSheet>, 'sheet'>;
type Shown = OutputOf<typeof previewSheet>;
interface Row {
  key: number;
  cells: Shown['rows'][number];
}

/** Columns under the heads of their groups, as they are printed. */
function columnsOf(shown: Shown): NonNullable<TableProps<Row>['columns']> {
  const one = (index: number) => ({
    key: shown.columns[index]?.id ?? String(index),
    title: shown.columns[index]?.words ?? '',
    align: shown.columns[index]?.kind === 'number' ? ('right' as const) : ('left' as const),
    render: (_value: unknown, row: Row) => row.cells[index] ?? '',
  });
  const columns: NonNullable<TableProps<Row>['columns']> = [];
  for (let at = 0; at < shown.columns.length;) {
    const group = shown.columns[at]?.group ?? null;
    if (group === null) {
      columns.push(one(at));
      at += 1;
      continue;
    }
    const from = at;
    while (shown.columns[at]?.group === group) at += 1;
    columns.push({ key: `${group} ${String(from)}`, title: group, children: Array.from({ length: at - from }, (_, index) => one(from + index)) }); // prettier-ignore
  }
  return columns;
}

/** The first rows of a sheet as it would be printed, and the buttons that take it. */
export function Preview({ sheet, asked, mayExport }: { sheet: Sheet; asked: Asked; mayExport: boolean }) {
  const { message } = App.useApp();
  const [saving, setSaving] = useState<'xlsx' | 'pdf' | null>(null);
  const answer = useAnswer(previewSheet, { sheet: sheet.id, ...asked });
  const shown = answer.data;
  if (shown === undefined)
    return answer.error === null ? <Skeleton active paragraph={{ rows: 8 }} /> : <Empty words={answer.error.message} />;
  const take = async (format: 'xlsx' | 'pdf') => {
    setSaving(format);
    try {
      // the very moment that is shown, so that the file is what was seen
      await saveFile(
        fileUrl(exportSheet, { sheet: sheet.id, ...asked, day: shown.day, knownAt: shown.knownAt, format }),
      );
    } catch (error) {
      void message.error(isFailure(error) ? error.message : '没有导出，请稍后再试。', 6);
    } finally {
      setSaving(null);
    }
  };
  return (
    <Block title={`${shown.title}　${shown.unit}`}>
      <div className="books-head">
        <span>
          {[
            `共 ${count(shown.total)} 行${shown.total > shown.rows.length ? `，预览前 ${String(shown.rows.length)} 行` : ''}`,
            shown.counting,
            `截至 ${shown.day}`,
            `版式：${shown.layout}`,
          ].join('　')}
        </span>
        {mayExport ? (
          <span className="books-take">
            <Button
              type="primary"
              size="large"
              icon={<FileExcelOutlined />}
              loading={saving === 'xlsx'}
              onClick={() => void take('xlsx')}
            >
              下载 xlsx
            </Button>
            {shown.large ? (
              <Take
                what={sheet.id}
                asked={{ ...asked, day: shown.day, knownAt: shown.knownAt }}
                format="pdf"
                words="后台制作 PDF"
              />
            ) : (
              <Button
                size="large"
                icon={<FilePdfOutlined />}
                loading={saving === 'pdf'}
                onClick={() => void take('pdf')}
              >
                下载 PDF
              </Button>
            )}
          </span>
        ) : null}
      </div>
      {shown.total === 0 ? (
        <Empty words="这一天这张表上没有内容。可以换一天、换一所学校再看。" />
      ) : (
        <Table<Row>
          size="small"
          bordered
          rowKey="key"
          dataSource={shown.rows.map((cells, key) => ({ key, cells }))}
          columns={columnsOf(shown)}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      )}
      <p className="books-proof">
        获知时刻 {momentWords(shown.knownAt)}（北京时间，册表所印为 {shown.knownAt}）　数据指纹{' '}
        {shown.fingerprint.slice(0, 16)}
        …（号码已遮盖；需要完整号码请到“批准事项”申请）
      </p>
    </Block>
  );
}
