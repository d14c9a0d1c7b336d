-- Approvals: the company's routes, requests under way and decided, deputies.
-- People and security roles are named without a foreign key: their tables belong to a floor above this engine.

create table approval_route (
  {ledger},
  name text not null default '',
  kind text not null default '',
  from_amount bigint,
  expires_after bigint,
  note text not null default ''
);
create index approval_route_list on approval_route (company_id, retired_at, kind);

create table approval_route_step (
  {ledger},
  summary text not null default '',
  route text references approval_route(id),
  position bigint,
  kind text not null default '',
  manager bigint not null default 0,
  roles text not null default '[]',
  accounts text not null default '[]',
  people text not null default '[]',
  days bigint
);
create index approval_route_step_list on approval_route_step (company_id, retired_at, position);
create index approval_route_step_route on approval_route_step (route);

create table approval (
  {ledger},
  title text not null default '',
  kind text not null default '',
  ledger text not null default '',
  row_id text not null default '',
  link text not null default '',
  amount bigint,
  state text not null default '',
  proposed_by text,
  proposer_user text not null default '',
  proposer_name text not null default '',
  proposed_at text not null default '',
  reason text not null default '',
  department text not null default '',
  facts text not null default '',
  route text references approval_route(id),
  route_name text not null default '',
  route_version bigint,
  round bigint,
  expires_on text not null default '',
  decided_at text not null default '',
  decided_name text not null default '',
  outcome text not null default ''
);
create index approval_list on approval (company_id, retired_at, proposed_at);
create index approval_row on approval (company_id, row_id, proposed_at);
create index approval_state on approval (company_id, state);
create index approval_route_used on approval (route);

create table approval_step (
  {ledger},
  label text not null default '',
  approval text references approval(id),
  round bigint,
  position bigint,
  kind text not null default '',
  state text not null default '',
  due text not null default '',
  days bigint,
  decided_by text,
  decided_user text not null default '',
  decided_name text not null default '',
  on_behalf text not null default '',
  comment text not null default '',
  decided_at text not null default '',
  reminded_on text not null default '',
  spec text not null default '',
  deciders text not null default ''
);
create index approval_step_list on approval_step (company_id, retired_at, approval);
create index approval_step_approval on approval_step (approval);
create index approval_step_state on approval_step (company_id, state);

create table deputy (
  {ledger},
  summary text not null default '',
  person text,
  deputy text,
  starts text not null default '',
  ends text not null default '',
  reason text not null default ''
);
create index deputy_list on deputy (company_id, retired_at, ends);
create index deputy_person on deputy (company_id, person);
