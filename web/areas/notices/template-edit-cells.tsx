import { Form, Input } from 'antd';
import type { TemplateContent } from '#domain/notices/record.ts';

/** The cells of a form's table: label and words of each; how the table is divided stays as it is shipped. Part of a form. */
export function TemplateEditCells({ rows }: { rows: TemplateContent['rows'] }) {
  if (rows.length === 0) return null;
  return (
    <Form.Item label="表格各栏">
      {rows.flatMap((row, at) =>
        row.cells.map((_cell, place) => (
          <div key={`${String(at)} ${String(place)}`} className="not-cell">
            <Form.Item name={['rows', at, 'cells', place, 'label']} noStyle>
              <Input.TextArea rows={1} className="grows" maxLength={40} aria-label="栏目名称" />
            </Form.Item>
            <Form.Item name={['rows', at, 'cells', place, 'text']} noStyle>
              <Input.TextArea
                rows={1}
                className="grows"
                maxLength={2000}
                aria-label="栏目内容"
                placeholder="留空由人手写"
              />
            </Form.Item>
          </div>
        )),
      )}
    </Form.Item>
  );
}
