import { Migration } from '@mikro-orm/migrations';

/** Knowledge articles with their tree, texts, feedback, files and search index (KNW). */
export class Knowledge extends Migration {
  override up(): void {
    this.addSql('create sequence knowledge_number');
    this.addSql(`create table "knowledge_category" ("id" uuid not null, "key" text not null, "parent_id" uuid null, "name_zh" text not null, "name" text not null, "position" int not null, "active" boolean not null default true, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`alter table "knowledge_category" add constraint "knowledge_category_key_unique" unique ("key")`);
    this.addSql(`create index "knowledge_category_parent_id_position_index" on "knowledge_category" ("parent_id", "position")`);
    this.addSql(`create table "knowledge_article" ("id" uuid not null, "number" text not null, "state" text not null, "kind" text not null, "category_id" uuid not null, "system_type" text not null, "fault_type" text not null, "source" text not null, "source_note" text null, "problem_id" uuid null, "customer_id" uuid null, "short_description" text not null, "title" text not null, "symptom" text not null, "cause" text not null, "solution" text not null, "prevention" text not null, "open_to_customers" boolean not null default false, "author_id" text not null, "author_name" text not null, "writer_ids" jsonb not null, "reviewer_id" text null, "reviewer_name" text null, "kept_words" jsonb not null, "distinct_from" jsonb not null, "worth" jsonb not null, "review_note" text null, "revision" int not null, "published_revision" int null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "submitted_at" timestamptz(3) null, "published_at" timestamptz(3) null, "review_due_at" timestamptz(3) null, "retired_at" timestamptz(3) null, "merged_into_id" uuid null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_number_unique" unique ("number")`);
    this.addSql(`create index "knowledge_article_category_id_index" on "knowledge_article" ("category_id")`);
    this.addSql(`create index "knowledge_article_state_updated_at_index" on "knowledge_article" ("state", "updated_at")`);
    this.addSql(`create index "knowledge_article_state_review_due_at_index" on "knowledge_article" ("state", "review_due_at")`);
    this.addSql(`create index "knowledge_article_problem_id_index" on "knowledge_article" ("problem_id")`);
    this.addSql(`create index "knowledge_article_customer_id_index" on "knowledge_article" ("customer_id")`);
    this.addSql(`create table "knowledge_feedback" ("id" uuid not null, "article_id" uuid not null, "revision" int not null, "verdict" text not null, "comment" text null, "person_id" text not null, "person_name" text not null, "given_at" timestamptz(3) not null, "answer" text null, "answered_by" text null, "answered_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`alter table "knowledge_feedback" add constraint "knowledge_feedback_article_id_revision_person_id_unique" unique ("article_id", "revision", "person_id")`);
    this.addSql(`create table "knowledge_file" ("id" uuid not null, "article_id" uuid not null, "name" text not null, "media_type" text not null, "size" int not null, "sha256" text not null, "content" bytea not null, "added_by" text not null, "added_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`alter table "knowledge_file" add constraint "knowledge_file_article_id_name_unique" unique ("article_id", "name")`);
    this.addSql(`create table "knowledge_index" ("article_id" uuid not null, "words" tsvector not null, primary key ("article_id"))`);
    this.addSql(`create index "knowledge_index_words" on "knowledge_index" using gin ("words")`);
    this.addSql(`create table "knowledge_origin" ("id" uuid not null, "article_id" uuid not null, "record_id" uuid null, "number" text not null, primary key ("id"))`);
    this.addSql(`alter table "knowledge_origin" add constraint "knowledge_origin_article_id_number_unique" unique ("article_id", "number")`);
    this.addSql(`create table "knowledge_revision" ("id" uuid not null, "article_id" uuid not null, "revision" int not null, "title" text not null, "symptom" text not null, "cause" text not null, "solution" text not null, "prevention" text not null, "note" text null, "written_by" text not null, "written_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`alter table "knowledge_revision" add constraint "knowledge_revision_article_id_revision_unique" unique ("article_id", "revision")`);
    this.addSql(`create table "knowledge_synonym" ("id" uuid not null, "phrases" jsonb not null, primary key ("id"))`);
    this.addSql(`create table "knowledge_use" ("id" uuid not null, "article_id" uuid not null, "person_id" text not null, "person_name" text not null, "record_number" text not null, "used_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`alter table "knowledge_use" add constraint "knowledge_use_article_id_person_id_record_number_unique" unique ("article_id", "person_id", "record_number")`);
    this.addSql(`create table "knowledge_reviewer" ("id" uuid not null, "person_id" uuid not null, "category_id" uuid null, "appointed_by" text not null, "appointed_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`create index "knowledge_reviewer_person_id_index" on "knowledge_reviewer" ("person_id")`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_category_id_foreign" foreign key ("category_id") references "knowledge_category" ("id")`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_customer_id_foreign" foreign key ("customer_id") references "customer" ("id") on delete set null`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_state_check" check ("state" in ('draft', 'submitted', 'in-review', 'published', 'due-for-review', 'retired', 'merged'))`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_kind_check" check ("kind" in ('hardware', 'software', 'other'))`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_system_type_check" check ("system_type" in ('system-software', 'application-software', 'consulting', 'other'))`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_fault_type_check" check ("fault_type" in ('hardware', 'software', 'server', 'database', 'client', 'network', 'security', 'configuration', 'other'))`);
    this.addSql(`alter table "knowledge_article" add constraint "knowledge_article_source_check" check ("source" in ('problem', 'own-experience', 'public-case'))`);
    this.addSql(`alter table "knowledge_feedback" add constraint "knowledge_feedback_article_id_foreign" foreign key ("article_id") references "knowledge_article" ("id")`);
    this.addSql(`alter table "knowledge_feedback" add constraint "knowledge_feedback_verdict_check" check ("verdict" in ('helped', 'did-not-help', 'wrong'))`);
    this.addSql(`alter table "knowledge_file" add constraint "knowledge_file_article_id_foreign" foreign key ("article_id") references "knowledge_article" ("id")`);
    this.addSql(`alter table "knowledge_index" add constraint "knowledge_index_article_id_foreign" foreign key ("article_id") references "knowledge_article" ("id") on update cascade on delete cascade`);
    this.addSql(`alter table "knowledge_origin" add constraint "knowledge_origin_article_id_foreign" foreign key ("article_id") references "knowledge_article" ("id")`);
    this.addSql(`alter table "knowledge_revision" add constraint "knowledge_revision_article_id_foreign" foreign key ("article_id") references "knowledge_article" ("id")`);
    this.addSql(`alter table "knowledge_use" add constraint "knowledge_use_article_id_foreign" foreign key ("article_id") references "knowledge_article" ("id")`);
    this.addSql(`alter table "knowledge_reviewer" add constraint "knowledge_reviewer_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`alter table "knowledge_reviewer" add constraint "knowledge_reviewer_category_id_foreign" foreign key ("category_id") references "knowledge_category" ("id") on delete set null`);
  }
}
