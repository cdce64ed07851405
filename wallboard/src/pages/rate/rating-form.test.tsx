import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { Route, Routes } from '../../app/router.tsx';
import { RatePage } from './rate-page.tsx';

afterEach(cleanup);

const answer = (...userErrors: readonly object[]) => ({ answerSatisfaction: { __typename: 'AnswerSatisfactionPayload', taken: userErrors.length === 0, userErrors } });

function open(reply: Record<string, unknown>) {
  return renderDesk(<Routes><Route path="/rate/:secret" element={<RatePage />} /></Routes>, { at: '/rate/s3cret', answers: { AnswerSatisfaction: () => reply } });
}

test('INC-17 the page behind the link sends the score with the secret and says thank you', async () => {
  const { asked } = open(answer());
  fireEvent.click(screen.getByLabelText('4 good'));
  fireEvent.change(screen.getByLabelText(/Remarks/), { target: { value: ' Quick. ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await screen.findByText('Thank you for your rating.');
  expect(asked[0]).toMatchObject({ name: 'AnswerSatisfaction', variables: { input: { secret: 's3cret', score: 4, text: 'Quick.' } } });
});

test('INC-17 a link that was used says so, and what was typed stays', async () => {
  open(answer({ __typename: 'UserError', code: 'NOT_FOUND', message: 'This link is not valid, or it has been used already.', field: 'secret' }));
  fireEvent.click(screen.getByLabelText('1 very poor'));
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await screen.findByText('This link is not valid, or it has been used already.');
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('1 very poor').checked).toBe(true));
});
