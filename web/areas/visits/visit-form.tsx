import { Button, Checkbox, ConfigProvider, Form, Input, Segmented, Select } from 'antd';
import { notMetReasons, visitModes, type VisitContent } from '#domain/visits/record.ts';
import { notMetWords, visitModeWords } from '#domain/visits/words.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PaperUpload } from './paper-upload.tsx';
import { hasStrokes, type TextKey, type VisitDraft } from './visit-draft.ts';

const texts: readonly { key: TextKey; label: string; placeholder: string }[] = [
  { key: 'purpose', label: '走访目的', placeholder: '为什么走访' },
  { key: 'members', label: '家庭成员', placeholder: '与谁同住，各做什么' },
  { key: 'family', label: '家庭经济和监护情况', placeholder: '谁在家、谁照顾、经济来源' },
  { key: 'atSchool', label: '在校表现', placeholder: '出勤、学习、同伴' },
  { key: 'atHome', label: '在家表现', placeholder: '作息、作业、家务' },
  { key: 'analysis', label: '问题分析', placeholder: '困难在哪里，原因是什么' },
  { key: 'opinion', label: '家长意见建议', placeholder: '家长希望学校做什么' },
  { key: 'measures', label: '措施', placeholder: '谁、做什么、到什么时候' },
];
const maximum = 6;

/** What was found at a visit. Once somebody has signed, it is closed until the signatures are taken back. */
export function VisitForm({
  draft,
  childId,
  today,
  change,
  unlock,
}: {
  draft: VisitDraft;
  childId: string;
  today: string;
  change: (part: Partial<VisitDraft>) => void;
  unlock: () => void;
}) {
  const locked = hasStrokes(draft);
  const door = draft.mode === 'door';
  return (
    <>
      {locked ? (
        <p className="vis-locked">
          <span>已有人签名，内容不能再改。</span>
          <Button onClick={unlock}>修改内容（须重新签名）</Button>
        </p>
      ) : null}
      <ConfigProvider componentDisabled={locked}>
        <Form layout="vertical" component={false} requiredMark={false}>
          <div className="vis-fields">
            <Form.Item label="方式">
              <Segmented
                block
                size="large"
                disabled={locked}
                value={draft.mode}
                options={visitModes.map((value) => ({ value, label: visitModeWords[value] }))}
                onChange={(mode) => {
                  change({ mode });
                }}
              />
            </Form.Item>
            <Form.Item label="见到家长了吗">
              <Segmented
                block
                size="large"
                disabled={locked}
                value={draft.met ? 'met' : 'notMet'}
                options={[
                  { value: 'met', label: '见到' },
                  { value: 'notMet', label: '未遇' },
                ]}
                onChange={(value) => {
                  change({ met: value === 'met' });
                }}
              />
            </Form.Item>
            <Form.Item label="走访日期">
              <DayField
                words="走访日期"
                width={260}
                latest={today}
                value={draft.day}
                onChange={(day) => {
                  change({ day: day ?? today });
                }}
              />
            </Form.Item>
            <Form.Item label="时间">
              <Input
                type="time"
                aria-label="走访时间"
                value={draft.time}
                onChange={(event) => {
                  change({ time: event.target.value });
                }}
              />
            </Form.Item>
            <Form.Item label="走访教师">
              <Select
                mode="tags"
                open={false}
                suffixIcon={null}
                maxCount={maximum}
                aria-label="走访教师"
                placeholder="输入姓名后按回车"
                tokenSeparators={['、', '，', ',', ' ']}
                value={draft.visitors.map((one) => one.name)}
                onChange={(names: string[]) => {
                  change({ visitors: visitorsOf(names, draft.visitors) });
                }}
              />
            </Form.Item>
            <Form.Item label="陪同人员（可不填）">
              <Input
                maxLength={100}
                aria-label="陪同人员"
                value={draft.companions}
                onChange={(event) => {
                  change({ companions: event.target.value });
                }}
              />
            </Form.Item>
          </div>
          {draft.met ? <Met draft={draft} change={change} /> : <NotMet draft={draft} change={change} />}
          {door && draft.met ? (
            <Form.Item>
              <Checkbox
                checked={draft.paperForm}
                onChange={(event) => {
                  change({ paperForm: event.target.checked });
                }}
              >
                已在打印的记录表上签名，随后附扫描件
              </Checkbox>
            </Form.Item>
          ) : null}
          <Form.Item label="照片（可不传）">
            <PaperUpload
              papers={draft.papers}
              onChange={(papers) => {
                change({ papers });
              }}
              childId={childId}
              kind="photo"
              words="拍照或选择照片"
              most={20}
            />
          </Form.Item>
        </Form>
      </ConfigProvider>
    </>
  );
}

