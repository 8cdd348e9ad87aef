import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { exportClassMonth } from '#contract/attendance-views.ts';
import { getSchool } from '#contract/organisations.ts';
import { Failure } from '#domain/basics/failure.ts';
import { fileUrl, saveFile } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { PickSchool } from '#web/parts/pick.tsx';

/** The months that can be exported: this one and the eleven before it, latest first. */
function monthsBefore(month: string): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: 12 }, (_unused, back) => {
    const months = year * 12 + number - 1 - back;
    return `${String(Math.floor(months / 12))}-${String((months % 12) + 1).padStart(2, '0')}`;
  });
}

/** 导出考勤表: the sheet of a class and month. With `fixed` the class is known. */
export function ClassMonthButton({
  fixed,
  month,
}: {
  fixed?: { classId: string; schoolId: string; className: string };
  month: string;
}) {
  const { message } = App.useApp();
  const { today, posts } = useMe();
  const own = posts.find((post) => post.unitKind === 'school')?.unitId;
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  const [schoolId, setSchoolId] = useState<string | undefined>(fixed?.schoolId ?? own);
  const [classId, setClassId] = useState<string | undefined>(fixed?.classId);
  const [chosen, setChosen] = useState(month);
  const asks = open && fixed === undefined && schoolId !== undefined;
  const school = useAnswer(getSchool, { id: schoolId ?? '' }, { enabled: asks });
  const classes = asks ? (school.data?.classList ?? []) : [];
  const save = async () => {
    if (classId === undefined) return;
    setSaving(true);
    try {
      await saveFile(fileUrl(exportClassMonth, { classId, month: chosen }));
      setOpen(false);
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有导出，请稍后再试。', 6);
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <Button
        icon={<DownloadOutlined />}
        onClick={() => {
          setOpen(true);
        }}
      >
        导出考勤表
      </Button>
      <Modal
        open={open}
        title={fixed ? `导出${fixed.className}的考勤表` : '导出一个班一个月的考勤表'}
        okText="导出"
        cancelText="返回"
        confirmLoading={saving}
        okButtonProps={{ disabled: classId === undefined }}
        onOk={() => void save()}
        onCancel={() => {
          setOpen(false);
        }}
      >
        <div className="att-form">
          {fixed ? null : (
            <>
              <PickSchool
                width="100%"
                value={schoolId}
                onChange={(id) => {
                  setSchoolId(id);
                  setClassId(undefined);
                }}
              />
              <Select
                aria-label="班级"
                placeholder={schoolId === undefined ? '班级（先选学校）' : '班级'}
                disabled={schoolId === undefined}
                loading={school.isFetching}
                showSearch={{ optionFilterProp: 'label' }}
                value={classId ?? null}
                options={classes.map((each) => ({ value: each.id, label: each.name }))}
                onChange={(id: string | null) => {
                  setClassId(id ?? undefined);
                }}
              />
            </>
          )}
          <Select
            aria-label="月份"
            value={chosen}
            options={[...new Set([chosen, ...monthsBefore(today.slice(0, 7))])].map((value) => ({
              value,
              label: `${value.slice(0, 4)}年${String(Number(value.slice(5)))}月`,
            }))}
            onChange={setChosen}
          />
          <p className="quiet">表中写明每天的到校、缺勤、请假与没有点名的空缺，附图例；导出会记入审计。</p>
        </div>
      </Modal>
    </>
  );
}
