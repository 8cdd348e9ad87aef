import { Alert, Table } from 'antd';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import type { ImportAnswer } from './import-queries.ts';

/** Figures as a row of small boxes, each with its word. */
export function Figures({ items }: { items: readonly { label: string; value: number | string; words?: string }[] }) {
  return (
    <dl className="cmp-figures">
      {items.map((item) => (
        <div key={item.label} {...(item.words === undefined ? {} : { title: item.words })}>
          <dt>{item.label}</dt>
          <dd>{typeof item.value === 'number' ? count(item.value) : item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The counts of a file, as checked or as taken in. */
export function ImportFigures({ file }: { file: ImportAnswer }) {
  const { preview } = file;
  const persons = file.kind !== 'schools';
  return (
    <Figures
      items={[
        { label: '数据行', value: file.rows, words: '不含标题行和合计行' },
        { label: file.state === 'done' ? '已接收' : '可接收', value: file.accepted },
        { label: '没有变化', value: file.unchanged, words: '与已有记录相同' },
        { label: '重复', value: file.repeated, words: '与名单中前面的行是同一人' },
        { label: '待更正', value: file.held },
        ...(preview === null || preview.corrected === 0
          ? []
          : [{ label: '更正先前的行', value: preview.corrected, words: '先前待更正、由这份文件改正的行' }]),
        ...(preview === null || !persons
          ? []
          : [
              { label: '新增儿童', value: preview.newChildren },
              { label: '已有儿童', value: preview.knownChildren },
              { label: '疑似同一人', value: preview.proposals, words: '列入“同一人核对”，由人决定' },
              ...(preview.missing === 0
                ? []
                : [
                    {
                      label: '先前有、这次没有',
                      value: preview.missing,
                      words: '在先前的名单中，不在这份文件中；导入不会删去他们',
                    },
                  ]),
              { label: '第二所学校', value: preview.secondSchool, words: '另一所学校已有学籍，列为双重学籍' },
            ]),
      ]}
    />
  );
}

/** What a file holds and what taking it in would change: columns, warnings and some rows. */
export function ImportPreview({ file }: { file: ImportAnswer }) {
  const { preview } = file;
  if (preview === null) return null;
  const missing = preview.columns.filter((column) => column.found === null);
  const required = missing.filter((column) => column.required);
  const optional = missing.filter((column) => !column.required);
  const found = preview.columns.filter((column) => column.found !== null);
  return (
    <div style={{ display: 'grid', gap: 16, marginTop: 16 }}>
      {required.length === 0 ? null : (
        <Alert
          type="error"
          showIcon
          title={`缺少必需的列：${required.map((column) => column.label).join('、')}`}
          description="请在表格第一行补上这些列名后重新上传；列的先后不限。"
        />
      )}
      <section>
        <h3 className="cmp-heading">认出的列（{count(found.length)}）</h3>
        <p>
          {found
            .map((column) =>
              column.found === column.label ? column.label : `${column.label}（表中为“${column.found ?? ''}”）`,
            )
            .join('、')}
        </p>
        {optional.length === 0 ? null : (
          <p className="cmp-quiet">表中没有、可以不填的列：{optional.map((column) => column.label).join('、')}</p>
        )}
        {preview.unknownColumns.length === 0 ? null : (
          <p>
            <Status kind="warn" words={`不认识、不会采用的列：${preview.unknownColumns.join('、')}`} />
          </p>
        )}
      </section>
      {preview.missing === 0 ? null : (
        <section>
          <h3 className="cmp-heading">先前名单中有、这份文件中没有的（{count(preview.missing)} 人）</h3>
          <p>
            {preview.missingNames.join('、')}
            {preview.missing > preview.missingNames.length
              ? `……其余 ${count(preview.missing - preview.missingNames.length)} 人未列出`
              : ''}
          </p>
          <p className="cmp-quiet">导入不会删去他们。如果这份文件应是完整名单，请核对是否漏报或已经离开。</p>
        </section>
      )}
      {preview.warnings.length === 0 ? null : (
        <section>
          <h3 className="cmp-heading">提醒（不影响接收）</h3>
          <ul className="cmp-bullets">
            {preview.warnings.map((warning) => (
              <li key={warning.code}>
                {warning.words}：{count(warning.count)} 行，首见第 {count(warning.firstRow)} 行
              </li>
            ))}
          </ul>
        </section>
      )}
      {preview.sample.length === 0 ? null : (
        <section>
          <h3 className="cmp-heading">{file.state === 'done' ? '部分行的结果' : '部分行将如何处理'}</h3>
          <Table
            size="small"
            rowKey={(row) => `${String(row.row)}${row.outcome}`}
            dataSource={preview.sample}
            pagination={false}
            scroll={{ x: 'max-content' }}
            columns={[
              { title: '行', dataIndex: 'row', width: 64, align: 'right' },
              { title: '姓名', dataIndex: 'name', width: 140, render: (name: string) => name || '（空）' },
              { title: '处理', dataIndex: 'words' },
            ]}
          />
        </section>
      )}
    </div>
  );
}
