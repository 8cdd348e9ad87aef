import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { listStaff, type StaffMember } from '#contract/organisations.ts';
import { roles, roleWords } from '#domain/basics/roles.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Page } from '#web/ui/page.tsx';
import { AppointDrawer } from './appoint-drawer.tsx';
import { EndPostDialog } from './end-post-dialog.tsx';
import { StaffDrawer } from './staff-drawer.tsx';

type Member = z.output<typeof StaffMember>;
type Post = Member['posts'][number];
type Open =
  | { what: 'edit'; member: Member | null }
  | { what: 'appoint'; member: Member }
  | { what: 'end'; member: Member; post: Post };

/** People and their posts: who holds what, where, since when, and who approved it. */
export function StaffPage() {
  const { state, set } = useListState();
  const mayEdit = useMay('staff.edit');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => {
    setOpen(null);
  };
  return (
    <Page
      title="人员与岗位"
      extra={
        mayEdit ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setOpen({ what: 'edit', member: null });
            }}
          >
            新增人员
          </Button>
        ) : null
      }
    >
      <List
        endpoint={listStaff}
        rowKey="id"
        filters={
          <>
            <FilterText placeholder="姓名或登录名" />
            <FilterChoice
              name="role"
              placeholder="岗位"
              width={160}
              options={roles.map((role) => ({ value: role, label: roleWords[role] }))}
            />
            <PickSchool
              value={state['unitId']}
              onChange={(unitId) => {
                set({ unitId });
              }}
            />
          </>
        }
        columns={[
          { key: 'name', title: '姓名', phone: true },
          {
            key: 'posts',
            title: '岗位',
            phone: true,
            render: (row) => (
              <Posts
                member={row}
                mayEdit={mayEdit}
                onEnd={(post) => {
                  setOpen({ what: 'end', member: row, post });
                }}
              />
            ),
          },
          { key: 'phone', title: '电话', phone: true },
          { key: 'login', title: '登录名', render: (row) => row.login ?? '未开通账号' },
          { key: 'note', title: '备注' },
          ...(mayEdit
            ? [
                {
                  key: 'do',
                  title: '办理',
                  phone: true,
                  render: (row: Member) => (
                    <Flex gap={4} wrap>
                      <Button
                        type="link"
                        icon={<PlusOutlined />}
                        onClick={() => {
                          setOpen({ what: 'appoint', member: row });
                        }}
                      >
                        任职
                      </Button>
                      <Button
                        type="link"
                        icon={<EditOutlined />}
                        onClick={() => {
                          setOpen({ what: 'edit', member: row });
                        }}
                      >
                        修改
                      </Button>
                    </Flex>
                  ),
                },
              ]
            : []),
        ]}
        empty="没有符合条件的人员。点“新增人员”登记，再为其任职；岗位决定能看到什么、能办什么。"
      />
      {open?.what === 'edit' && <StaffDrawer member={open.member} onClose={close} />}
      {open?.what === 'appoint' && <AppointDrawer member={open.member} onClose={close} />}
      {open?.what === 'end' && <EndPostDialog member={open.member} post={open.post} onClose={close} />}
    </Page>
  );
}

function Posts({ member, mayEdit, onEnd }: { member: Member; mayEdit: boolean; onEnd: (post: Post) => void }) {
  const { today } = useMe();
  const [whole, setWhole] = useState(false);
  const shown = whole || member.posts.length <= 4 ? member.posts : member.posts.slice(0, 3);
  if (member.posts.length === 0) return <span className="quiet">没有岗位</span>;
  return (
    <>
      {shown.map((post) => {
        const ended = post.toDate !== null && post.toDate < today;
        return (
          <div key={post.id} className={ended ? 'post quiet' : 'post'}>
            <span>
              {post.unitName} {post.roleName}
            </span>
            <span className="quiet">
              {post.fromDate} {post.toDate === null ? '起' : `至 ${post.toDate}`}
              {post.fromDate > today ? '（未到任）' : ended ? '（已离任）' : ''}，批准人 {post.approvedBy}
            </span>
            {mayEdit && !ended && (
              <Button
                type="link"
                size="small"
                onClick={() => {
                  onEnd(post);
                }}
              >
                离任
              </Button>
            )}
          </div>
        );
      })}
      {shown.length < member.posts.length && (
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          onClick={() => {
            setWhole(true);
          }}
        >
          全部 {member.posts.length} 个岗位
        </Button>
      )}
    </>
  );
}
