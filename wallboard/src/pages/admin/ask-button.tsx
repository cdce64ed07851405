import { useRef, useState, type ReactNode } from 'react';
import { useAdminWords } from './admin-words.ts';

interface Props {
  readonly label: string;
  /** What will happen, in one sentence. */
  readonly question: string;
  readonly disabled?: boolean;
  readonly onYes: () => Promise<unknown>;
  /** There only while it asks. */
  readonly children?: ReactNode;
}

/** Something that cannot simply be taken back: asks first. */
export function AskButton({ label, question, disabled, onYes, children }: Props) {
  const t = useAdminWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="danger" disabled={disabled} onClick={() => { setOpen(true); dialog.current?.showModal(); }}>{label}</button>
      <dialog ref={dialog} className="ask" aria-label={label} onClose={() => setOpen(false)}>
        <form method="dialog">
          <h3>{label}</h3><p>{question}</p>{open ? children : null}
          <div className="form-end">
            <button type="button" className="main" onClick={() => void onYes().then(() => dialog.current?.close())}>{label}</button>
            <button type="submit" autoFocus>{t('cancel')}</button>
          </div>
        </form>
      </dialog>
    </>
  );
}
