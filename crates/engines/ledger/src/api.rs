//! The REST API of every ledger, generated from the declaration: `GET/POST /api/v1/{ledger}`, `GET/PATCH /api/v1/{ledger}/{id}`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_store::Reader;
use serde_json::{Map, Value as Json, json};

use crate::area::Registry;
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::ops::{self, Gate};
use crate::pages::{open, open_tx};
use crate::parse;
use crate::query::{self, ListQuery};
use crate::record::{Record, Value, Values};
use crate::shape::Shape;
use crate::web::{Access, Ctx, Failure, Routes, WebResult};

/// The API of one ledger.
pub(crate) fn routes(def: &Arc<LedgerDef>) -> Routes {
    let base = format!("/api/v1/{}", def.code);
    let one = format!("{base}/{{id}}");
    let (a, b, c, d) = (def.clone(), def.clone(), def.clone(), def.clone());
    let routes = Routes::default().get(&base, Access::Can(def.code, Action::View), move |ctx: Ctx| list(ctx, a.clone())).get(
        &one,
        Access::Can(def.code, Action::View),
        move |ctx: Ctx, Path(id): Path<String>| get(ctx, b.clone(), id),
    );
    if def.managed {
        return routes;
    }
    routes.post(&base, Access::Can(def.code, Action::Create), move |ctx: Ctx, body: Bytes| create(ctx, c.clone(), body)).patch(
        &one,
        Access::Can(def.code, Action::Edit),
        move |ctx: Ctx, Path(id): Path<String>, body: Bytes| update(ctx, d.clone(), id, body),
    )
}

/// A row for programs: standard properties and the fields by their codes.
pub fn row_json(shape: &Shape, record: &Record) -> Json {
    let mut map = Map::new();
    let meta = &record.meta;
    map.insert("id".into(), meta.id.clone().into());
    map.insert("version".into(), meta.version.into());
    map.insert("created_at".into(), meta.created_at.clone().into());
    map.insert("updated_at".into(), meta.updated_at.clone().into());
    map.insert("retired_at".into(), if record.is_retired() { meta.retired_at.clone().into() } else { Json::Null });
    for field in shape.visible() {
        map.insert(field.code.to_string(), record.get(&field.code).json());
    }
    Json::Object(map)
}

async fn list(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult<Response> {
    let (mut view, shape) = open(&ctx, &def).await?;
    let form = ctx.query_form();
    let query = ListQuery::read(&form, &shape);
    let listed = query::list(&ctx.app.registry, &mut view, &shape, &query, Action::View).await?;
    let rows: Vec<Json> = listed.records.iter().map(|record| row_json(&shape, record)).collect();
    let capped = listed.total >= query::COUNT_CAP;
    Ok(JsonBody(json!({
        "items": rows,
        "total": listed.total,
        "total_is_lower_bound": capped,
        "limit": query.limit,
        "offset": query.offset,
    }))
    .into_response())
}

async fn get(ctx: Ctx, def: Arc<LedgerDef>, id: String) -> WebResult<Response> {
    let (mut view, shape) = open(&ctx, &def).await?;
    let record = query::find(&mut view, &shape, &id, Action::View).await?;
    Ok(JsonBody(row_json(&shape, &record)).into_response())
}

fn body_object(body: &[u8]) -> Result<Map<String, Json>> {
    match serde_json::from_slice(body) {
        Ok(Json::Object(map)) => Ok(map),
        Ok(_) => Err(Error::Refused(Words::new("JSONのオブジェクトを送ってください。", "Please send a JSON object."))),
        Err(error) => Err(Error::Refused(Words::owned(
            format!("JSONとして読めません（{}行目）：{error}", error.line()),
            format!("This is not valid JSON (line {}): {error}", error.line()),
        ))),
    }
}

/// Reads the fields of a body; unknown and computed ones are named, not ignored: a typing mistake must not look like success.
fn read_values(shape: &Shape, map: &Map<String, Json>) -> Result<Values> {
    let (mut values, mut errors) = (Values::default(), Vec::new());
    for (name, json) in map {
        if name == "version" || name == "id" {
            continue;
        }
        let reject = |message: Words| FieldError { field: name.clone(), message };
        let Some(field) = shape.field(name) else {
            errors.push(reject(Words::owned(
                format!("「{name}」という項目はありません。"),
                format!("There is no field “{name}”."),
            )));
            continue;
        };
        if !field.editable() {
            errors.push(reject(Words::owned(
                format!("「{name}」は自動で計算されるため、書き込めません。"),
                format!("“{name}” is worked out by the program and cannot be written."),
            )));
            continue;
        }
        let read = match (Value::from_json(field.kind, json), json) {
            // Choices and texts get the same judgement and messages as in a form.
            (Some(Value::Text(text)), _) if field.kind != Kind::Ref => parse::value(field, &text),
            (Some(Value::List(codes)), _) if field.kind == Kind::Flags => parse::value(field, &codes.join(",")),
            (Some(value), _) => Ok(value),
            (None, Json::String(text)) if !matches!(field.kind, Kind::Ref | Kind::Refs) => parse::value(field, text),
            (None, _) => {
                Err(parse::not_allowed(field, &json.to_string(), "この項目の形ではありません。", "does not have the right type."))
            }
        };
        match read {
            Ok(value) => values.set(field.code.clone(), value),
            Err(message) => errors.push(reject(message)),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(Error::Invalid(errors)) }
}

async fn create(ctx: Ctx, def: Arc<LedgerDef>, body: Bytes) -> WebResult<Response> {
    let map = body_object(&body)?;
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let values = read_values(&shape, &map)?;
    let row_id = map.get("id").and_then(Json::as_str).filter(|id| mamori_kernel::id::is_id(id)).map(str::to_owned);
    let record = ops::create(&ctx.app.registry, &mut tx, &shape, values, row_id, Gate::Person).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, JsonBody(row_json(&shape, &record))).into_response())
}

