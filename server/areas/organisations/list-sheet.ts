import { listSchools, listStaff } from '#contract/organisations.ts';
import { listSheet, type ListSheet } from '#server/http/list-sheet.ts';

/** Schools and staff as sheets. */
export const organisationsSheets: readonly ListSheet[] = [
  listSheet(listSchools, '学校', [
    { label: '学校', width: 26, value: (row) => row.name },
    { label: '办学类型', width: 14, value: (row) => row.stage },
    { label: '学校标识码', kind: 'text', width: 16, value: (row) => row.code },
    { label: '所在街道', width: 14, value: (row) => row.subdistrictName },
    { label: '班级', kind: 'number', width: 8, value: (row) => row.classes },
    { label: '学生', kind: 'number', width: 8, value: (row) => row.pupils },
    { label: '联系方式', kind: 'text', width: 22, value: (row) => row.contact },
    {
      label: '状态',
      width: 20,
      value: (row, today) => (row.toDate !== null && row.toDate < today ? `已停办（${row.toDate}）` : '在办'),
    },
  ]),
  listSheet(listStaff, '人员与岗位', [
    { label: '姓名', value: (row) => row.name },
    {
      label: '岗位',
      width: 46,
      value: (row, today) =>
        row.posts
          .map((post) => {
            const ended = post.toDate !== null && post.toDate < today ? '，已离任' : '';
            return `${post.unitName} ${post.roleName}（${post.fromDate} 起${post.toDate === null ? '' : `，至 ${post.toDate}`}${ended}）`;
          })
          .join('\n'),
    },
    { label: '电话', kind: 'text', width: 16, value: (row) => row.phone },
    { label: '登录名', kind: 'text', width: 16, value: (row) => row.login ?? '未开通账号' },
    { label: '备注', width: 24, value: (row) => row.note },
  ]),
];
