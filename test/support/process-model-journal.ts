/**
 * What the database itself saw, so that the check asks no code of ours: every change of a state, of a version and of `closed_at`, in the
 * order of its writing; and the commands that were answered with success, with the version that each was based on.
 */
export const JOURNAL = `
create table model_journal (
  seq bigint generated always as identity primary key, kind text not null, record_id uuid not null, fact text not null, before text, after text, tx bigint not null default txid_current()
);
create index on model_journal (record_id, fact);
create table model_success (record_id uuid not null, expected_version int not null, action text not null, actor text not null);
create index on model_success (record_id);
create function model_state() returns trigger language plpgsql as $$
declare
  was jsonb := to_jsonb(old);
  is_now jsonb := to_jsonb(new);
  fact text := tg_argv[1];
  key text := tg_argv[2];
begin
  if was->>fact is distinct from is_now->>fact then
    insert into model_journal (kind, record_id, fact, before, after) values (tg_argv[0], (is_now->>key)::uuid, fact, was->>fact, is_now->>fact);
  end if;
  return null;
end $$;
create trigger model_change after update on change for each row execute function model_state('change', 'state', 'ticket_id');
create trigger model_release after update on release for each row execute function model_state('release', 'state', 'ticket_id');
create trigger model_problem after update on problem for each row execute function model_state('problem', 'stage', 'ticket_id');
create trigger model_incident after update on incident for each row execute function model_state('incident', 'state', 'ticket_id');
create trigger model_article after update on knowledge_article for each row execute function model_state('knowledge', 'state', 'id');
create trigger model_article_version after update on knowledge_article for each row execute function model_state('knowledge', 'version', 'id');
create trigger model_ticket_version after update on ticket for each row execute function model_state('ticket', 'version', 'id');
create trigger model_ticket_closed after update on ticket for each row execute function model_state('ticket', 'closed_at', 'id');
`;
