//! Failures as pages and as JSON: what happened, why, what to do.

use axum::http::StatusCode;
use mamori_kernel::error::Error;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::web::{Layout, Page};
use mamori_ui::components::{Alert, Button};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;
use serde_json::json;

/// The error page. A reader who is signed in keeps his navigation.
pub fn failure_page(error: &Error, lang: Lang, request_id: &str, signed_in: bool) -> Page {
    let title = t(lang, title_key(error));
    let tone = match error {
        Error::Internal(_) | Error::StorageFull => Tone::Danger,
        Error::NotFound | Error::SignInRequired => Tone::Info,
        _ => Tone::Warning,
    };
    let mut alert = Alert::new(tone, error.words().get(lang));
    if let Error::Invalid(fields) = error {
        alert = alert.points(fields.iter().map(|field| field.message.get(lang).to_owned()));
    }
    if matches!(error, Error::Internal(_)) && !request_id.is_empty() {
        alert = alert.body(el("p").class("muted").text(ta(lang, "layout-request-id", &[("id", request_id.to_owned().into())])));
    }
    let (label, href) =
        if signed_in || *error != Error::SignInRequired { ("layout-go-home", "/") } else { ("layout-go-sign-in", "/login") };
    let way_out: Html = Button::link(t(lang, label), href).primary().icon(Icon::Home).into();
    let body = el("div").class("stack").add(Html::from(alert)).add(el("p").add(way_out)).html();
    let layout = if signed_in { Layout::App } else { Layout::Bare };
    Page::new(title, body)
        .layout(layout)
        .status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
}

fn title_key(error: &Error) -> &'static str {
    match error {
        Error::NotFound => "layout-title-not-found",
        Error::SignInRequired => "layout-title-sign-in",
        Error::Forbidden(_) => "layout-title-forbidden",
        Error::Invalid(_) => "layout-title-invalid",
        Error::Conflict { .. } => "layout-title-conflict",
        Error::InUse(_) | Error::Refused(_) => "layout-title-refused",
        Error::TooLarge(_) => "layout-title-too-large",
        Error::TooMany(_) => "layout-title-too-many",
        Error::StorageFull => "layout-title-full",
        Error::Unavailable => "layout-title-busy",
        Error::Internal(_) => "layout-title-internal",
    }
}

/// The API's form of an error: `{"error":{"code","message","fields":[{"field","message"}]}}`.
pub fn failure_json(error: &Error, lang: Lang) -> String {
    let fields: Vec<_> = match error {
        Error::Invalid(fields) => {
            fields.iter().map(|field| json!({ "field": field.field, "message": field.message.get(lang) })).collect()
        }
        _ => Vec::new(),
    };
    let mut inner = json!({ "code": error.code(), "message": error.words().get(lang), "fields": fields });
    if let (Error::Conflict { current }, Some(object)) = (error, inner.as_object_mut()) {
        object.insert("current_version".to_owned(), json!(current));
    }
    json!({ "error": inner }).to_string()
}

/// The error that a bare status of the framework stands for; `None` for answers that are no failure.
pub fn plain_error(status: StatusCode) -> Option<Error> {
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    Some(match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Error::NotFound,
        StatusCode::UNAUTHORIZED => Error::SignInRequired,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(Words::new(
            "送られたデータが大きすぎます。ファイルは50MBまで、入力は1MBまでにしてください。何も保存されていません。",
            "What was sent is too large. Files may have up to 50 MB, forms up to 1 MB. Nothing was saved.",
        )),
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Error::Unavailable,
        StatusCode::TOO_MANY_REQUESTS => Error::TooMany(60),
        status if status.is_client_error() => Error::Refused(Words::new(
            "送られた内容を読み取れませんでした。画面を開き直して、もう一度お試しください。何も保存されていません。",
            "What was sent could not be read. Please open the page again and retry. Nothing was saved.",
        )),
        status => Error::Internal(format!("the framework answered {status}")),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use mamori_kernel::error::FieldError;

    fn texts() {
        crate::compose::install_texts_for_tests();
    }

    #[test]
    fn every_error_has_a_page_in_both_languages() {
        texts();
        let all = [
            Error::NotFound,
            Error::SignInRequired,
            Error::Forbidden(Words::new("だめ", "no")),
            Error::field("name", Words::new("必須です", "is required")),
            Error::Conflict { current: 3 },
            Error::InUse(Words::new("使用中", "in use")),
            Error::Refused(Words::new("だめ", "no")),
            Error::TooLarge(Words::new("大きい", "large")),
            Error::TooMany(90),
            Error::StorageFull,
            Error::Unavailable,
            Error::Internal("select secret".to_owned()),
        ];
        for error in all {
            let (ja, en) = (failure_page(&error, Lang::Ja, "r-1", true), failure_page(&error, Lang::En, "r-1", true));
            assert_eq!(ja.status.as_u16(), error.status());
            assert_ne!(ja.title, en.title, "{error}");
            assert!(!ja.title.contains('⟦') && !en.title.contains('⟦'), "{}", ja.title);
            assert!(ja.body.as_str().contains(error.words().get(Lang::Ja).split('。').next().unwrap()), "{error}");
        }
    }

    #[test]
    fn an_internal_fault_shows_its_number_and_never_its_text() {
        texts();
        let page = failure_page(&Error::Internal("password_hash".to_owned()), Lang::En, "r-77", true);
        assert!(page.body.as_str().contains("r-77") && !page.body.as_str().contains("password_hash"));
        assert!(!failure_json(&Error::Internal("password_hash".to_owned()), Lang::Ja).contains("password_hash"));
    }

    #[test]
    fn programs_get_fields_and_a_stable_code() {
        let error = Error::Invalid(vec![FieldError { field: "name".into(), message: Words::new("必須です", "is required") }]);
        assert_eq!(
            failure_json(&error, Lang::En),
            "{\"error\":{\"code\":\"invalid\",\"message\":\"is required\",\"fields\":[{\"field\":\"name\",\"message\":\"is required\"}]}}"
        );
        assert!(failure_json(&error, Lang::Ja).contains("必須です"));
        assert!(failure_json(&Error::Conflict { current: 4 }, Lang::En).contains("\"current_version\":4"));
    }

    #[test]
    fn bare_answers_of_the_framework_become_sentences() {
        assert_eq!(plain_error(StatusCode::OK), None);
        assert_eq!(plain_error(StatusCode::SEE_OTHER), None);
        assert_eq!(plain_error(StatusCode::METHOD_NOT_ALLOWED), Some(Error::NotFound));
        assert!(matches!(plain_error(StatusCode::PAYLOAD_TOO_LARGE), Some(Error::TooLarge(_))));
        assert!(matches!(plain_error(StatusCode::UNSUPPORTED_MEDIA_TYPE), Some(Error::Refused(_))));
    }
}
