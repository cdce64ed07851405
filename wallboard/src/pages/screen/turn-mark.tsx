import { useEffect, useState } from 'react';
import type { ScreenMessageKey } from '../../lib/messages/screen/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import type { Rotation } from './rotation.ts';

/** Which of how many boards this is, and when the next comes. */
export function TurnMark({ rotation, count, t }: { readonly rotation: Rotation; readonly count: number; readonly t: Translate<ScreenMessageKey> }) {
  const { index, nextAt, held, paused } = rotation;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = nextAt === null ? null : Math.max(0, Math.ceil((nextAt - Math.max(now, performance.now())) / 1000));
  const why = held !== null ? t('turn.held') : paused ? t('turn.paused') : seconds === null ? '' : t('turn.next', { seconds });
  return (
    <aside className="turn-mark" data-held={held !== null}>
      <span className="turn-dots" aria-hidden="true">{Array.from({ length: count }, (_, at) => <i key={at} data-front={at === index} />)}</span>
      {t('turn.place', { index: index + 1, count })}{why === '' ? '' : ` · ${why}`}
    </aside>
  );
}
