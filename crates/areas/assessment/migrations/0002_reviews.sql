-- What a check may be about; reviews of new services or systems with the conditions under which they may be used.

alter table check_sheet add column asset text references information_asset(id);
create index check_sheet_asset on check_sheet (asset);

create table service_review (
  {ledger},
  title text not null default '',
  provider text not null default '',
  department text references department(id),
  applicant text references person(id),
  starts text not null default '',
  cost bigint,
  purpose text not null default '',
  benefit text not null default '',
  future text not null default '',
  needed text not null default '',
  concrete text not null default '',
  digital text not null default '',
  information text not null default '',
  personal bigint not null default 0,
  storage text not null default '',
  users text not null default '',
  sheet text references check_sheet(id),
  verdict text not null default '',
  reason text not null default '',
  state text not null default '',
  decided_on text not null default '',
  decided_by text not null default '',
  asset text references information_asset(id)
);
create index service_review_list on service_review (company_id, retired_at, title);
create index service_review_state on service_review (company_id, state);
create index service_review_department on service_review (department);
create index service_review_applicant on service_review (applicant);
create index service_review_sheet on service_review (sheet);
create index service_review_asset on service_review (asset);

create table review_condition (
  {ledger},
  title text not null default '',
  review text references service_review(id),
  item text not null default '',
  measure text not null default '',
  owner text references person(id),
  due text not null default '',
  department text references department(id),
  applicant text references person(id),
  treatment text references treatment(id)
);
create index review_condition_list on review_condition (company_id, retired_at, due);
create index review_condition_review on review_condition (review);
create index review_condition_owner on review_condition (owner);
create index review_condition_department on review_condition (department);
create index review_condition_applicant on review_condition (applicant);
create index review_condition_treatment on review_condition (treatment);
