import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Every module that the given one reaches by static imports; packages by their names. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^'"]*['"]([^'"]+)['"]/gm)) {
    const path = name.startsWith('.') ? resolve(dirname(file), name) : name;
    if (reached.has(path)) continue;
    reached.add(path);
    if (name.startsWith('.') && existsSync(path) && !path.endsWith('.css')) reachedFrom(path, reached);
  }
  return reached;
}

const src = resolve(import.meta.dirname, '../..');

test('WBD-02 the board carries neither Apollo Client nor the router nor the desk pages', () => {
  const reached = [...reachedFrom(join(src, 'pages/board/mount-board.tsx'))];
  expect(reached).toContain('react-dom/client');
  expect(reached).toContain(join(src, 'lib/feed/feed-reader.ts'));
  expect(reached.filter((name) => /@apollo|react-virtual|recharts|^graphql$|generated\/desk|messages\/desk|\/app\//.test(name))).toEqual([]);
});

test('WBD-02 the entry reaches nothing heavy before it knows which page is asked for', () => {
  const reached = [...reachedFrom(join(src, 'main.tsx'))].map((name) => name.replace(`${src}/`, ''));
  expect(reached.sort()).toEqual(['lib/reload-guard.ts', 'theme/tokens.css']);
});
