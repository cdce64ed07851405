import { useEffect, useState } from 'react';
import { screenWords } from './screen-words.ts';

interface Props {
  readonly code: string;
  readonly endsAt: number;
  readonly revoked: boolean;
}

/** The code, as big as the wall allows, in the middle of both languages: nobody knows yet who will read it. */
export function PairingPage({ code, endsAt, revoked }: Props) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.round((endsAt - now) / 1000));
  const values = { address: `${window.location.host}/screens`, time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` };
  const part = (locale: 'zh-CN' | 'en') => {
    const t = screenWords(locale);
    return { title: t(revoked ? 'pair.revoked' : 'pair.title'), how: t('pair.how', values), ends: t('pair.ends', values), keys: t('keys') };
  };
  const [zh, en] = [part('zh-CN'), part('en')];
  return (
    <main className="board waiting pairing">
      <h1><span lang="zh-CN">{zh.title}</span><small lang="en">{en.title}</small></h1>
      <strong className="pair-code" data-code={code} aria-label={[...code].join(' ')}>{code.slice(0, 4)}<i aria-hidden="true">–</i>{code.slice(4)}</strong>
      <p lang="zh-CN">{zh.how}</p>
      <p lang="en">{en.how}</p>
      <p className="pair-ends"><span lang="zh-CN">{zh.ends}</span><span lang="en">{en.ends}</span></p>
      <p className="pair-keys"><span lang="zh-CN">{zh.keys}</span><span lang="en">{en.keys}</span></p>
    </main>
  );
}
