import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../app/desk.fixture.tsx';
import { RefusalText } from './refusal-text.tsx';

afterEach(cleanup);

const shown = (locale: 'zh-CN' | 'en', code: string): string | null => {
  renderDesk(<p data-testid="refusal"><RefusalText code={code} message="&quot;text&quot; is required." /></p>, { locale });
  return screen.getByTestId('refusal').textContent;
};

test('WBD-09 a Chinese page says in Chinese why, with the values beside it', () => {
  expect(shown('zh-CN', 'MISSING_FIELD')).toBe('还缺少必填内容。 "text" is required.');
});

test('WBD-09 an English page shows the sentence as it is; so does any page for a code that it does not know', () => {
  expect(shown('en', 'MISSING_FIELD')).toBe('"text" is required.');
  cleanup();
  expect(shown('zh-CN', 'SOMETHING_NEW')).toBe('"text" is required.');
});
