import { describe, expect, test } from 'vitest';
import { bestPart, conceptsOf, highlight, indexedWords, likeness } from './knowledge-search.rules.ts';
import { foldWidth, stem, tokensOf } from './knowledge-tokens.rules.ts';

const terms = (text: string): string[] => tokensOf(text).map(({ term }) => term);

describe('KNW-06 words of a text', () => {
  test('KNW-06 Chinese by pairs of characters, the last one alone too', () => {
    expect(terms('打印机')).toEqual(expect.arrayContaining(['打印', '印机', '机']));
    expect(terms('纸')).toEqual(['纸']);
  });

  test('KNW-06 English without endings, codes whole and in parts, either width, either case', () => {
    expect(terms('Printers STOPPED')).toEqual(['printer', 'stop']);
    expect(terms('ORA-01555')).toEqual(['ora-01555', 'ora', '01555']);
    expect(terms('ＶＰＮ')).toEqual(['vpn']);
    expect(terms('Excel打开')).toEqual(expect.arrayContaining(['excel', '打开']));
  });

  test.each([['printing', 'print'], ['printed', 'print'], ['policies', 'policy'], ['status', 'status'], ['access', 'access'], ['string', 'string'], ['bed', 'bed'], ['configured', 'configur'], ['configure', 'configur'], ['0x80070002', '0x80070002']])(
    'KNW-06 %s is kept as %s', (word, kept) => {
      expect(stem(word)).toBe(kept);
    });

  test('KNW-06 positions are those of the original text', () => {
    const text = 'ＵＰＳ电池İ告警';
    expect(foldWidth(text)).toHaveLength(text.length);
    expect(tokensOf(text).filter(({ term }) => term === '告警').map(({ start, end }) => text.slice(start, end))).toEqual(['告警']);
  });
});

describe('KNW-06 what a query asks for', () => {
  test('KNW-06 a single character finds what begins with it; words that say nothing are left out', () => {
    expect(conceptsOf('锁').map(({ query }) => query)).toEqual([`'锁':*`]);
    expect(conceptsOf('how to fix the printer').map(({ query }) => query)).toEqual([`'fix'`, `'printer'`]);
    expect(conceptsOf('怎么').map(({ query }) => query)).toEqual([`'怎么'`, `'么':*`]);
    expect(conceptsOf('  ， ！')).toEqual([]);
  });

  test('KNW-06 synonyms are one concept in both languages; a Latin phrase within a word is none', () => {
    const synonyms = [['蓝屏', 'blue screen', 'BSOD'], ['RAM', '内存']];
    expect(conceptsOf('蓝屏', synonyms).map(({ query }) => query)).toEqual([`('蓝屏') | ('blue' & 'screen') | ('bsod')`]);
    expect(conceptsOf('program', synonyms).map(({ query }) => query)).toEqual([`'program'`]);
  });

  test('KNW-06 quotes and backslashes cannot leave their lexeme', () => {
    expect(conceptsOf("o'brien").map(({ query }) => query)[0]).toBe(`'o''brien'`);
    expect(indexedWords({ title: "o'brien", symptom: '', cause: '', solution: '', prevention: '' })).toContain(`'o''brien':1A`);
  });

  test('KNW-06 the title weighs most, then the symptom', () => {
    const words = indexedWords({ title: '卡纸', symptom: '卡纸', cause: '卡纸', solution: '', prevention: '卡纸' });
    expect(words.split(' ').find((word) => word.startsWith(`'卡纸'`))).toBe(`'卡纸':1A,3B,5C,7D`);
  });
});

describe('KNW-06 hits', () => {
  test('KNW-06 what was asked for is marked, neighbours joined', () => {
    expect(highlight('打印机卡纸 paper jams', new Set(['打印', '印机', 'jam']), 100)).toEqual([{ text: '打印机', hit: true }, { text: '卡纸 paper ', hit: false }, { text: 'jams', hit: true }]);
  });

  test('KNW-06 a single character marks itself, within a word and at its end', () => {
    expect(highlight('写满了，占满', new Set(['满']), 100)).toEqual([{ text: '写', hit: false }, { text: '满', hit: true }, { text: '了，占', hit: false }, { text: '满', hit: true }]);
  });

  test('KNW-06 a long text is cut around its first hit', () => {
    const segments = highlight(`${'无关'.repeat(200)}卡纸${'之后'.repeat(200)}`, new Set(['卡纸']), 40);
    expect(segments.map(({ text }) => text).join('')).toHaveLength(44);
    expect(segments.find(({ hit }) => hit)?.text).toBe('卡纸');
    expect([segments.at(0)?.text, segments.at(-1)?.text]).toEqual(['… ', ' …']);
  });

  test('KNW-06 the part with the most of what was asked for answers best', () => {
    expect(bestPart({ symptom: '卡纸', cause: '搓纸轮磨损', solution: '更换搓纸轮', prevention: '' }, new Set(['搓纸', '更换']))).toBe('solution');
    expect(bestPart({ symptom: 'a', cause: 'b', solution: 'c', prevention: 'd' }, new Set(['zz']))).toBe('symptom');
  });
});

describe('KNW-04 likeness', () => {
  test('KNW-04 the same is 1, nothing in common 0, a symptom that is not written yet leaves the short description', () => {
    const one = { shortDescription: '打印机卡纸', symptom: '每打印几页就卡纸' };
    expect(likeness(one, one)).toBe(1);
    expect(likeness(one, { shortDescription: '域账号锁定', symptom: '改密码后锁定' })).toBe(0);
    expect(likeness({ ...one, symptom: '' }, one)).toBe(1);
  });

  test('KNW-04 another subject with the same wording of the symptom stays far below', () => {
    expect(likeness({ shortDescription: '门禁读卡器离线', symptom: '现场无法使用' }, { shortDescription: '传真线路忙音', symptom: '现场无法使用' })).toBeCloseTo(0.4, 5);
  });
});
