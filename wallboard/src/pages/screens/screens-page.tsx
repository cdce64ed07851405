import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { ScreensDocument, type ScreensQuery } from '../../graphql/generated/desk/graphql.ts';
import { RevokeForm } from './revoke-form.tsx';
import { ScreenForm } from './screen-form.tsx';
import { ScreenTable } from './screen-table.tsx';
import { screenAddress, useScreensWords } from './screens-words.ts';

export type ScreenLine = ScreensQuery['screens'][number];
export type BoardChoice = ScreensQuery['boards'][number];

/** As often as a screen tells how it is. */
const LOOK_EVERY_MS = 5000;

type Doing = { readonly kind: 'pair' } | { readonly kind: 'edit' | 'revoke'; readonly screen: ScreenLine } | null;

/** WBD-10, WBD-11: the screens on the walls; to pair one by its code, to change what it shows, to revoke it. */
export function ScreensPage() {
  const t = useScreensWords();
  const result = useQuery(ScreensDocument, { pollInterval: LOOK_EVERY_MS, fetchPolicy: 'cache-and-network' });
  const [doing, setDoing] = useState<Doing>(null);
  const done = (): void => {
    setDoing(null);
    void result.refetch();
  };
  return (
    <main className="ticket screens">
      <header className="screens-head">
        <h1>{t('title')}</h1>
        <button type="button" className="main" onClick={() => setDoing({ kind: 'pair' })}>{t('pair')}</button>
        <span className="quiet">{t('hint', { address: screenAddress() })}</span>
      </header>
      <QueryState result={result}>{({ screens, boards }) => (
        <>
          {doing?.kind === 'pair' ? <ScreenForm boards={boards} screen={null} onDone={done} onCancel={() => setDoing(null)} /> : null}
          {doing?.kind === 'edit' ? <ScreenForm key={doing.screen.id} boards={boards} screen={doing.screen} onDone={done} onCancel={() => setDoing(null)} /> : null}
          {doing?.kind === 'revoke' ? <RevokeForm key={doing.screen.id} screen={doing.screen} onDone={done} onCancel={() => setDoing(null)} /> : null}
          {screens.length === 0 ? <p className="card quiet">{t('none', { address: screenAddress() })}</p> : (
            <ScreenTable screens={screens} boards={boards} onEdit={(screen) => setDoing({ kind: 'edit', screen })} onRevoke={(screen) => setDoing({ kind: 'revoke', screen })} />
          )}
        </>
      )}</QueryState>
    </main>
  );
}
