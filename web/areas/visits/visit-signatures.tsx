import { openPaper } from '#contract/papers.ts';
import { fileUrl } from '#web/api/call.ts';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { SignatureDrawing } from './signature-drawing.tsx';
import type { Visit } from './visits-words.ts';

/** The signatures of a visit: drawn, or what stands instead, and whether the text signed is still the text shown. */
export function VisitSignatures({ visit, mayOpen }: { visit: Visit; mayOpen: boolean }) {
  if (visit.signatures.length === 0)
    return (
      <p className="quiet">
        {visit.signedState === 'notNeeded'
          ? '这次走访不需签名。上门见到家长的走访须有教师、家长和学生签名。'
          : '还没有签名。附上纸质记录表的扫描件，与当面签名等效。'}
      </p>
    );
  return (
    <ul className="vis-signatures">
      {visit.signatures.map((signature, index) => (
        <li key={index}>
          <div className="vis-signature-head">
            <strong>{signature.partyWords}</strong>
            {signature.state === 'valid' ? (
              <Status kind="ok" words="有效" />
            ) : (
              <Status kind="bad" words={`签的是第 ${signature.onVersion} 版，之后内容有改动`} />
            )}
          </div>
          {signature.strokes === null ? null : (
            <SignatureDrawing
              strokes={signature.strokes}
              words={`${signature.partyWords}处的签名：${signature.words}`}
            />
          )}
          <div>{signature.words}</div>
          {mayOpen
            ? signature.paperIds.map((id) => (
                <a key={id} href={fileUrl(openPaper, { id })} target="_blank" rel="noreferrer">
                  打开签字材料
                </a>
              ))
            : null}
          <div className="quiet">
            {signature.byName}登记，{momentWords(signature.at)}
          </div>
        </li>
      ))}
    </ul>
  );
}
