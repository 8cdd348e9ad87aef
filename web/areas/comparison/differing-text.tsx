import type { TextPiece } from './character-difference.ts';

/** A text whose characters that the other record lacks are underlined and read out as different. */
export function DifferingText({ pieces, empty = '未填' }: { pieces: readonly TextPiece[]; empty?: string }) {
  if (pieces.length === 0) return <span className="cmp-quiet">{empty}</span>;
  return (
    <span>
      {pieces.map((piece, index) =>
        piece.same ? (
          <span key={index}>{piece.text}</span>
        ) : (
          <mark key={index} className="cmp-differs" title="两份记录此处不同">
            {piece.text}
          </mark>
        ),
      )}
    </span>
  );
}
