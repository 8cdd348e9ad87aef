import { App, Button, Drawer, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { listLeavers, placeLeavers } from '#contract/enrolment-year.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { offThen, useThen } from '#web/parts/as-of.tsx';
import { DayField } from '#web/parts/day-field.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status, type StatusKind } from '#web/ui/status.tsx';
import { changeRefreshes } from './change-words.ts';
import './enrolment.css';

type Leaver = OutputOf<typeof listLeavers>['rows'][number];

const look: Record<Leaver['state'], StatusKind> = { unplaced: 'warn', placed: 'wait', noShow: 'bad' };

const columns: readonly ListColumn<Leaver>[] = [
  { key: 'name', title: '学生', phone: true, render: (row) => <strong>{row.name}</strong> },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => <Status kind={look[row.state]} words={row.stateWords} />,
  },
  { key: 'schoolName', title: '毕业小学', phone: true },
  { key: 'className', title: '班级' },
  { key: 'toSchoolName', title: '分配初中', phone: true },
  { key: 'reportDay', title: '报到日' },
  { key: 'dueDate', title: '最迟到校' },
  { key: 'ownerWords', title: '责任人' },
];

/** Says why nobody stands in the list: that nobody is left in this state, or that no school has turned its year. */
function emptyWords({ show, q, schoolId }: Record<string, string | undefined>): string {
  const most = q === undefined && schoolId === undefined;
  if (most && show === 'unplaced') return '没有未分配的小学毕业生。';
  if (most && show === 'placed') return '没有待报到的小学毕业生。';
  if (most && show === 'noShow') return '没有未报到的小学毕业生。';
  if (!most) return '没有符合条件的小学毕业生。去掉筛选可以看全部。';
  return '没有待升学的小学毕业生。小学办理毕业离校后，学生会列在这里。';
}

/** 小学毕业生升学: where the leavers of grade 6 are placed, and who did not come. */
export function LeaversPage() {
  const { state, set } = useListState();
  const go = useGo();
  const mayPlace = useMay('changes.place');
  const [placing, setPlacing] = useState<Leaver[]>();
  const schoolId = state['schoolId'];
  const then = useThen();
  return (
    <Page
      title="小学毕业生升学"
      extra={
        mayPlace ? (
          <>
            <GoButton to="/leavers/sheets" off={then?.why ?? null}>
              按表分配
            </GoButton>
            <Button
              type="primary"
              {...offThen(then)}
              onClick={() => {
                setPlacing([]);
              }}
            >
              分配到初中
            </Button>
          </>
        ) : undefined
      }
    >
      <List<Leaver>
        endpoint={listLeavers}
        columns={columns}
        rowKey="childId"
        {...(mayPlace
          ? {
              batch: (chosen: Leaver[], clear: () => void) => (
                <Button
                  type="primary"
                  onClick={() => {
                    setPlacing(chosen.filter((row) => row.changeId === null));
                    clear();
                  }}
                >
                  分配所选到初中
                </Button>
              ),
            }
          : {})}
        onOpen={(row) => {
          go(row.changeId === null ? `/children/${row.childId}` : `/changes/${row.changeId}`);
        }}
        empty={<Empty words={emptyWords(state)} />}
        filters={
          <>
            <FilterText placeholder="姓名" />
            <PickSchool
              value={schoolId}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
            <FilterChoice
              name="show"
              placeholder="全部"
              options={[
                { value: 'unplaced', label: '未分配' },
                { value: 'placed', label: '待报到' },
                { value: 'noShow', label: '未报到' },
              ]}
            />
          </>
        }
      />
      {placing ? (
        <PlaceForm
          schoolId={schoolId}
          chosen={placing}
          onClose={() => {
            setPlacing(undefined);
          }}
        />
      ) : null}
    </Page>
  );
}

interface Placing {
  who: 'names' | 'school';
  toSchoolId: string;
  reportDay: string;
  childIds?: string[];
}

