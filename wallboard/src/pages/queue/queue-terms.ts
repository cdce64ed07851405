import { labelOf, teamName, type DeskWords, type Term as Word } from '../../app/desk-words.tsx';
import type { QueueChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import type { QueueMessageKey } from '../../lib/messages/queue/zh-CN.ts';
import type { Term, TermOption } from './filter-language.ts';
import { CLOCK_STATES, LEVELS, STATES } from './queue-filter.ts';

/** A CI that was chosen or found: its name for its id. */
export interface NamedCi {
  readonly id: string;
  readonly name: string;
}

interface Sources {
  readonly words: DeskWords;
  readonly t: Translate<QueueMessageKey>;
  readonly choices: QueueChoicesQuery | undefined;
  readonly cis: readonly NamedCi[];
}

/** By what name people also call a state: "pending" is what other desks say. */
const STATE_NAMES: Readonly<Record<string, readonly string[]>> = {
  AWAITING_ASSIGNMENT: ['new', 'unassigned'], IN_PROGRESS: ['progress', 'working'], SUSPENDED: ['pending', 'on-hold'], AWAITING_FEEDBACK: ['feedback', 'solved'], CLOSED: ['closed'],
};
const CLOCK_NAMES: Readonly<Record<string, readonly string[]>> = {
  BREACHED: ['breached', '超时'], DUE_15: ['<15m'], DUE_60: ['<60m', '<1h'], RUNNING: ['running', '计时'], PAUSED: ['paused', '暂停'], OUTSIDE_HOURS: ['outside', '非服务时间'],
};

/** Everything that can be typed into the filter, with the words of both languages for each value (WBD-04). */
export function termsOf({ words, t, choices, cis }: Sources): readonly Term[] {
  const { locale, vocabulary, t: desk } = words;
  const mine = locale === 'zh-CN' ? 1 : 0;
  const term = (key: Term['key'], kind: Term['kind'], names: readonly [string, string, ...string[]], label: string, options: readonly TermOption[]): Term => ({
    key, kind, label, options, names: [names[mine], ...names.filter((name) => name !== names[mine])],
  });
  const named = (value: string, label: string, ...names: readonly string[]): TermOption => ({ value, label, names: [...new Set([label, ...names])] });
  const ofVocabulary = (terms: readonly Word[]) => terms.map(({ key, zh, en }) => named(key, locale === 'zh-CN' ? zh : en, key, zh, en));
  const bothWords = (terms: readonly Word[], key: string): readonly string[] => terms.filter((one) => one.key === key.toLowerCase().replaceAll('_', '-')).flatMap(({ zh, en }) => [zh, en]);
  const yes = [named('1', t('term.yes'), 'yes', '是', '1')];
  return [
    term('team', 'list', ['team', '团队'], desk('filter.team'), (choices?.teams ?? []).map((team) => named(team.id, teamName(team, locale), team.key, team.name, team.nameZh))),
    term('holder', 'list', ['holder', '处理人', 'person'], desk('filter.holder'), [
      named('me', t('holder.me'), 'me', '我'), named('nobody', t('holder.nobody'), 'nobody', '无人处理'), ...(choices?.people ?? []).map(({ id, name }) => named(id, name)),
    ]),
    term('customer', 'list', ['customer', '客户'], desk('filter.customer'), (choices?.customers.edges ?? []).map(({ node }) => named(node.id, node.name))),
    term('level', 'list', ['level', '等级'], desk('filter.level'), LEVELS.map((level) => named(level, level, level.slice(2)))),
    term('state', 'list', ['state', '状态'], desk('filter.state'), STATES.map((state) => named(state, labelOf(vocabulary.states, state, locale), ...bothWords(vocabulary.states, state), ...(STATE_NAMES[state] ?? [])))),
    term('clock', 'clock', ['clock', '时限', 'breach'], desk('filter.clock'), CLOCK_STATES.map((state) => named(state, desk(`clockState.${state}`), ...(CLOCK_NAMES[state] ?? [])))),
    term('older', 'age', ['age', '时长'], t('term.age'), []),
    term('category', 'list', ['category', '分类'], desk('filter.category'), ofVocabulary(vocabulary.categories)),
    term('reason', 'list', ['reason', '原因'], desk('filter.reason'), ofVocabulary(vocabulary.suspensionReasons)),
    term('ci', 'one', ['ci', '配置项'], t('term.ci'), cis.map(({ id, name }) => named(id, name))),
    term('dep', 'flag', ['dependents', '依赖'], t('term.dependents'), yes),
    term('handoff', 'flag', ['handoff', '交接'], desk('filter.handoff'), yes),
    term('closed', 'flag', ['closed', '已关闭'], desk('filter.closed'), yes),
    term('unassigned', 'flag', ['unassigned', '未分派'], desk('filter.unassigned'), yes),
  ];
}
