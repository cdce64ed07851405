import { Link } from '../../app/router.tsx';
import type { CheckArticleQuery } from '../../graphql/generated/desk/graphql.ts';
import { useKnowledgeWords } from './knowledge-words.ts';
import { useCheck, type CheckedText } from './use-check.ts';

const FINDINGS = ['customer', 'person', 'date-time', 'question-answer', 'watermark'] as const;
const PARTS = ['symptom', 'cause', 'solution', 'prevention'] as const;

/** What the reviewer would find, while it is written (KNW-04). */
export function CheckSide({ text, articleId }: { readonly text: CheckedText; readonly articleId: string | undefined }) {
  const t = useKnowledgeWords();
  const checked = useCheck(text, articleId);
  const similar = checked?.similarArticles ?? [];
  const findings = checked?.checkArticleText ?? [];
  return (
    <>
      <section className="card">
        <h2>{t('write.similar')}<small>{similar.length}</small></h2>
        <p className="quiet">{similar.length === 0 ? t('write.similarNone') : t('write.similarHint')}</p>
        <ul className="entries">
          {similar.map(({ id, number, title, state, likenessPercent }) => (
            <li key={id} data-open={likenessPercent >= 50}><p className="entry-head"><Link to={`/knowledge/${number}`} target="_blank">{number}</Link><b>{likenessPercent} %</b><span className="badge" data-article={state}>{t(`state.${state}`)}</span></p><p className="entry-body">{title}</p></li>
          ))}
        </ul>
      </section>
      <section className="card" aria-live="polite">
        <h2>{t('write.check')}<small>{findings.length}</small></h2>
        <p className="quiet">{findings.length === 0 ? t('write.checkNone') : t('write.checkHint')}</p>
        <ul className="kb-findings">{findings.map((finding) => <Finding key={`${finding.part} ${finding.start}`} finding={finding} />)}</ul>
      </section>
    </>
  );
}

function Finding({ finding: { kind, word, part, start, stops } }: { readonly finding: CheckArticleQuery['checkArticleText'][number] }) {
  const t = useKnowledgeWords();
  return (
    <li data-stops={stops}>
      <mark>{word}</mark>
      <span>{t(`finding.${FINDINGS.find((one) => one === kind) ?? 'watermark'}`)}</span>
      <i>{t(`part.${PARTS.find((one) => one === part) ?? 'symptom'}`)} · {t('write.at', { start: start + 1 })} · {t(stops ? 'write.stops' : 'write.hint')}</i>
    </li>
  );
}
