-- The risk area: the two small sheets of the IPA method, the versions of the method, treatments and acceptances.

create table threat_level (
  {ledger},
  name text not null default '',
  storage text not null default '',
  level text not null default '',
  threats text not null default '',
  reason text not null default '',
  reviewed_on text not null default ''
);
create index threat_level_list on threat_level (company_id, retired_at, name);
create index threat_level_storage on threat_level (company_id, storage);

create table weakness_check (
  {ledger},
  position bigint,
  code text not null default '',
  kind text not null default '',
  question text not null default '',
  answer text not null default '',
  note text not null default '',
  owner text references person(id),
  answered_on text not null default ''
);
create index weakness_check_list on weakness_check (company_id, retired_at, position);
create index weakness_check_owner on weakness_check (owner);

create table risk_method (
  {ledger},
  name text not null default '',
  number bigint,
  scale text not null default '',
  middle_from bigint,
  large_from bigint,
  from_date text not null default '',
  reason text not null default ''
);
create index risk_method_list on risk_method (company_id, retired_at, number);
create unique index risk_method_number on risk_method (company_id, number);

create table treatment (
  {ledger},
  title text not null default '',
  asset text references information_asset(id),
  also text not null default '[]',
  department text references department(id),
  policy text not null default '',
  measure text not null default '',
  kind text not null default '',
  owner text references person(id),
  starts text not null default '',
  due text not null default '',
  cost bigint,
  state text not null default '',
  done_on text not null default '',
  effect text not null default ''
);
create index treatment_list on treatment (company_id, retired_at, due);
create index treatment_asset on treatment (asset);
create index treatment_owner on treatment (owner);
create index treatment_department on treatment (department);

create table acceptance (
  {ledger},
  name text not null default '',
  asset text references information_asset(id),
  department text references department(id),
  risk_value bigint,
  risk_band text not null default '',
  method bigint,
  class text not null default '',
  reason text not null default '',
  conditions text not null default '',
  proposed_by text not null default '',
  proposer text references person(id),
  accepted_by text references person(id),
  accepted_on text not null default '',
  review_on text not null default '',
  state text not null default ''
);
create index acceptance_list on acceptance (company_id, retired_at, review_on);
create index acceptance_asset on acceptance (asset);
create index acceptance_department on acceptance (department);
create index acceptance_proposer on acceptance (proposer);
create index acceptance_accepted_by on acceptance (accepted_by);
