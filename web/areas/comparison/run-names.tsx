import { Button } from 'antd';
import { useState } from 'react';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import { countWord } from './comparison-words.ts';

/** A child as a result names it: name, masked number and whatever else the kind carries. */
export interface NamedChild {
  name: string;
  id: string;
  [key: string]: string;
}

const shownFirst = 90;
const partWords: Record<string, string> = {
  rosterId: '名册号码',
  rosterName: '名册姓名',
  registerName: '档案姓名',
  school: '学校',
  schools: '学校',
  schoolName: '学校',
  otherSchool: '另一所学校',
  reason: '原因',
  list: '名单',
  status: '状态',
  lists: '名单',
};

/** The children behind one count of a result; long lists are cut on the screen until asked for, and say so in print. */
export function RunNames({
  list,
  names,
  to,
  whole,
}: {
  whole: boolean;
  list: string;
  names: readonly NamedChild[];
  to?: string | undefined;
}) {
  const [all, setAll] = useState(false);
  const shown = all || whole ? names : names.slice(0, shownFirst);
  const left = names.length - shown.length;
  return (
    <Block
      title={`${countWord(list)}（${count(names.length)}）`}
      extra={
        to === undefined || names.length === 0 ? undefined : (
          <span className="cmp-no-print">
            <Go to={to}>查看办理情况</Go>
          </span>
        )
      }
    >
      {names.length === 0 ? (
        <p className="cmp-quiet">没有。</p>
      ) : (
        <ul className="cmp-names">
          {shown.map((child, index) => (
            <li key={index}>
              {child.name}{' '}
              <span className="cmp-quiet">
                {child.id === '' ? '无证件' : child.id}
                {partsOf(child)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {left > 0 ? (
        <>
          <Button
            className="cmp-no-print"
            style={{ marginTop: 8 }}
            onClick={() => {
              setAll(true);
            }}
          >
            显示其余 {count(left)} 人
          </Button>
          <p className="cmp-print-only">另有 {count(left)} 人未列出；打印前请在页面上先显示全部。</p>
        </>
      ) : null}
    </Block>
  );
}

function partsOf(child: NamedChild): string {
  const parts = Object.entries(child).filter(
    ([key, value]) => key !== 'name' && key !== 'id' && value !== '' && !(key === 'rosterId' && value === child.id),
  );
  return parts.map(([key, value]) => `，${partWords[key] ?? key} ${value}`).join('');
}
