import { DownloadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { exportSheet } from '#contract/books.ts';
import { exportFindings } from '#contract/comparison.ts';
import { exportRoster } from '#contract/enrolment.ts';
import { exportChildren } from '#contract/population.ts';
import type { Approval } from '#contract/security.ts';
import { fileUrl, isFailure, saveFile } from '#web/api/call.ts';
import { refreshAreas } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';

/** What may be exported with full numbers after an approval; an approval names it by these words. */
const exports = [
  {
    value: 'children',
    label: '适龄人口名单',
    url: (approvalId: string) => fileUrl(exportChildren, { identities: 'full', approvalId }),
  },
  {
    value: 'roster',
    label: '在校学生花名册',
    url: (approvalId: string) => fileUrl(exportRoster, { identities: 'full', approvalId }),
  },
  {
    value: 'findings',
    label: '比对发现',
    url: (approvalId: string) => fileUrl(exportFindings, { identities: 'full', approvalId }),
  },
  {
    value: 'books',
    label: '册表中的在校学生花名册',
    url: (approvalId: string) =>
      fileUrl(exportSheet, { sheet: 'roster', format: 'xlsx', identities: 'full', approvalId }),
  },
];

/** The choices of a request for an export with full numbers. */
export const exportChoices = exports.map(({ value, label }) => ({ value, label }));

/** An export that a second person approved, with its button. */
export function ApprovedExport({ row }: { row: z.output<typeof Approval> }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [saving, setSaving] = useState(false);
  const found = exports.find((each) => each.value === row.exportOf);
  async function save(url: string) {
    setSaving(true);
    try {
      await saveFile(url);
      void refreshAreas(client, ['security']);
    } catch (error) {
      void message.error(isFailure(error) ? error.message : '没有导出，请稍后再试。', 6);
    } finally {
      setSaving(false);
    }
  }
  if (row.usedAt !== null) return <Status kind="quiet" words={`已导出，${momentShort(row.usedAt)}`} />;
  if (!row.usable) return <Status kind="quiet" words="批准已过期，须重新申请" />;
  return (
    <Space wrap>
      <Status kind="ok" words={row.expiresAt === null ? '已批准' : `已批准，有效至 ${momentShort(row.expiresAt)}`} />
      {found !== undefined && (
        <Button icon={<DownloadOutlined />} loading={saving} onClick={() => void save(found.url(row.id))}>
          导出完整名单
        </Button>
      )}
      {row.exportOf === 'held' && <Go to="/compare/imports">到导入记录里选一份名单导出</Go>}
    </Space>
  );
}