async fn update(ctx: Ctx, def: Arc<LedgerDef>, id: String, body: Bytes) -> WebResult<Response> {
    let map = body_object(&body)?;
    let version = map.get("version").and_then(Json::as_i64).ok_or_else(|| {
        Failure(Error::field(
            "version",
            Words::new(
                "version を送ってください。読み取ったときの値です。",
                "Please send “version”, as it was when you read the row.",
            ),
        ))
    })?;
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let values = read_values(&shape, &map)?;
    let record = ops::update(&ctx.app.registry, &mut tx, &shape, &id, Some(version), values, Gate::Person).await?;
    tx.commit().await?;
    Ok(JsonBody(row_json(&shape, &record)).into_response())
}

/// The schema of a field (JSON Schema 2020-12, as OpenAPI 3.1 uses it).
fn field_schema(field: &FieldDef, lang: Lang) -> Json {
    let mut schema = match field.kind {
        Kind::Int | Kind::Yen => json!({ "type": ["integer", "null"] }),
        Kind::Decimal => json!({ "type": ["number", "null"] }),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Date => json!({ "type": ["string", "null"], "format": "date" }),
        Kind::Flags | Kind::Refs => json!({ "type": ["array", "null"], "items": { "type": "string" } }),
        Kind::Email => json!({ "type": ["string", "null"], "format": "email", "maxLength": field.max }),
        Kind::Url => json!({ "type": ["string", "null"], "format": "uri", "maxLength": field.max }),
        Kind::Ref => json!({ "type": ["string", "null"], "format": "uuid" }),
        Kind::Text | Kind::Long => json!({ "type": ["string", "null"], "maxLength": field.max }),
        Kind::Choice => json!({ "type": ["string", "null"] }),
    };
    if let (Some(set), Some(map)) = (&field.choices, schema.as_object_mut()) {
        let mut codes: Vec<Json> = set.choices.iter().map(|choice| Json::from(choice.code.as_ref())).collect();
        if field.kind == Kind::Choice {
            codes.push(Json::Null);
            map.insert("enum".into(), codes.into());
        } else {
            map.insert("items".into(), json!({ "type": "string", "enum": codes }));
        }
    }
    if let Some(map) = schema.as_object_mut() {
        let mut description = field.words.get(lang).to_owned();
        if !field.help.is_empty() {
            description = format!("{description} – {}", field.help.get(lang));
        }
        map.insert("description".into(), description.into());
        if !field.editable() {
            map.insert("readOnly".into(), true.into());
        }
        if let Some(target) = field.target {
            map.insert("x-ledger".into(), target.into());
        }
    }
    schema
}

