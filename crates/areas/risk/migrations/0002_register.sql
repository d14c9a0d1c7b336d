-- The risk register: threats and weaknesses of the company, scenarios with their history, versions of the four-factor scale,
-- the approach chosen per scope, and what became of suggestions.

create table threat (
  {ledger},
  code text not null default '',
  name text not null default '',
  threat_group text not null default '',
  example text not null default '',
  stride text not null default '[]',
  aspects text not null default '[]',
  places text not null default '[]',
  level bigint,
  used bigint not null default 0
);
create index threat_list on threat (company_id, retired_at, threat_group, id);
create index threat_code on threat (company_id, code);

create table weakness (
  {ledger},
  code text not null default '',
  name text not null default '',
  kind text not null default '',
  example text not null default '',
  remedy text not null default '',
  used bigint not null default 0
);
create index weakness_list on weakness (company_id, retired_at, kind, id);
create index weakness_code on weakness (company_id, code);

create table scenario (
  {ledger},
  number bigint,
  title text not null default '',
  story text not null default '',
  assets text not null default '[]',
  department text references department(id),
  owner text references person(id),
  threat text references threat(id),
  weakness text references weakness(id),
  source text not null default '',
  source_key text not null default '',
  state text not null default '',
  policy text not null default '',
  found_on text not null default '',
  review_on text not null default '',
  asset_value bigint,
  threat_level bigint,
  weakness_level bigint,
  likelihood bigint,
  weakness_before bigint,
  likelihood_before bigint,
  weakness_target bigint,
  likelihood_target bigint,
  weakness_after bigint,
  likelihood_after bigint,
  inherent_value bigint,
  current_value bigint,
  target_value bigint,
  residual_value bigint,
  standing text not null default '',
  impact text not null default '',
  frequency text not null default '',
  matrix_class text not null default '',
  loss_value bigint,
  exposure bigint,
  persons bigint,
  per_person bigint,
  other_loss bigint,
  cost_lines text not null default '',
  occurrences text not null default '',
  sle bigint,
  ale bigint,
  loss_least bigint,
  loss_likely bigint,
  loss_most bigint,
  ale_mean bigint,
  ale_p95 bigint,
  ipa_value bigint,
  method bigint,
  limit_count bigint,
  happened bigint
);
create index scenario_list on scenario (company_id, retired_at, current_value, id);
create index scenario_newest on scenario (company_id, id);
create unique index scenario_number on scenario (company_id, number);
create unique index scenario_source on scenario (company_id, source_key) where source_key <> '';
-- The heat maps read these columns and nothing else, in this order, so that counting needs no sorting.
create index scenario_map on scenario (company_id, retired_at, state, asset_value, likelihood, standing);
create index scenario_matrix on scenario (company_id, retired_at, state, impact, frequency, standing);
create index scenario_standing on scenario (company_id, retired_at, standing, state);
create index scenario_department on scenario (department);
create index scenario_owner on scenario (owner);
create index scenario_threat on scenario (threat);
create index scenario_weakness on scenario (weakness);

-- Every change of a value, with the version of the scale it was made with. A row holds from its day until the day before `until_date`, so
-- that the map of any day is one condition; a row replaced on the day it was written holds for no day and is still there to read.
create table scenario_history (
  id text primary key,
  company_id text not null references company(id),
  scenario text not null references scenario(id),
  on_date text not null,
  until_date text not null,
  state text not null default '',
  inherent_value bigint,
  current_value bigint,
  target_value bigint,
  residual_value bigint,
  standing text not null default '',
  asset_value bigint,
  threat_level bigint,
  weakness_level bigint,
  likelihood bigint,
  impact text not null default '',
  frequency text not null default '',
  method bigint,
  cause text not null default ''
);
create index scenario_history_of on scenario_history (scenario, until_date);
create index scenario_history_map
  on scenario_history (company_id, until_date, state, asset_value, likelihood, standing, on_date);

create table risk_scale (
  {ledger},
  name text not null default '',
  number bigint,
  levels text not null default '',
  matrix text not null default '',
  from_date text not null default '',
  reason text not null default ''
);
create index risk_scale_list on risk_scale (company_id, retired_at, number);
create unique index risk_scale_number on risk_scale (company_id, number);

create table approach (
  {ledger},
  scope text not null default '',
  department text references department(id),
  approach text not null default '',
  technique text not null default '[]',
  reason text not null default '',
  decided_on text not null default '',
  decided_by text references person(id),
  review_on text not null default ''
);
create index approach_list on approach (company_id, retired_at, scope);
create index approach_department on approach (department);
create index approach_decided_by on approach (decided_by);

-- Suggestions that were put aside, so that they do not come back every day.
create table scenario_dismissal (
  id text primary key,
  company_id text not null references company(id),
  source_key text not null,
  title text not null default '',
  reason text not null default '',
  dismissed_by text not null default '',
  dismissed_at text not null
);
create unique index scenario_dismissal_key on scenario_dismissal (company_id, source_key);
