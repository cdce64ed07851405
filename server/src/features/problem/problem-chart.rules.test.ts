import { describe, expect, test } from 'vitest';
import { causeOf, paretoBars, parseChart } from './problem-chart.rules.ts';

const why = (because: string) => ({ because });
const bone = (texts: readonly string[]) => ({ effect: 'Mail stops', categories: [{ name: 'Machine', causes: texts.map((text) => ({ text })) }] });
const refusal = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('PRB-02 drawn methods', () => {
  test('PRB-02 five whys: a chain of two to seven, the last is the cause', () => {
    for (const [length, allowed] of [[1, false], [2, true], [7, true], [8, false]] as const) {
      const body = { effect: 'Mail stops', whys: Array.from({ length }, (_, n) => why(`because ${n}`)) };
      const result = refusal(() => causeOf('five-whys', parseChart('five-whys', body)));
      if (allowed) expect(result).toBe(`because ${length - 1}`);
      else expect(result).toMatchObject({ code: 'INVALID_INPUT', field: 'body.whys' });
    }
  });

  test('PRB-02 fishbone: the cause is what was found to be the root, at either depth; open until then', () => {
    const open = parseChart('fishbone', bone(['Disk full', 'Power']));
    expect(causeOf('fishbone', open)).toBeNull();
    expect(open.categories[0]!.causes[0]).toEqual({ text: 'Disk full', evidence: '', verdict: 'open', causes: [] });
    const deep = parseChart('fishbone', { effect: 'Mail stops', categories: [{ name: 'Method', causes: [{ text: 'Disk full', verdict: 'contributing', causes: [{ text: 'No rotation', verdict: 'root', evidence: 'logrotate.conf is empty' }] }] }] });
    expect(causeOf('fishbone', deep)).toBe('No rotation');
  });

  test('PRB-02 a refusal names the place: empty texts, too many bones, a word that is no verdict, fields that nobody knows', () => {
    expect(refusal(() => parseChart('fishbone', bone([' '])))).toMatchObject({ code: 'INVALID_INPUT', field: 'body.categories.0.causes.0.text' });
    expect(refusal(() => parseChart('fishbone', bone(Array.from({ length: 9 }, () => 'x'))))).toMatchObject({ field: 'body.categories.0.causes' });
    expect(refusal(() => parseChart('fishbone', { ...bone([]), categories: [] }))).toMatchObject({ field: 'body.categories' });
    expect(refusal(() => parseChart('fishbone', { effect: 'x', categories: [{ name: 'y', causes: [{ text: 'z', verdict: 'perhaps' }] }] }))).toMatchObject({ field: 'body.categories.0.causes.0.verdict' });
    expect(refusal(() => parseChart('five-whys', { effect: 'x', whys: [why('a'), why('b')], colour: 'red' }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(refusal(() => parseChart('pareto', { by: 'weather', conclusion: 'x' }))).toMatchObject({ field: 'body.by' });
    expect(refusal(() => parseChart('five-whys', null))).toMatchObject({ field: 'body' });
  });

  test('PRB-02 Pareto: most frequent first, ties by label, shares add up to 100', () => {
    expect(paretoBars([{ value: 'c', label: 'C', count: 1 }, { value: 'b', label: 'B', count: 4 }, { value: 'a', label: 'A', count: 1 }])).toEqual([
      { value: 'b', label: 'B', count: 4, cumulativePercent: 66.7 }, { value: 'a', label: 'A', count: 1, cumulativePercent: 83.3 }, { value: 'c', label: 'C', count: 1, cumulativePercent: 100 },
    ]);
    expect(paretoBars([])).toEqual([]);
  });
});