function Met({ draft, change }: { draft: VisitDraft; change: (part: Partial<VisitDraft>) => void }) {
  return (
    <>
      <div className="vis-fields">
        <Form.Item label="受访家长">
          <Input
            maxLength={40}
            aria-label="受访家长"
            value={draft.guardian}
            onChange={(event) => {
              change({ guardian: event.target.value });
            }}
          />
        </Form.Item>
        <Form.Item label="与孩子的关系">
          <Input
            maxLength={20}
            aria-label="与孩子的关系"
            value={draft.relation}
            onChange={(event) => {
              change({ relation: event.target.value });
            }}
          />
        </Form.Item>
      </div>
      {texts.map((one) => (
        <Form.Item key={one.key} label={one.label}>
          <Input.TextArea
            aria-label={one.label}
            rows={2}
            className="grows"
            maxLength={2000}
            placeholder={one.placeholder}
            value={draft.texts[one.key]}
            onChange={(event) => {
              change({ texts: { ...draft.texts, [one.key]: event.target.value } });
            }}
          />
        </Form.Item>
      ))}
      <NextDay draft={draft} change={change} />
    </>
  );
}

function NotMet({ draft, change }: { draft: VisitDraft; change: (part: Partial<VisitDraft>) => void }) {
  const reasons = notMetReasons.filter((one) => draft.mode !== 'door' || one !== 'noAnswer');
  return (
    <>
      <Form.Item label="未遇原因">
        <Select
          aria-label="未遇原因"
          value={draft.notMetReason}
          options={reasons.map((value) => ({ value, label: notMetWords[value] }))}
          onChange={(notMetReason) => {
            change({ notMetReason });
          }}
        />
      </Form.Item>
      <Form.Item label={draft.notMetReason === 'other' ? '说明' : '说明（可不填）'}>
        <Input.TextArea
          aria-label="未遇说明"
          rows={2}
          className="grows"
          maxLength={200}
          placeholder="例如：邻居说白天上班，晚上 7 点后在家"
          value={draft.notMetWords}
          onChange={(event) => {
            change({ notMetWords: event.target.value });
          }}
        />
      </Form.Item>
      <p className="quiet">未遇的走访如实登记，不算走访完成。</p>
      <NextDay draft={draft} change={change} />
    </>
  );
}

function NextDay({ draft, change }: { draft: VisitDraft; change: (part: Partial<VisitDraft>) => void }) {
  return (
    <Form.Item label="下次跟进日期（可不填）">
      <DayField
        words="下次跟进日期"
        width={260}
        allowClear
        earliest={draft.day}
        value={draft.nextDay}
        onChange={(day) => {
          change({ nextDay: day ?? null });
        }}
      />
    </Form.Item>
  );
}

function visitorsOf(names: readonly string[], before: VisitContent['visitors']): VisitContent['visitors'] {
  return [...new Set(names.map((name) => name.trim().slice(0, 40)).filter((name) => name !== ''))]
    .slice(0, maximum)
    .map((name) => before.find((one) => one.name === name) ?? { staffId: null, name });
}
