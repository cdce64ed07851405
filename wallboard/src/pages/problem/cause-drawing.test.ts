import { describe, expect, test } from 'vitest';
import { headLines, isFishbone, isFiveWhys, isPareto, placeFishbone, type Cause } from './cause-drawing.ts';

const cause = (text: string, subs: readonly string[] = []): Cause => ({ text, evidence: '', verdict: 'open', causes: subs.map((sub) => ({ text: sub, evidence: '', verdict: 'open' })) });

describe('PRB-02 a fishbone is drawn', () => {
  test('PRB-02 bones alternate above and below the spine; every cause has a line of its own within the picture', () => {
    const placed = placeFishbone({ effect: 'x', categories: [{ name: 'a', causes: [cause('1', ['1a', '1b']), cause('2')] }, { name: 'b', causes: [cause('3')] }, { name: 'c', causes: [] }] });
    expect(placed.bones.map(({ above }) => above)).toEqual([true, false, true]);
    for (const bone of placed.bones) {
      expect(new Set(bone.causes.map(({ y1 }) => y1)).size).toBe(bone.causes.length);
      for (const { x1, y1, x2 } of bone.causes) {
        expect([x1 >= 0, x1 < x2, y1 > 0, y1 < placed.height, bone.above ? y1 < placed.spineY : y1 > placed.spineY]).toEqual([true, true, true, true, true]);
      }
    }
    expect(placed.bones[0]!.causes.map(({ text, depth }) => `${text} ${depth}`)).toEqual(['1 1', '1a 2', '1b 2', '2 1']);
  });

  test('PRB-02 no two bones on the same side share room', () => {
    const placed = placeFishbone({ effect: 'x', categories: Array.from({ length: 8 }, (_, n) => ({ name: `${n}`, causes: Array.from({ length: 8 }, (__, m) => cause(`${n}.${m}`)) })) });
    const above = placed.bones.filter((bone) => bone.above);
    for (const [index, bone] of above.entries()) {
      const next = above[index + 1];
      if (next) expect(next.x2).toBeLessThan(Math.min(...bone.causes.map(({ x1 }) => x1)));
    }
    expect(Math.min(...placed.bones.flatMap(({ causes }) => causes.map(({ x1 }) => x1)))).toBeGreaterThanOrEqual(0);
  });

  test('PRB-02 bodies are told apart', () => {
    expect([isFishbone({ effect: '', categories: [] }), isFishbone({ effect: '', whys: [] }), isFiveWhys({ effect: '', whys: [] }), isPareto({ by: 'ci', bars: [] }), isPareto(null)]).toEqual([true, false, true, true, false]);
  });
});

describe('PRB-02 the head of a fishbone', () => {
  test.each([
    ['short', ['short']],
    ['文件服务器风扇故障 · File server: fan fault', ['文件服务器风扇故障 · File', 'server: fan fault']],
    ['一二三四五六七八九十一二三四', ['一二三四五六七八九十一二三四']],
    ['一二三四五六七八九十一二三四五', ['一二三四五六七八九十一二三四', '五']],
    ['一二三四五六七八九十一二三四一二三四五六七八九十一二三四五', ['一二三四五六七八九十一二三四', '一二三四五六七八九十一二三…']],
  ])('PRB-02 %s stands in %j', (text, lines) => {
    expect(headLines(text)).toEqual(lines);
  });
});
