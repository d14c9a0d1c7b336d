//! Language and brightness of this device, kept in cookies. Open to everybody: the sign-in page has the switches too.

use axum::body::Bytes;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{Access, Redirect, Routes, decode_form};
use mamori_ui::shell::Theme;

/// The two forms of the frame.
pub fn routes() -> Routes {
    Routes::default().post("/preferences/language", Access::Public, language).post("/preferences/theme", Access::Public, theme)
}

async fn language(body: Bytes) -> Redirect {
    let form = decode_form(&body);
    let back = Redirect::to(form.get("return_to"));
    match Lang::parse(form.get("lang")) {
        Some(lang) => back.cookie(kept("lang", lang.code())),
        None => back,
    }
}

async fn theme(body: Bytes) -> Redirect {
    let form = decode_form(&body);
    // Unknown names become "auto", so nothing of the form itself reaches the cookie.
    Redirect::to(form.get("return_to")).cookie(kept("theme", Theme::from_name(form.get("theme")).name()))
}

/// A year; readable by the theme script, so not `HttpOnly`.
fn kept(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::response::IntoResponse;

    #[tokio::test]
    async fn the_way_back_never_leaves_the_program() {
        for (asked, led) in [
            ("%2Fassets%3Fq%3D1", "/assets?q=1"),
            ("https%3A%2F%2Fevil.example", "/"),
            ("%2F%2Fevil.example", "/"),
            ("%2F%5Cevil.example", "/"),
            ("", "/"),
        ] {
            let answer = language(Bytes::from(format!("lang=en&return_to={asked}"))).await.into_response();
            assert_eq!(answer.headers()["location"], led, "{asked}");
            assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("lang=en;"));
        }
    }

    #[tokio::test]
    async fn only_known_words_reach_a_cookie() {
        let answer = theme(Bytes::from("theme=x%0d%0aSet-Cookie:a&return_to=/")).await.into_response();
        assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("theme=auto;"));
        let answer = language(Bytes::from("lang=fr&return_to=/")).await.into_response();
        assert!(answer.headers().get("set-cookie").is_none());
    }
}
