-- The tables that every area stands on. Text columns hold ids (UUIDv7), dates (ISO 8601), instants (RFC 3339 UTC) and JSON;
-- the reasons are in docs/decisions/0003-text-columns.md. Tables with company_id get row-level security on PostgreSQL.

create table company (
  id text primary key,
  code text not null unique,
  name text not null,
  name_kana text not null default '',
  industry text not null default '',
  headcount bigint not null default 0,
  fiscal_start_month bigint not null default 4,
  lang text not null default 'ja',
  doc_prefix text not null default '',
  created_at text not null,
  version bigint not null default 1,
  archived_at text not null default ''
);

create table setting (
  company_id text not null references company(id),
  key text not null,
  value text not null,
  updated_at text not null,
  primary key (company_id, key)
);

create table user_account (
  id text primary key,
  login text not null unique,
  name text not null,
  email text not null default '',
  password_hash text not null default '',
  password_changed_at text not null default '',
  must_change_password bigint not null default 0,
  totp_secret text not null default '',
  totp_confirmed_at text not null default '',
  totp_last_step bigint not null default 0,
  recovery_codes text not null default '[]',
  failures bigint not null default 0,
  locked_until text not null default '',
  lang text not null default 'ja',
  installation_admin bigint not null default 0,
  disabled_at text not null default '',
  last_login_at text not null default '',
  created_at text not null
);
create index user_account_email on user_account (email);

create table membership (
  user_id text not null references user_account(id),
  company_id text not null references company(id),
  roles text not null,
  person_id text,
  created_at text not null,
  ended_at text not null default '',
  primary key (user_id, company_id)
);
create index membership_company on membership (company_id);

create table session (
  token_hash text primary key,
  id text not null unique,
  user_id text not null references user_account(id),
  company_id text,
  created_at text not null,
  seen_at text not null,
  expires_at text not null,
  address text not null default '',
  agent text not null default '',
  second_factor bigint not null default 0
);
create index session_by_user on session (user_id);

create table password_reset (
  token_hash text primary key,
  user_id text not null references user_account(id),
  created_at text not null,
  expires_at text not null,
  used_at text not null default ''
);

create table api_token (
  id text primary key,
  token_hash text not null unique,
  user_id text not null references user_account(id),
  company_id text not null references company(id),
  name text not null,
  scope text not null,
  created_at text not null,
  expires_at text not null default '',
  last_used_at text not null default '',
  revoked_at text not null default ''
);
create index api_token_user on api_token (user_id);

create table throttle (
  key text primary key,
  count bigint not null,
  window_start text not null
);

create table change_head (
  company_id text primary key references company(id),
  seq bigint not null,
  hash text not null
);

create table change_log (
  company_id text not null references company(id),
  seq bigint not null,
  at text not null,
  user_id text not null,
  actor text not null,
  origin text not null,
  action text not null,
  ledger text not null,
  row_id text not null,
  label text not null,
  diff text not null,
  prev_hash text not null,
  hash text not null,
  primary key (company_id, seq)
);
create index change_log_row on change_log (company_id, row_id, seq);

create table event_outbox (
  id text primary key,
  company_id text not null references company(id),
  name text not null,
  payload text not null,
  created_at text not null,
  done_at text not null default ''
);
create index event_outbox_open on event_outbox (done_at, id);

create table job (
  id text primary key,
  company_id text not null references company(id),
  kind text not null,
  dedupe text not null default '',
  payload text not null,
  state text not null,
  progress bigint not null default 0,
  total bigint not null default 0,
  outcome text not null default '',
  error text not null default '',
  attempts bigint not null default 0,
  created_by text not null default '',
  created_at text not null,
  run_at text not null,
  started_at text not null default '',
  finished_at text not null default ''
);
create index job_open on job (state, run_at);

create table mail (
  id text primary key,
  company_id text not null references company(id),
  recipient text not null,
  subject text not null,
  body text not null,
  state text not null,
  attempts bigint not null default 0,
  error text not null default '',
  created_at text not null,
  run_at text not null,
  sent_at text not null default ''
);
create index mail_open on mail (state, run_at);

create table notice (
  id text primary key,
  company_id text not null references company(id),
  user_id text not null,
  dedupe text not null default '',
  title text not null,
  body text not null default '',
  link text not null default '',
  created_at text not null,
  read_at text not null default ''
);
create index notice_user on notice (company_id, user_id, read_at);

create table stored_file (
  hash text primary key,
  size bigint not null,
  created_at text not null
);

create table attachment (
  id text primary key,
  company_id text not null references company(id),
  ledger text not null,
  row_id text not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  hash text not null,
  created_by text not null,
  created_by_name text not null,
  created_at text not null,
  removed_at text not null default ''
);
create index attachment_row on attachment (company_id, row_id);

create table comment (
  id text primary key,
  company_id text not null references company(id),
  ledger text not null,
  row_id text not null,
  body text not null,
  created_by text not null,
  created_by_name text not null,
  created_at text not null
);
create index comment_row on comment (company_id, row_id);

create table saved_view (
  id text primary key,
  company_id text not null references company(id),
  ledger text not null,
  user_id text not null,
  name text not null,
  shared bigint not null default 0,
  query text not null,
  created_at text not null
);
create index saved_view_ledger on saved_view (company_id, ledger);

create table extra_field (
  id text primary key,
  company_id text not null references company(id),
  ledger text not null,
  key text not null,
  ja text not null,
  en text not null,
  kind text not null,
  choices text not null default '[]',
  required bigint not null default 0,
  position bigint not null default 0,
  created_at text not null,
  retired_at text not null default '',
  unique (company_id, ledger, key)
);

create table choice_label (
  company_id text not null references company(id),
  choice_set text not null,
  code text not null,
  ja text not null,
  en text not null,
  hidden bigint not null default 0,
  primary key (company_id, choice_set, code)
);

create table link (
  company_id text not null references company(id),
  from_ledger text not null,
  from_id text not null,
  field text not null,
  to_ledger text not null,
  to_id text not null,
  primary key (company_id, from_id, field, to_id)
);
create index link_to on link (company_id, to_id);

create table import_batch (
  id text primary key,
  company_id text not null references company(id),
  ledger text not null,
  file_name text not null,
  file_hash text not null,
  mapping text not null default '{}',
  state text not null,
  summary text not null default '{}',
  created_by text not null,
  created_at text not null,
  finished_at text not null default ''
);

create table search_doc (
  doc_no bigint primary key,
  company_id text not null references company(id),
  ledger text not null,
  row_id text not null,
  title text not null,
  subtitle text not null default '',
  department_id text not null default '',
  owner_id text not null default '',
  classification bigint not null default 0
);
create unique index search_doc_row on search_doc (company_id, row_id);

create table backup_record (
  id text primary key,
  at text not null,
  file text not null,
  size bigint not null,
  sha256 text not null,
  encrypted bigint not null,
  verified_at text not null default '',
  note text not null default ''
);
