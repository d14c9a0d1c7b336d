-- Information assets (情報資産台帳), the people who know where things are, and stocktakes.

create table information_asset (
  {ledger},
  code text not null default '',
  business text not null default '',
  name text not null default '',
  note text not null default '',
  storage text not null default '',
  media text not null default '',
  place text not null default '',
  copies text not null default '',
  single_copy bigint not null default 0,
  department text references department(id),
  owner text references person(id),
  users text not null default '',
  user_groups text not null default '[]',
  classification text not null default '',
  pi_personal bigint not null default 0,
  pi_sensitive bigint not null default 0,
  pi_number bigint not null default 0,
  pi_kinds text not null default '[]',
  pi_count bigint,
  confidentiality text not null default '',
  integrity text not null default '',
  availability text not null default '',
  importance bigint,
  attributes text not null default '[]',
  stage text not null default '',
  source text not null default '',
  retention text not null default '',
  registered_on text not null default '',
  review_on text not null default '',
  tags text not null default '',
  threat_level bigint,
  weakness_level bigint,
  likelihood bigint,
  risk_value bigint,
  risk_band text not null default ''
);
create index information_asset_list on information_asset (company_id, retired_at, code, id);
create index information_asset_risk on information_asset (company_id, retired_at, risk_value, id);
create index information_asset_code on information_asset (company_id, code);
create index information_asset_name on information_asset (company_id, name);
create index information_asset_newest on information_asset (company_id, id);
create index information_asset_review on information_asset (company_id, retired_at, review_on);
create index information_asset_department on information_asset (department);
create index information_asset_owner on information_asset (owner);

create table key_person (
  {ledger},
  name text not null default '',
  department text references department(id),
  person text references person(id),
  reasons text not null default '[]',
  note text not null default ''
);
create index key_person_list on key_person (company_id, retired_at, name, id);
create index key_person_department on key_person (department);
create index key_person_person on key_person (person);

create table stocktake (
  {ledger},
  name text not null default '',
  starts text not null default '',
  due text not null default '',
  state text not null default '',
  note text not null default '',
  closing_note text not null default '',
  closed_on text not null default '',
  reminded_on text not null default ''
);
create index stocktake_list on stocktake (company_id, retired_at, due, id);

-- One row per asset and stocktake. It names the asset without holding on to it: an asset stays retirable although old stocktakes list it.
create table stocktake_item (
  {ledger},
  asset_name text not null default '',
  stocktake text references stocktake(id),
  asset text references information_asset(id),
  department text references department(id),
  owner text references person(id),
  state text not null default '',
  answered_by text not null default '',
  answered_on text not null default '',
  note text not null default ''
);
create index stocktake_item_list on stocktake_item (company_id, retired_at, asset_name, id);
create index stocktake_item_stocktake on stocktake_item (stocktake, state);
create index stocktake_item_asset on stocktake_item (asset);
create index stocktake_item_department on stocktake_item (department);
create index stocktake_item_owner on stocktake_item (owner);
