interface Props {
  readonly text: string;
  readonly detail: string;
  /** Offer the sign-in page; a screen with a token has nobody to sign in. */
  readonly signIn: boolean;
}

/** What stands there until the first snapshot has come: never an empty screen. */
export function BoardNotice({ text, detail, signIn }: Props) {
  const next = `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
  return (
    <main className="board waiting">
      <p>{signIn ? <a href={next}>{text}</a> : text}</p>
      {detail === '' ? null : <small>{detail}</small>}
    </main>
  );
}
