import { useKeysOn } from '../../components/use-letter-keys.ts';
import { switchKeys } from '../../lib/letter-keys.ts';
import { QueueDialog } from './queue-dialog.tsx';
import { useQueueWords } from './queue-words.ts';

const KEYS = [
  ['j k', 'key.move'], ['Home End PgUp PgDn', 'key.ends'], ['Enter o', 'key.openRow'], ['x', 'key.select'], ['a', 'key.assign'], ['t', 'key.take'], ['/', 'key.filter'], ['.', 'key.apply'],
  ['← →', 'key.bands'], ['g q  g b  g m', 'key.go'], ['?', 'key.help'],
] as const;

/** Every key of the queue, and the switch that turns those of one letter off (WCAG 2.1.4). */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const t = useQueueWords();
  const on = useKeysOn();
  return (
    <QueueDialog title={t('keys.title')} onClose={onClose}>
      <label><input type="checkbox" checked={on} onChange={(event) => switchKeys(event.target.checked)} /> {t('keys.on')}</label>
      <dl className="key-list">{KEYS.map(([keys, what]) => <div key={what}><dt>{keys.split(' ').filter((key) => key !== '').map((key, index) => <kbd key={`${key}${index}`}>{key}</kbd>)}</dt><dd>{t(what)}</dd></div>)}</dl>
      <p className="quiet">{t('keys.note')}</p>
      <div className="form-end"><button type="button" onClick={onClose}>{t('close')}</button></div>
    </QueueDialog>
  );
}
