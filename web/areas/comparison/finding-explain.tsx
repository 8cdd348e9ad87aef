import { Button, Form, Input } from 'antd';
import { findCategory } from '#domain/comparison/categories.ts';
import { explainFinding, type getFinding } from '#contract/comparison.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { issuesOf } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { findingRefreshes } from './comparison-words.ts';

/** A finding with its evidence, history and what may be done. */
export type FindingAnswer = OutputOf<typeof getFinding>;

interface Typed {
  category?: string;
  evidence?: string;
  placeName?: string;
}

/** The explanation of a finding: a category, what it must show, and what was seen. */
export function FindingExplain({ finding }: { finding: FindingAnswer }) {
  const [form] = Form.useForm<Typed>();
  const { send, sending } = useSend(explainFinding, { done: '已提交，等待复核。', refresh: findingRefreshes });
  const category = Form.useWatch('category', form);
  const chosen = finding.categories.find((one) => one.code === category);
  const rule = category === undefined ? undefined : findCategory(finding.kind, category);
  const save = async (typed: Typed) => {
    const placeName = (typed.placeName ?? '').trim();
    try {
      await send({
        id: finding.id,
        category: typed.category ?? '',
        evidence: (typed.evidence ?? '').trim(),
        ...(placeName === '' ? {} : { placeName }),
      });
    } catch (error) {
      form.setFields(
        issuesOf(error).flatMap((issue) => (isField(issue.path) ? [{ name: issue.path, errors: [issue.words] }] : [])),
      );
    }
  };
  return (
    <Form
      form={form}
      name="explain"
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      onFinish={(typed) => void save(typed)}
    >
      <Form.Item name="category" label="孩子现在是什么情况？" rules={[{ required: true, message: '请选择一种情况。' }]}>
        <CategoryChoice categories={finding.categories} />
      </Form.Item>
      {chosen === undefined ? null : (
        <>
          {rule?.needsPlace === true ? (
            <Form.Item
              name="placeName"
              label="学校或地点"
              rules={[{ required: true, whitespace: true, message: '这种情况须写明学校或地点。' }]}
            >
              <Input maxLength={60} placeholder="例如：某市某区某小学" />
            </Form.Item>
          ) : null}
          <Form.Item
            name="evidence"
            label="看到的依据"
            extra={`须有：${chosen.mustShow}`}
            rules={[{ required: true, whitespace: true, min: 4, message: '请写明看到的依据，至少 4 个字。' }]}
          >
            <Input.TextArea rows={4} maxLength={500} showCount placeholder="谁、哪一天、看到什么材料，或向谁核实" />
          </Form.Item>
        </>
      )}
      <div className={chosen === undefined ? undefined : 'cmp-sticky'}>
        <Button type="primary" htmlType="submit" size="large" block loading={sending} disabled={chosen === undefined}>
          {rule?.effect === 'staysOpen' ? '提交核实情况' : '提交说明，等待复核'}
        </Button>
        {chosen === undefined ? <p className="cmp-quiet">先选择一种情况，再写依据。</p> : null}
      </div>
    </Form>
  );
}

function CategoryChoice({
  categories,
  value,
  onChange,
  id,
}: {
  categories: FindingAnswer['categories'];
  value?: string;
  onChange?: (code: string) => void;
  id?: string;
}) {
  if (categories.length === 0) return <p className="cmp-quiet">这类发现没有可选的情况。</p>;
  return (
    <div role="radiogroup" aria-label="情况" {...(id === undefined ? {} : { id })} className="cmp-choices">
      {categories.map((category) => (
        <label key={category.code} className={category.code === value ? 'cmp-choice cmp-choice-chosen' : 'cmp-choice'}>
          <input
            type="radio"
            name="finding-category"
            value={category.code}
            checked={category.code === value}
            onChange={() => {
              onChange?.(category.code);
            }}
          />
          <span>
            <strong>{category.label}</strong>
            <span className="cmp-quiet cmp-block">须有：{category.mustShow}</span>
            {category.code === value ? <span className="cmp-block">{category.effect}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}

function isField(path: string): path is keyof Typed {
  return path === 'category' || path === 'evidence' || path === 'placeName';
}