/** Places those chosen in the list, those found by name, or every leaver of the primary school whom nobody placed. */
function PlaceForm({
  schoolId,
  chosen,
  onClose,
}: {
  schoolId: string | undefined;
  chosen: readonly Leaver[];
  onClose: () => void;
}) {
  const phone = usePhone();
  const { today } = useMe();
  const [form] = Form.useForm<Placing>();
  const who = Form.useWatch('who', form) ?? 'names';
  const [q, setQ] = useState('');
  const [met, setMet] = useState<ReadonlyMap<string, string>>(
    new Map(chosen.map((row) => [row.childId, labelOf(row)])),
  );
  const waiting = useAnswer(listLeavers, {
    show: 'unplaced',
    size: 50,
    ...(schoolId === undefined ? {} : { schoolId }),
    ...(q === '' ? {} : { q }),
  });
  const { send, sending } = useSend(placeLeavers, { refresh: changeRefreshes });
  const [left, setLeft] = useState<readonly string[]>([]);
  const { message } = App.useApp();
  const rows = waiting.data?.rows ?? [];
  const options = new Map([...met, ...rows.map((row) => [row.childId, labelOf(row)] as const)]);
  const save = async ({ who: wanted, toSchoolId, reportDay, childIds }: Placing) => {
    const whom = wanted === 'school' && schoolId !== undefined ? { allOf: schoolId } : { childIds: childIds ?? [] };
    try {
      const answer = await send({ ...whom, toSchoolId, reportDay });
      if (answer.placed > 0) void message.success(`已分配 ${String(answer.placed)} 名，报到日 ${reportDay}。`);
      if (answer.refused.length === 0) onClose();
      else setLeft(answer.refused.map((one) => `${one.name}：${one.why}`));
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 560}
      mask={{ closable: false }}
      title="分配到初中"
      footer={
        <span className="enrol-acts">
          <Button onClick={onClose}>返回</Button>
          <Button type="primary" loading={sending} onClick={form.submit}>
            分配
          </Button>
        </span>
      }
    >
      <Form
        form={form}
        name="place"
        layout="vertical"
        initialValues={{ reportDay: today, who: 'names', childIds: chosen.map((row) => row.childId) }}
        onFinish={(typed) => void save(typed)}
      >
        <Form.Item
          name="who"
          label="分配谁"
          {...(schoolId === undefined ? { extra: '整校分配请先在列表上方选择小学。' } : {})}
        >
          <Radio.Group
            options={[
              { value: 'names', label: '按姓名选择' },
              { value: 'school', label: '所选小学全部未分配的', disabled: schoolId === undefined },
            ]}
          />
        </Form.Item>
        {who === 'school' ? null : (
          <Form.Item
            name="childIds"
            label={`未分配的毕业生（共 ${String(waiting.data?.total ?? 0)} 名，输入姓名查找）`}
            rules={[{ required: true, message: '请选择学生。' }]}
          >
            <Select
              mode="multiple"
              aria-label="学生"
              loading={waiting.isFetching}
              showSearch={{ filterOption: false, onSearch: setQ }}
              maxTagCount={8}
              options={[...options].map(([value, label]) => ({ value, label }))}
              onChange={() => {
                setMet(options);
              }}
            />
          </Form.Item>
        )}
        <Form.Item name="toSchoolId" label="初中" rules={[{ required: true, message: '请选择初中。' }]}>
          <PickSchool />
        </Form.Item>
        <Form.Item name="reportDay" label="报到日" rules={[{ required: true, message: '请填写报到日。' }]}>
          <DayField words="报到日" />
        </Form.Item>
        {left.length === 0 ? null : (
          <ul role="alert" className="enrol-pieces">
            {left.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
      </Form>
    </Drawer>
  );
}

const labelOf = (row: Leaver): string => `${row.name} · ${row.schoolName}`;
