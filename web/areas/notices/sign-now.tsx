import { Collapse, Form } from 'antd';
import type { Strokes } from '#domain/basics/strokes.ts';
import { SignaturePad } from '#web/parts/signature-pad.tsx';

/** Places to sign on the screen, one for each signer of the document; left empty, they are signed by hand on the print. Part of a form. */
export function SignNow({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <Collapse
      size="small"
      items={[
        {
          key: 'sign',
          label: `在屏幕上签名（${labels.join('、')}；不签则打印后手签）`,
          children: labels.map((label) => (
            <Form.Item key={label} name={['signatures', label]} label={label}>
              <Pad signer={label} />
            </Form.Item>
          )),
        },
      ]}
    />
  );
}

function Pad({ value, onChange, signer }: { value?: Strokes; onChange?: (strokes: Strokes) => void; signer: string }) {
  return <SignaturePad strokes={value ?? []} signer={signer} onChange={(strokes) => onChange?.(strokes)} />;
}
