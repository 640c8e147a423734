//! What differs, as the guides say. `CROSSORIGIN_BLESS=1` writes the tables of the guides.

use std::{convert::Infallible, fs, path::PathBuf, time::Duration};

use actix_web::{App, HttpResponse, http::Method as ActixMethod, test as actix, web};
use crossorigin::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use crossorigin_side_by_side::{
    TOTAL, compare,
    configurations::{self, Configurations},
    handler, recorded, table,
};
use tower::{Layer as _, ServiceExt as _, service_fn, util::BoxCloneSyncService};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

/// Compares the table in the guide, or writes it.
fn check(guide: &str, there: &mut dyn FnMut(Request<()>) -> Response<()>, configurations: &Configurations) {
    let (count, differences) = compare(there, configurations);
    assert!(count > 1000, "{count}");
    let table = format!("\n{}\n", table(count, &differences));
    let file: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../../docs/migration", &format!("{guide}.md")].iter().collect();
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once("<!-- differences -->\n").expect("the mark before the table");
    let (written, after) = rest.split_once("<!-- end -->").expect("the mark after the table");
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        fs::write(file, format!("{before}<!-- differences -->\n{table}<!-- end -->{after}")).unwrap();
    } else {
        assert_eq!(written, table);
    }
}

fn configuration(request: &Request<()>) -> &str {
    request.uri().path().split('/').nth(1).unwrap()
}

fn tower_http(configuration: &str) -> CorsLayer {
    let origin = |text: &'static str| HeaderValue::from_static(text);
    match configuration {
        "permissive" => CorsLayer::permissive(),
        "spa" => CorsLayer::new()
            .allow_origin(AllowOrigin::predicate(|origin, _| {
                origin == "https://app.example"
                    || origin.as_bytes().starts_with(b"https://")
                        && origin.as_bytes().ends_with(b".app.example")
            }))
            .allow_credentials(true)
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
            .allow_headers([
                HeaderName::from_static("content-type"),
                HeaderName::from_static("authorization"),
            ])
            .expose_headers([HeaderName::from_static("x-total")])
            .max_age(Duration::from_secs(600)),
        "public" => CorsLayer::new()
            .allow_origin(Any)
            .allow_methods([Method::GET])
            .expose_headers([HeaderName::from_static("x-total")]),
        _ => CorsLayer::new()
            .allow_origin(origin("https://admin.example"))
            .allow_credentials(true)
            .allow_methods([Method::PUT])
            .allow_headers([HeaderName::from_static("content-type")]),
    }
}

#[test]
fn tower_http_differs_as_the_guide_says() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut respond = |request: Request<()>| {
        let service = service_fn(async |request: Request<()>| Ok::<_, Infallible>(handler(&request)));
        let layer = tower_http(configuration(&request));
        let service = BoxCloneSyncService::new(layer.layer(service));
        runtime.block_on(service.oneshot(request)).unwrap()
    };
    check("tower-http", &mut respond, &configurations::of_tower_http());
}

fn actix_cors(configuration: &str) -> actix_cors::Cors {
    let cors = actix_cors::Cors::default();
    match configuration {
        "permissive" => actix_cors::Cors::permissive(),
        "spa" => cors
            .allowed_origin("https://app.example")
            .allowed_origin_fn(|origin, _| {
                origin.as_bytes().starts_with(b"https://") && origin.as_bytes().ends_with(b".app.example")
            })
            .supports_credentials()
            .allowed_methods(["GET", "POST", "PUT", "DELETE"])
            .allowed_headers(["content-type", "authorization"])
            .expose_headers(["x-total"])
            .max_age(600),
        "public" => {
            cors.send_wildcard().allow_any_origin().allowed_methods(["GET"]).expose_headers(["x-total"])
        }
        _ => cors
            .allowed_origin("https://admin.example")
            .supports_credentials()
            .allowed_methods(["PUT"])
            .allowed_header("content-type"),
    }
}

async fn ask_actix_cors(request: Request<()>) -> Response<()> {
    let item = || async { HttpResponse::Ok().append_header(TOTAL).finish() };
    let cors = actix_cors(configuration(&request));
    let app = actix::init_service(App::new().wrap(cors).route("/{name}/item", web::to(item))).await;
    let method = ActixMethod::from_bytes(request.method().as_str().as_bytes()).unwrap();
    let mut ask = actix::TestRequest::default().method(method).uri(request.uri().path());
    for (name, value) in request.headers() {
        ask = ask.append_header((name.as_str(), value.as_bytes()));
    }
    let response = actix::call_service(&app, ask.to_request()).await;
    let mut copy = Response::new(());
    *copy.status_mut() = StatusCode::from_u16(response.status().as_u16()).unwrap();
    for (name, value) in response.headers() {
        let name = HeaderName::try_from(name.as_str()).unwrap();
        copy.headers_mut().append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    copy
}

#[test]
fn actix_cors_differs_as_the_guide_says() {
    let system = actix_web::rt::System::new();
    let mut respond = |request| system.block_on(ask_actix_cors(request));
    check("actix-cors", &mut respond, &configurations::of_actix_cors());
}

#[test]
fn express_differs_as_the_guide_says() {
    check("express", &mut recorded::replay("express"), &configurations::of_express());
}

#[test]
fn rs_cors_differs_as_the_guide_says() {
    check("rs-cors", &mut recorded::replay("rs-cors"), &configurations::of_rs_cors());
}

#[test]
fn jub0bs_cors_differs_as_the_guide_says() {
    check("jub0bs-cors", &mut recorded::replay("jub0bs-cors"), &configurations::of_jub0bs_cors());
}

#[test]
fn spring_differs_as_the_guide_says() {
    check("spring", &mut recorded::replay("spring"), &configurations::of_spring());
}
