//! キーマン: whom to ask in each department when assets are listed and confirmed (S2-D4-13).

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::{Area, Choice, Flags, Ledger, LongText, Ref, query};
use mamori_organization::department::Department;
use mamori_organization::person::Person;

use crate::information_asset::queries;

/// Why somebody is a key person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "key_person_reason")]
pub enum Reason {
    /// Knows the work.
    #[choice(
        code = "knows_work",
        ja = "業務をよく知っている",
        en = "Knows the work",
        meaning_ja = "どの情報を誰が使うか説明できる",
        meaning_en = "Can say who uses which information"
    )]
    KnowsWork,
    /// Leads.
    #[choice(
        code = "leads",
        ja = "周りを動かせる",
        en = "Leads others",
        meaning_ja = "部署の人に頼み、期限までにまとめられる",
        meaning_en = "Gets colleagues to answer in time"
    )]
    Leads,
    /// Understands security.
    #[choice(
        code = "understands",
        ja = "セキュリティに理解がある",
        en = "Understands security",
        meaning_ja = "なぜ必要かを部署の言葉で伝えられる",
        meaning_en = "Explains the why in the department's own words"
    )]
    Understands,
    /// Judges fairly.
    #[choice(
        code = "objective",
        ja = "客観的に見られる",
        en = "Judges fairly",
        meaning_ja = "自部署の情報の重要度を大きくも小さくも見積もらない",
        meaning_en = "Neither over- nor underrates the own department's information"
    )]
    Objective,
}

/// One key person of one department.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "key_person",
    area = "assets",
    ja = "キーマン",
    en = "Key person",
    intro_ja = "資産の洗い出しと棚卸は、各部署の事情を知る人の協力で決まります。部署ごとに頼れる人と、その理由を書いておきます。",
    intro_en = "Listing and stocktaking depend on people who know their department. Note for each department whom to ask, and why.",
    label = "name",
    department = "department",
    owner = "person",
    sort = "name",
    icon = "star",
    keys = "department,name"
)]
pub struct KeyPerson {
    /// Name; taken from the person when left empty.
    #[field(
        ja = "氏名",
        en = "Name",
        help_ja = "人員台帳から選ぶと自動で入ります。",
        help_en = "Filled in when a person is chosen.",
        alias = "お名前;名前;担当者",
        required,
        search,
        list,
        max = 100
    )]
    pub name: String,
    /// Department.
    #[field(ja = "部署名", en = "Department", alias = "部署;所属", required, create_missing, list)]
    pub department: Ref<Department>,
    /// The row in the people ledger.
    #[field(ja = "人員台帳の人", en = "Person")]
    pub person: Ref<Person>,
    /// Why.
    #[field(ja = "キーマンの理由", en = "Reasons", alias = "理由", list)]
    pub reasons: Flags<Reason>,
    /// Note.
    #[field(ja = "備考", en = "Note", search)]
    pub note: LongText,
}

struct KeyPersonHooks;

async fn name_it(saving: &mut Saving<'_>) -> Result<()> {
    let person = saving.new.get("person").as_str().to_owned();
    if !saving.new.get("name").is_empty() || person.is_empty() {
        return Ok(());
    }
    let shape = queries::shape(saving.registry, saving.tx, Person::CODE).await?;
    // Somebody whom the writer may not see is named by hand.
    if let Ok(found) = query::find(saving.tx, &shape, &person, Action::View).await {
        saving.new.values.set("name", found.get("name").as_str());
    }
    Ok(())
}

impl Hooks for KeyPersonHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(name_it(saving))
    }
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    area.ledger(KeyPerson::def().with_hooks(KeyPersonHooks))
}
