import { useMutation, useQuery } from '@apollo/client/react';
import { FollowingDocument, FollowRecordDocument, UnfollowRecordDocument } from '../../graphql/generated/desk/graphql.ts';
import { useTicketWords } from './ticket-words.ts';

/** INC-21: follow a record, or no longer; and how many do. */
export function FollowButton({ id }: { readonly id: string }) {
  const t = useTicketWords();
  const { data, refetch } = useQuery(FollowingDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const [follow, following] = useMutation(FollowRecordDocument);
  const [unfollow, unfollowing] = useMutation(UnfollowRecordDocument);
  const state = data?.following;
  if (state == null) return null;
  const toggle = async (): Promise<void> => {
    await (state.mine ? unfollow : follow)({ variables: { input: { id } } });
    await refetch();
  };
  return (
    <span className="follow-line">
      <button type="button" aria-pressed={state.mine} disabled={following.loading || unfollowing.loading} onClick={() => void toggle()}>
        <span aria-hidden="true">{state.mine ? '★ ' : '☆ '}</span>{t(state.mine ? 'follow.off' : 'follow.on')}
      </button>
      {state.followers === 0 ? null : <small>{t('follow.count', { count: state.followers })}</small>}
    </span>
  );
}
