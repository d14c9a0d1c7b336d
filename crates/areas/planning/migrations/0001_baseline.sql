-- Money and effect: items of the budget, requests for it, metrics of measures and what was measured.

create table budget_item (
  {ledger},
  title text not null default '',
  fiscal_year bigint,
  class text not null default '',
  treatment text references treatment(id),
  payment text not null default '',
  spot text not null default '',
  amount bigint,
  alternative text not null default '',
  department text references department(id),
  owner text references person(id),
  note text not null default '',
  state text not null default '',
  approved bigint,
  spent bigint,
  spent_on text not null default '',
  source_key text not null default ''
);
create index budget_item_list on budget_item (company_id, retired_at, fiscal_year, id);
create unique index budget_item_source on budget_item (company_id, source_key) where source_key <> '';
create index budget_item_treatment on budget_item (treatment);
create index budget_item_department on budget_item (department);
create index budget_item_owner on budget_item (owner);

create table budget_request (
  {ledger},
  title text not null default '',
  fiscal_year bigint,
  items text not null default '[]',
  amount bigint,
  state text not null default '',
  author text references person(id),
  wanted_by text not null default '',
  change_text text not null default '',
  concept_text text not null default '',
  priority_text text not null default '',
  peers_text text not null default '',
  threats_text text not null default '',
  appeal_text text not null default '',
  effect_text text not null default '',
  decided_on text not null default '',
  number bigint
);
create index budget_request_list on budget_request (company_id, retired_at, fiscal_year, id);
create index budget_request_author on budget_request (author);

create table metric (
  {ledger},
  name text not null default '',
  treatment text references treatment(id),
  department text references department(id),
  owner text references person(id),
  unit text not null default '',
  direction text not null default '',
  target double precision,
  how text not null default '',
  cadence text not null default '',
  before_value double precision,
  begun_on text not null default '',
  ends_on text not null default ''
);
create index metric_list on metric (company_id, retired_at, name);
create index metric_treatment on metric (treatment);
create index metric_department on metric (department);
create index metric_owner on metric (owner);

create table measurement (
  {ledger},
  name text not null default '',
  metric text references metric(id),
  department text references department(id),
  owner text references person(id),
  measured_on text not null default '',
  value double precision,
  note text not null default ''
);
create index measurement_list on measurement (company_id, retired_at, measured_on);
create unique index measurement_day on measurement (metric, measured_on) where retired_at = '';
create index measurement_department on measurement (department);
create index measurement_owner on measurement (owner);
