import { TEXT_PARTS, type ArticleText, type TextPart } from './knowledge.rules.ts';

/** What does not belong into an article (KNW-04). */
export type FindingKind = 'customer' | 'person' | 'date-time' | 'question-answer' | 'watermark';

export interface WordingFinding {
  readonly kind: FindingKind;
  /** As it stands in the text. */
  readonly word: string;
  readonly part: TextPart;
  /** Half-open, in characters of that part. */
  readonly start: number;
  readonly end: number;
  /** In the handling (cause and solution), where it stops the article; elsewhere it is a hint. */
  readonly stops: boolean;
}

/** What the check looks for besides patterns: names come from the records, marks from the policy. */
export interface KnownNames {
  readonly customers: readonly string[];
  readonly people: readonly string[];
  readonly watermarks: readonly string[];
}

const HANDLING: readonly TextPart[] = ['cause', 'solution'];

const HOUR_OF_DAY = '(?:[01]?\\d|2[0-3])';
const MONTHS = 'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
/** A year alone is part of many product names (SQL Server 2019) and stays; so do version numbers and MAC addresses. */
const DATE_TIMES = [
  /(?<![\d.])(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![\d.])(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?/g,
  /(?:(?:19|20)\d{2}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]/g,
  /(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?!\s*\d{1,2}\s*[日号])/g,
  new RegExp(`(?:凌晨|早上|上午|中午|下午|晚上|晚|早)?\\s*${HOUR_OF_DAY}\\s*[点时]\\s*(?:[0-5]?\\d\\s*分|半|整)`, 'g'),
  new RegExp(`(?:凌晨|早上|上午|中午|下午|晚上)\\s*${HOUR_OF_DAY}\\s*[点时]`, 'g'),
  new RegExp(`(?<![\\w:.])${HOUR_OF_DAY}:[0-5]\\d(?::[0-5]\\d)?(?:\\s?[AaPp][Mm])?(?![\\w:.])`, 'g'),
  new RegExp(`\\b(?:${MONTHS})\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+(?:19|20)\\d{2})?\\b`, 'g'),
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?\\s+(?:${MONTHS})\\b(?:,?\\s+(?:19|20)\\d{2})?`, 'g'),
  /昨天|前天|上周[一二三四五六日天]?|yesterday/gi,
] as const;

/** "访问：" and "drive A:\" are none; a question or answer begins a sentence. */
const QUESTION_ANSWER = /(?<!\p{Script=Han})(?:问题?|答|提问|回答|客户问|工程师答)\s*[0-9一二三四五六七八九十]{0,2}\s*[:：]|(?<![\p{L}\p{N}])[QA]\d{0,2}\s*[:：](?!\\)|\b(?:Question|Answer)\s*\d{0,2}\s*[:：]/gu;

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
/** How colleagues and customers are called: 王工, 张经理, 李女士. 王工作 and 张总线 are something else. */
const CALLED = new RegExp(`(?<=^|[^\\p{Script=Han}]|[由请找问给让和跟与向对经及的是])[${SURNAMES}](?:主任|经理|总监|工(?![作程具单时艺业])|总(?![线量部是数额计共结会体之的]))`, 'gu');
/** What follows a surname and nothing else. */
const ADDRESSED = new RegExp(`[${SURNAMES}](?:先生|女士|小姐|老师)`, 'gu');
const MISTER = /\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z][a-z]+/g;

/** Every place where the text holds what it should not, in the order of the text; each place once. */
export function wordingFindings(text: ArticleText, names: KnownNames): WordingFinding[] {
  return TEXT_PARTS.flatMap((part) => {
    const stops = HANDLING.includes(part);
    const found = [
      ...namesIn(text[part], names.customers).map((place) => ({ kind: 'customer' as const, ...place })),
      ...namesIn(text[part], names.people).map((place) => ({ kind: 'person' as const, ...place })),
      ...matches(text[part], [CALLED, ADDRESSED, MISTER]).map((place) => ({ kind: 'person' as const, ...place })),
      ...matches(text[part], DATE_TIMES).map((place) => ({ kind: 'date-time' as const, ...place })),
      ...matches(text[part], [QUESTION_ANSWER]).map((place) => ({ kind: 'question-answer' as const, ...place })),
      ...namesIn(text[part], names.watermarks).map((place) => ({ kind: 'watermark' as const, ...place })),
    ];
    return withoutOverlaps(found).map((place) => ({ ...place, part, stops }));
  });
}

/** What still stops the article: findings in the handling whose word the author has not kept on purpose. */
export function stoppingFindings(findings: readonly WordingFinding[], keptWords: readonly string[]): WordingFinding[] {
  const kept = new Set(keptWords.map((word) => word.toLowerCase()));
  return findings.filter(({ stops, word }) => stops && !kept.has(word.toLowerCase()));
}

interface Place {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

function matches(text: string, patterns: readonly RegExp[]): Place[] {
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(({ 0: word, index }) => {
    const lead = word.length - word.trimStart().length;
    return { word: word.trim(), start: index + lead, end: index + lead + word.trim().length };
  }));
}

/** Case does not matter; a name in Latin letters stands between other characters. One character is no name. */
function namesIn(text: string, names: readonly string[]): Place[] {
  const lower = text.toLowerCase();
  return names.map((name) => name.trim()).filter((name) => name.length >= 2).flatMap((name) => {
    const places: Place[] = [];
    const wanted = name.toLowerCase();
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length;
      if (!isWithinWord(lower, at, end)) places.push({ word: text.slice(at, end), start: at, end });
    }
    return places;
  });
}

function isWithinWord(text: string, start: number, end: number): boolean {
  const letter = /[a-z0-9]/;
  const opens = letter.test(text[start] ?? '') && letter.test(text[start - 1] ?? '');
  const closes = letter.test(text[end - 1] ?? '') && letter.test(text[end] ?? '');
  return opens || closes;
}

/** Of places that overlap the longer one counts. */
function withoutOverlaps<Found extends Place>(found: readonly Found[]): Found[] {
  const longestFirst = found.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: Found[] = [];
  for (const one of longestFirst) if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  return kept.toSorted((a, b) => a.start - b.start);
}

/** A person is known by name with what is added in brackets left out: 冯宇（厂商接口） is 冯宇. */
export function bareName(name: string): string {
  return name.replace(/[（(].*$/u, '').trim();
}
