//! The door before the program is ready: the port answers from the first moment, with 503 until the database is.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mamori_kernel::lang::Lang;
use mamori_ledger::web::App;
use tower::ServiceExt as _;

/// Closed until [`Gate::open`].
#[derive(Clone, Default)]
pub(super) struct Gate(Arc<OnceLock<(Router, App)>>);

impl Gate {
    pub(super) fn open(&self, router: Router, app: App) {
        let _ = self.0.set((router, app));
    }

    pub(super) fn router(&self) -> Router {
        Router::new().fallback(enter).with_state(self.clone())
    }
}

async fn enter(State(gate): State<Gate>, request: Request) -> Response {
    let health = request.uri().path() == "/healthz";
    match gate.0.get() {
        Some((_, app)) if health => healthy(app).await,
        Some((router, _)) => match router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
        None if health => plain(StatusCode::SERVICE_UNAVAILABLE, "starting: the database is being prepared\n"),
        None => starting(&request),
    }
}

/// Ready means that a question to the database is answered.
async fn healthy(app: &App) -> Response {
    let asked = async {
        let mut system = app.db.system_view().await?;
        system.rows("select 1 as n", Vec::new()).await
    };
    match asked.await {
        Ok(_) => plain(StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            plain(StatusCode::SERVICE_UNAVAILABLE, "unavailable: the database does not answer\n")
        }
    }
}

fn starting(request: &Request) -> Response {
    let accept = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // The sentences of the areas are not installed yet.
    let words = Lang::from_accept(accept).unwrap_or_default().pick(
        "mamoriを準備しています。数秒後に、もう一度開いてください。\n",
        "mamori is getting ready. Please open this page again in a few seconds.\n",
    );
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, words);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = (status, text).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use axum::body::Body;

    #[tokio::test]
    async fn before_it_is_ready_everything_answers_503_with_the_reason() {
        let router = Gate::default().router();
        let ask = |path: &str| Request::builder().uri(path).header("accept-language", "en").body(Body::empty()).unwrap();
        let health = router.clone().oneshot(ask("/healthz")).await.unwrap();
        assert_eq!(health.status(), 503);
        assert!(crate::layout::body_text(health).await.unwrap().starts_with("starting"));
        let page = router.oneshot(ask("/assets/information_asset")).await.unwrap();
        assert_eq!((page.status().as_u16(), &page.headers()["retry-after"]), (503, &HeaderValue::from_static("2")));
    }
}
