//! 利用の条件: what has to be done so that a service may be used although it does not meet everything. Approved, it becomes a treatment.

pub mod queries;

use jiff::civil::Date;
use mamori_checklist::installed;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::{ChoiceDef, ChoiceSet, Kind, Ledger, LedgerDef, LongText, Ref, Values};
use mamori_store::View;
use std::borrow::Cow;
use std::sync::Arc;

use crate::catalogues::{NEW_SERVICE, checks};
use crate::neighbours::{Department, Person, Treatment};
use crate::service_review::{ServiceReview, queries as reviews};

/// One condition.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "review_condition",
    area = "assessment",
    ja = "利用の条件",
    en = "Condition of use",
    label = "title",
    department = "department",
    owner = "applicant",
    sort = "due",
    icon = "flag",
    intro_ja = "足りない所があるサービスを使うための条件です。審査が承認されると、リスク対応の台帳に入り、期限まで追いかけます。",
    intro_en = "What makes up for gaps of a service. Once the review is approved, each becomes a treatment and is followed until it is due."
)]
pub struct ReviewCondition {
    /// 条件.
    #[field(
        ja = "条件",
        en = "Condition",
        list,
        search,
        required,
        max = 200,
        help_ja = "例：管理者の操作記録を毎月確かめる",
        help_en = "Such as: look at the log of administrators every month"
    )]
    pub title: String,
    /// The review.
    #[field(ja = "審査", en = "Review", list, required)]
    pub review: Ref<ServiceReview>,
    /// Item of the check that it makes up for.
    #[field(ja = "どの質問への条件か", en = "For which question", list)]
    pub item: String,
    /// 内容.
    #[field(
        ja = "すること",
        en = "What is done",
        required,
        search,
        help_ja = "だれが読んでも同じことができるように書きます。",
        help_en = "So that anybody who reads it would do the same."
    )]
    pub measure: LongText,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list, required)]
    pub owner: Ref<Person>,
    /// 期限.
    #[field(ja = "期限", en = "Due", list, required)]
    pub due: Option<Date>,
    /// Department of the review, for who may see it.
    #[field(ja = "部署", en = "Department", read_only)]
    pub department: Ref<Department>,
    /// Who asks for the service: he writes the conditions, whoever carries them out.
    #[field(ja = "申請する人", en = "Applicant", read_only, hidden)]
    pub applicant: Ref<Person>,
    /// What it became.
    #[field(ja = "リスク対応", en = "Treatment", list, read_only)]
    pub treatment: Ref<Treatment>,
}

struct ConditionHooks;

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    let review = saving.new.get("review").as_str().to_owned();
    if let Some(known) = reviews::facts(saving.tx, &review).await? {
        saving.new.values.set("department", known.department.as_str());
        saving.new.values.set("applicant", known.applicant.as_str());
        let becoming = saving.changed("treatment") && saving.old.is_some();
        if known.state.is_settled() && !becoming {
            saving.reject(
                "review",
                Words::new(
                    "審査が承認待ちか終わっているため、条件を変えられません。承認待ちなら、先に依頼を取り下げてください。",
                    "The review waits for approval or is over, so its conditions cannot be changed. While it waits, withdraw the request first.",
                ),
            );
        }
    }
    Ok(())
}

impl Hooks for ConditionHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }

    /// `?review=ID&item=CODE`: the question gives the name of the condition.
    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            let lang = view.actor().lang;
            if let (true, Some(person)) = (values.get("owner").is_empty(), view.actor().person_id.clone()) {
                values.set("owner", person);
            }
            let item = values.get("item").as_str().to_owned();
            if let Some(found) = installed()?.newest(NEW_SERVICE).and_then(|catalogue| catalogue.item(&item).cloned())
                && values.get("title").is_empty()
            {
                values.set("title", format!("{}{}", found.name.get(lang), lang.pick("を補う", ": make up for it")));
            }
            Ok(())
        })
    }
}

/// The ledger.
pub(crate) fn ledger() -> LedgerDef {
    let mut def = ReviewCondition::def();
    if let Some(field) = def.fields.iter_mut().find(|field| field.code == "item") {
        let items = checks().newest(NEW_SERVICE).map(|catalogue| catalogue.items.clone()).unwrap_or_default();
        let choices = items.into_iter().map(|item| ChoiceDef {
            code: Cow::Owned(item.code),
            words: item.name,
            meaning: Words::default(),
            tone: Cow::Borrowed(""),
            aliases: Vec::new(),
            hidden: false,
        });
        field.kind = Kind::Choice;
        field.choices = Some(Arc::new(ChoiceSet { code: Cow::Borrowed("new_service_item"), choices: choices.collect() }));
    }
    def.with_hooks(ConditionHooks)
}
