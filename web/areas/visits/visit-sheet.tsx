import type { ReactNode } from 'react';
import type { getChild } from '#contract/population.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { Party } from '#domain/visits/record.ts';
import { partyWords } from '#domain/visits/words.ts';
import { SignatureDrawing } from './signature-drawing.tsx';
import { signingOrder } from './visit-draft.ts';
import type { Visit } from './visits-words.ts';

type Child = OutputOf<typeof getChild>;

const long = ['家访目的', '家庭经济和监护情况', '在校表现', '在家表现', '问题分析', '家长意见建议', '措施'];

/** The 家访记录表 on A4, seen on paper only: filled with a visit, or blank but for the child to be signed by hand. */
export function VisitSheet({
  lines,
  child,
  photos,
  signatures,
}: {
  lines: readonly { label: string; value: string }[];
  child: Child | undefined;
  photos: readonly string[];
  signatures: Visit['signatures'];
}) {
  const values = new Map(lines.map((line) => [line.label, line.value]));
  const of = (label: string) => values.get(label) ?? '';
  const guardian = child?.guardian;
  const family = [
    guardian?.name ? `${guardian.relation ?? '监护人'} ${guardian.name}` : null,
    ...(child?.siblings ?? []).map((one) => `兄弟姐妹 ${one.name}`),
  ];
  const pair = (one: string, oneValue: ReactNode, two: string, twoValue: ReactNode) => (
    <tr>
      <th>{one}</th>
      <td>{oneValue}</td>
      <th>{two}</th>
      <td>{twoValue}</td>
    </tr>
  );
  const row = (label: string, value: ReactNode, tall = false) => (
    <tr key={label} className={tall ? 'vis-sheet-tall' : undefined}>
      <th>{label}</th>
      <td colSpan={3}>{value}</td>
    </tr>
  );
  return (
    <section className="vis-sheet" aria-label="家访记录表">
      <h1>家访记录表</h1>
      <table>
        <tbody>
          {pair('学生姓名', of('学生姓名'), '性别', child?.sex ?? '')}
          {pair('年级班级', of('年级班级'), '联系方式', guardian?.phoneMask ?? '')}
          {row('家庭住址', of('家庭住址'))}
          {row('家庭成员', family.filter((one) => one !== null).join('、'))}
          {pair('家访时间', of('家访时间'), '方式', of('方式') === '' ? '□上门 □电话 □线上' : of('方式'))}
          {pair('家访教师', of('家访教师'), '陪同人员', of('陪同人员'))}
          {pair('受访家长及关系', of('受访家长及关系'), '下次跟进日期', of('下次跟进日期'))}
          {of('未遇原因') === '' || of('未遇原因') === '—' ? null : row('未遇原因', of('未遇原因'))}
          {long.map((label) => row(label, of(label), true))}
          {row('照片', photos.length === 0 ? '' : `${photos.length} 张，存于平台：${photos.join('、')}`)}
          <tr className="vis-sheet-sign">
            <td colSpan={4}>
              <div>
                {signingOrder.map((party) => (
                  <SheetSignature key={party} party={party} signatures={signatures} />
                ))}
              </div>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function SheetSignature({ party, signatures }: { party: Party; signatures: Visit['signatures'] }) {
  const signature = signatures.find((one) => one.party === party);
  return (
    <div>
      <span>{partyWords[party]}签名：</span>
      {signature?.strokes ? <SignatureDrawing strokes={signature.strokes} words={signature.words} /> : null}
      {signature === undefined || signature.means === 'drawn' ? null : <small>{signature.words}</small>}
      {signature?.state === 'changed' ? <small>（签名后内容有改动）</small> : null}
    </div>
  );
}
