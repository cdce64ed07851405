import { headLines, placeFishbone, type Fishbone, type PlacedBone } from './cause-drawing.ts';
import { useProblemWords } from './problem-words.ts';

const LONGEST = 30;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
/** A verdict is told by its sign too, not only by colour. */
const SIGNS = { open: '?', 'ruled-out': '✕', contributing: '◐', root: '★' } as const;

/** PRB-02: categories as bones, causes and sub-causes along them, the effect at the head. */
export function FishboneDrawing({ body }: { readonly body: Fishbone }) {
  const t = useProblemWords();
  const placed = placeFishbone(body);
  const { width, height, spineY, headX } = placed;
  const effect = headLines(body.effect);
  return (
    <figure className="cause-figure">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('method.FISHBONE')} style={{ minWidth: Math.min(width, 700) }}>
        <line className="spine" x1={14} y1={spineY} x2={headX} y2={spineY} />
        <polygon className="head" points={`${headX},${spineY - 30} ${headX + 226},${spineY - 30} ${headX + 244},${spineY} ${headX + 226},${spineY + 30} ${headX},${spineY + 30}`} />
        <text className="effect" y={spineY + (effect.length > 1 ? -4 : 5)}>{effect.map((line, at) => <tspan key={line} x={headX + 14} dy={at === 0 ? 0 : 18}>{line}</tspan>)}<title>{body.effect}</title></text>
        {placed.bones.map((bone) => <Bone key={bone.name} bone={bone} />)}
      </svg>
      <figcaption className="verdicts">{(['root', 'contributing', 'open', 'ruled-out'] as const).map((verdict) => <span key={verdict} data-verdict={verdict}><i aria-hidden="true">{SIGNS[verdict]}</i> {t(`verdict.${verdict}`)}</span>)}</figcaption>
    </figure>
  );
}

function Bone({ bone }: { readonly bone: PlacedBone }) {
  return (
    <g>
      <line className="bone" x1={bone.x1} y1={bone.y1} x2={bone.x2} y2={bone.y2} />
      <text className="category" x={bone.x1} y={bone.above ? bone.y1 - 10 : bone.y1 + 22} textAnchor="middle">{bone.name}</text>
      {bone.causes.map((cause) => (
        <g key={cause.key} className="cause" data-verdict={cause.verdict} data-depth={cause.depth}>
          <line x1={cause.x1} y1={cause.y1} x2={cause.x2} y2={cause.y2} />
          <text x={cause.x1} y={cause.y1 - 5}>{SIGNS[cause.verdict]} {cut(cause.text)}<title>{[cause.text, cause.evidence].filter((part) => part !== '').join(' – ')}</title></text>
        </g>
      ))}
    </g>
  );
}
