interface Segment {
  readonly text: string;
  readonly hit: boolean;
}

/** A text in which what was asked for is marked. */
export function MarkedText({ segments }: { readonly segments: readonly Segment[] }) {
  return <>{segments.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>))}</>;
}