/// The OpenAPI 3.1 document of all ledgers as the reader's company sees them, with its own fields and names of choices.
///
/// # Errors
/// Database faults.
pub async fn openapi(registry: &Registry, db: &mut impl Reader, lang: Lang) -> Result<Json> {
    let mut shapes = Vec::new();
    for def in registry.ledgers() {
        shapes.push(Shape::load(def, db).await?);
    }
    Ok(document(&shapes, lang))
}

fn document(shapes: &[Shape], lang: Lang) -> Json {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for shape in shapes {
        let def = &shape.def;
        let mut properties = Map::new();
        for (name, schema) in [
            ("id", json!({ "type": "string", "format": "uuid" })),
            ("version", json!({ "type": "integer", "description": "optimistic lock" })),
            ("created_at", json!({ "type": "string", "format": "date-time", "readOnly": true })),
            ("updated_at", json!({ "type": "string", "format": "date-time", "readOnly": true })),
            ("retired_at", json!({ "type": ["string", "null"], "format": "date-time", "readOnly": true })),
        ] {
            properties.insert(name.into(), schema);
        }
        for field in shape.visible() {
            properties.insert(field.code.to_string(), field_schema(field, lang));
        }
        let required: Vec<&str> = shape.fields.iter().filter(|f| f.required && f.editable()).map(|f| f.code.as_ref()).collect();
        schemas.insert(
            def.code.into(),
            json!({ "type": "object", "title": def.words.get(lang), "properties": properties, "required": required }),
        );
        let row = json!({ "$ref": format!("#/components/schemas/{}", def.code) });
        let content = |schema: &Json| json!({ "application/json": { "schema": schema } });
        let parameter = |name: &str, kind: &str| json!({ "name": name, "in": "query", "schema": { "type": kind } });
        let page = json!({ "type": "object", "properties": {
            "items": { "type": "array", "items": row }, "total": { "type": "integer" }, "total_is_lower_bound": { "type": "boolean" },
            "limit": { "type": "integer" }, "offset": { "type": "integer" } } });
        let refused = json!({ "$ref": "#/components/responses/Refused" });
        let mut many = json!({ "get": {
            "operationId": format!("list_{}", def.code), "summary": def.words.get(lang),
            "parameters": [parameter("limit", "integer"), parameter("offset", "integer"), parameter("q", "string"), parameter("sort", "string")],
            "responses": { "200": { "description": "OK", "content": content(&page) }, "default": refused } } });
        let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } });
        let mut one = json!({ "parameters": [id], "get": {
            "operationId": format!("get_{}", def.code),
            "responses": { "200": { "description": "OK", "content": content(&row) }, "default": refused } } });
        if !def.managed {
            let body = json!({ "required": true, "content": content(&row) });
            if let Some(map) = many.as_object_mut() {
                map.insert(
                    "post".into(),
                    json!({ "operationId": format!("create_{}", def.code), "requestBody": body,
                    "responses": { "201": { "description": "Created", "content": content(&row) }, "default": refused } }),
                );
            }
            if let Some(map) = one.as_object_mut() {
                map.insert(
                    "patch".into(),
                    json!({ "operationId": format!("update_{}", def.code), "requestBody": body,
                    "responses": { "200": { "description": "OK", "content": content(&row) }, "default": refused } }),
                );
            }
        }
        paths.insert(format!("/api/v1/{}", def.code), many);
        paths.insert(format!("/api/v1/{}/{{id}}", def.code), one);
    }
    let error = json!({ "type": "object", "properties": { "error": { "type": "object", "properties": {
        "code": { "type": "string" }, "message": { "type": "string" },
        "fields": { "type": "array", "items": { "type": "object", "properties": { "field": { "type": "string" }, "message": { "type": "string" } } } } } } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "mamori", "version": "1", "description": lang.pick(
            "台帳を読み書きするAPIです。トークンは「アカウント」の画面で発行します。",
            "Reads and writes the ledgers. Tokens are issued on the account page.") },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Refused": { "description": "error", "content": { "application/json": { "schema": error } } } },
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } }
        },
        "security": [{ "token": [] }]
    })
}
