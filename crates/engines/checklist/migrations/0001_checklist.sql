-- Checks and their answers. People and departments are named without a foreign key: their tables belong to a floor above this engine.

create table check_sheet (
  {ledger},
  title text not null default '',
  catalogue text not null default '',
  edition text not null default '',
  scope text not null default '',
  department text,
  owner text,
  respondents text not null default '',
  method text not null default '[]',
  held_on text not null default '',
  due text not null default '',
  state text not null default '',
  progress bigint,
  score bigint,
  not_known bigint,
  findings bigint,
  remark text not null default '',
  answered_by text,
  answered_name text not null default '',
  answered_on text not null default '',
  reviewed_name text not null default '',
  reviewed_on text not null default '',
  continues text references check_sheet(id),
  made_for text not null default ''
);
create index check_sheet_list on check_sheet (company_id, retired_at, held_on);
create index check_sheet_catalogue on check_sheet (company_id, catalogue, held_on);
create index check_sheet_due on check_sheet (company_id, state, due);
create index check_sheet_continues on check_sheet (continues);
create index check_sheet_made_for on check_sheet (company_id, made_for);

create table check_answer (
  {ledger},
  sheet text references check_sheet(id),
  item text not null default '',
  question text not null default '',
  answer text not null default '',
  as_is bigint,
  to_be bigint,
  note text not null default '',
  evidence text not null default '',
  assessor text,
  assessor_name text not null default '',
  answered_on text not null default '',
  reviewed_by text not null default '',
  department text,
  owner text
);
create unique index check_answer_item on check_answer (company_id, sheet, item);
create index check_answer_list on check_answer (company_id, retired_at, sheet);
create index check_answer_sheet on check_answer (sheet);
