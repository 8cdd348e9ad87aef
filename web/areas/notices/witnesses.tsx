import { Button, Form, Input } from 'antd';

/** The witnesses of a service, at most four: name and unit. */
export function Witnesses() {
  return (
    <Form.Item label="见证人">
      <Form.List name="witnesses">
        {(fields, { add, remove }, { errors }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className="not-witness">
                <Form.Item
                  name={[field.name, 'name']}
                  rules={[{ required: true, whitespace: true, message: '请写明姓名。' }]}
                >
                  <Input maxLength={40} placeholder="姓名" aria-label="见证人姓名" />
                </Form.Item>
                <Form.Item name={[field.name, 'unit']}>
                  <Input maxLength={60} placeholder="单位，例如：社区居委会" aria-label="见证人单位" />
                </Form.Item>
                <Button
                  aria-label="移去这位见证人"
                  onClick={() => {
                    remove(field.name);
                  }}
                >
                  移去
                </Button>
              </div>
            ))}
            {fields.length < 4 ? (
              <Button
                onClick={() => {
                  add();
                }}
              >
                添加见证人
              </Button>
            ) : null}
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
