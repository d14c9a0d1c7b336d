-- The organisation: departments, people, the roles of the programme, who holds them, and whom to call.

create table department (
  {ledger},
  code text not null default '',
  name text not null default '',
  parent text references department(id),
  -- No foreign key: departments and people point to each other, and a table must exist before it can be named.
  manager text,
  position bigint,
  note text not null default ''
);
create index department_list on department (company_id, retired_at, position);
create index department_parent on department (parent);
create index department_manager on department (manager);

create table person (
  {ledger},
  number text not null default '',
  name text not null default '',
  kana text not null default '',
  department text references department(id),
  title text not null default '',
  employment text not null default '',
  email text not null default '',
  phone text not null default '',
  joined_on text not null default '',
  left_on text not null default '',
  accounts_removed_on text not null default '',
  plus_security bigint not null default 0,
  plus_security_note text not null default '',
  skills text not null default '',
  note text not null default ''
);
create index person_list on person (company_id, retired_at, kana);
create index person_department on person (department);

create table security_role (
  {ledger},
  code text not null default '',
  name text not null default '',
  kind text not null default '',
  purpose text not null default '',
  missions text not null default '',
  skills text not null default '',
  phase text not null default '[]',
  above_peace text references security_role(id),
  above_emergency text references security_role(id),
  independent bigint not null default 0,
  independent_of text not null default '[]',
  small_set bigint not null default 0,
  plus_security bigint not null default 0,
  term_months bigint,
  position bigint,
  note text not null default ''
);
create index security_role_list on security_role (company_id, retired_at, position);
create index security_role_above_peace on security_role (above_peace);
create index security_role_above_emergency on security_role (above_emergency);

create table role_assignment (
  {ledger},
  summary text not null default '',
  role text references security_role(id),
  person text references person(id),
  phase text not null default '',
  deputy text references person(id),
  starts text not null default '',
  ends text not null default '',
  note text not null default ''
);
create index role_assignment_list on role_assignment (company_id, retired_at, role);
create index role_assignment_role on role_assignment (role);
create index role_assignment_person on role_assignment (person);
create index role_assignment_deputy on role_assignment (deputy);

create table contact (
  {ledger},
  code text not null default '',
  organisation text not null default '',
  kind text not null default '',
  purpose text not null default '',
  prepare text not null default '',
  department text not null default '',
  person text not null default '',
  phone text not null default '',
  email text not null default '',
  url text not null default '',
  hours text not null default '',
  duty bigint not null default 0,
  checked_on text not null default '',
  note text not null default ''
);
create index contact_list on contact (company_id, retired_at, kind);
