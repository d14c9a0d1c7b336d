-- Finding threats by thinking: STRIDE sheets, attack trees, cases from elsewhere.

create table stride_model (
  {ledger},
  name text not null default '',
  kind text not null default '',
  purpose text not null default '',
  assets text not null default '[]',
  department text references department(id),
  owner text references person(id),
  done_on text not null default '',
  review_on text not null default ''
);
create index stride_model_list on stride_model (company_id, retired_at, name);
create index stride_model_department on stride_model (department);
create index stride_model_owner on stride_model (owner);

create table stride_element (
  {ledger},
  name text not null default '',
  model text references stride_model(id),
  position bigint,
  kind text not null default '',
  department text references department(id)
);
create index stride_element_list on stride_element (company_id, retired_at, name);
create index stride_element_model on stride_element (model, position);
create index stride_element_department on stride_element (department);

create table stride_verdict (
  {ledger},
  name text not null default '',
  model text references stride_model(id),
  element text references stride_element(id),
  letter text not null default '',
  verdict text not null default '',
  note text not null default '',
  scenario text references scenario(id),
  department text references department(id)
);
create index stride_verdict_list on stride_verdict (company_id, retired_at, name);
create index stride_verdict_model on stride_verdict (model);
create unique index stride_verdict_cell on stride_verdict (element, letter);
create index stride_verdict_scenario on stride_verdict (scenario);
create index stride_verdict_department on stride_verdict (department);

create table attack_tree (
  {ledger},
  title text not null default '',
  worst_case text not null default '',
  goal text not null default '',
  assets text not null default '[]',
  department text references department(id),
  owner text references person(id),
  state text not null default '',
  review_on text not null default ''
);
create index attack_tree_list on attack_tree (company_id, retired_at, title);
create index attack_tree_department on attack_tree (department);
create index attack_tree_owner on attack_tree (owner);

create table attack_node (
  {ledger},
  title text not null default '',
  tree text references attack_tree(id),
  parent text references attack_node(id),
  position bigint,
  kind text not null default '',
  gate text not null default '',
  stride text not null default '',
  cost bigint,
  likelihood bigint,
  measures text not null default '[]',
  note text not null default '',
  scenario text references scenario(id),
  department text references department(id)
);
create index attack_node_list on attack_node (company_id, retired_at, title);
create index attack_node_tree on attack_node (tree, position);
create index attack_node_parent on attack_node (parent);
create index attack_node_scenario on attack_node (scenario);
create index attack_node_department on attack_node (department);

create table case_study (
  {ledger},
  title text not null default '',
  whose text not null default '',
  happened_on text not null default '',
  source_name text not null default '',
  source_url text not null default '',
  summary text not null default '',
  possible text not null default '',
  why text not null default '',
  cause_organizational text not null default '',
  cause_human text not null default '',
  cause_physical text not null default '',
  cause_technical text not null default '',
  prevent_organizational text not null default '',
  prevent_human text not null default '',
  prevent_physical text not null default '',
  prevent_technical text not null default '',
  response text not null default '',
  department text references department(id),
  owner text references person(id),
  due text not null default '',
  assets text not null default '[]',
  scenario text references scenario(id),
  treatments text not null default '[]'
);
create index case_study_list on case_study (company_id, retired_at, happened_on);
create index case_study_department on case_study (department);
create index case_study_owner on case_study (owner);
create index case_study_scenario on case_study (scenario);
