-- Decisions about risks: the appetite in versions.

create table risk_appetite (
  {ledger},
  name text not null default '',
  number bigint,
  score bigint,
  yen bigint,
  from_date text not null default '',
  reason text not null default ''
);
create index risk_appetite_list on risk_appetite (company_id, retired_at, number);
create unique index risk_appetite_number on risk_appetite (company_id, number);

-- A measure may serve several risks and says what it lowers, by what means, and what it costs over the years.
alter table treatment add column risks text not null default '[]';
alter table treatment add column factor text not null default '';
alter table treatment add column lowers_to bigint;
alter table treatment add column approach text not null default '';
alter table treatment add column spread text not null default '';
alter table treatment add column line text not null default '';
alter table treatment add column already_owned bigint not null default 0;
alter table treatment add column compensates text references treatment(id);
alter table treatment add column why_not text not null default '';
alter table treatment add column cost_class text not null default '';
alter table treatment add column yearly_cost bigint;
alter table treatment add column years bigint;
alter table treatment add column free_alternative text not null default '';
alter table treatment add column ale_before bigint;
alter table treatment add column ale_after bigint;
create index treatment_compensates on treatment (compensates);

-- An acceptance is of an asset's risk or of a scenario, and keeps what was accepted, against which appetite, and why it came back.
alter table acceptance add column scenario text references scenario(id);
alter table acceptance add column residual_value bigint;
alter table acceptance add column ale bigint;
alter table acceptance add column limit_count bigint;
alter table acceptance add column appetite bigint;
alter table acceptance add column above bigint not null default 0;
alter table acceptance add column comeback text not null default '';
alter table acceptance add column comeback_on text not null default '';
-- The name of who approved: an account need not belong to somebody in the people ledger.
alter table acceptance add column decided_by text not null default '';
alter table acceptance add column earlier_by text references person(id);
alter table acceptance add column earlier_on text not null default '';
create index acceptance_scenario on acceptance (scenario);
create index acceptance_earlier_by on acceptance (earlier_by);
create index acceptance_state on acceptance (company_id, retired_at, state);

create table insurance (
  {ledger},
  name text not null default '',
  provider text not null default '',
  kind text not null default '',
  risks text not null default '[]',
  covers text not null default '[]',
  covers_note text not null default '',
  not_covered text not null default '',
  limit_yen bigint,
  own_share bigint,
  premium bigint,
  number text not null default '',
  starts text not null default '',
  ends text not null default '',
  review_on text not null default '',
  owner text references person(id),
  contact text not null default '',
  note text not null default ''
);
create index insurance_list on insurance (company_id, retired_at, ends);
create index insurance_owner on insurance (owner);

create table customer_demand (
  {ledger},
  title text not null default '',
  customer text not null default '',
  demand text not null default '',
  kind text not null default '',
  at_stake bigint,
  received_on text not null default '',
  due text not null default '',
  department text references department(id),
  owner text references person(id),
  risks text not null default '[]',
  state text not null default '',
  answer text not null default '',
  closed_on text not null default ''
);
create index customer_demand_list on customer_demand (company_id, retired_at, due);
create index customer_demand_owner on customer_demand (owner);
create index customer_demand_department on customer_demand (department);
