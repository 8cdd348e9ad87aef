import type { ProposalRow } from './proposal-sides.tsx';

const featureWords: Record<string, string> = {
  name: '姓名',
  birth: '出生日期',
  sex: '性别',
  guardian: '监护人',
  phone: '联系电话',
  address: '住址',
  document: '证件号码',
  registryNo: '学籍号',
  school: '学校与年级',
  household: '家庭',
};

/** Why two records may be one child: each reason with its weight in points and a bar (right for, left against). */
export function ProposalWeights({ proposal }: { proposal: ProposalRow }) {
  const largest = Math.max(1, ...proposal.reasons.map((reason) => Math.abs(reason.weight)));
  const sum = proposal.reasons.reduce((whole, reason) => whole + reason.weight, 0);
  return (
    <table className="cmp-weights">
      <thead>
        <tr>
          <th>项目</th>
          <th>比对结果</th>
          <th className="cmp-figure">分值</th>
          <th>否 ← → 是</th>
        </tr>
      </thead>
      <tbody>
        {proposal.reasons.map((reason, index) => (
          <tr key={index}>
            <td>{featureWords[reason.feature] ?? reason.feature}</td>
            <td>{reason.words}</td>
            <td className="cmp-figure">{signed(reason.weight)}</td>
            <td>
              <span className="cmp-bar" aria-hidden>
                <span
                  className={reason.weight < 0 ? 'cmp-bar-against' : 'cmp-bar-for'}
                  style={{ width: `${String((Math.abs(reason.weight) / largest) * 50)}%` }}
                />
              </span>
            </td>
          </tr>
        ))}
        <tr>
          <td>合计</td>
          <td>可能性 {(proposal.score * 100).toFixed(1)}%，仅供参考，由人决定</td>
          <td className="cmp-figure">{signed(sum)}</td>
          <td />
        </tr>
      </tbody>
    </table>
  );
}

function signed(weight: number): string {
  const figure = Number.isInteger(weight) ? String(Math.abs(weight)) : Math.abs(weight).toFixed(1);
  return weight < 0 ? `−${figure}` : weight > 0 ? `+${figure}` : '0';
}
