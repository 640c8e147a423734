//! actix-web 4: a middleware for `from_fn`. actix-web has header types of its own, so the decision is made of the copied
//! headers, and comes back as edits.

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{StatusCode, header::*},
    middleware::Next,
    web::Data,
};
use crossorigin::server::{Action, Decision, Edit, Policy, request_headers};

/// The middleware: `App::new().app_data(Data::new(policy)).wrap(from_fn(cors))`.
///
/// # Errors
/// Those of the inner middleware. Their responses get the headers too.
pub async fn cors(
    policy: Data<Policy>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let headers = request_headers(|name| request.headers().get_all(name).map(HeaderValue::as_bytes));
    let decision = policy.decide(&request.method().as_str().try_into().unwrap_or_default(), &headers);
    if let Action::Respond(status) = decision.action() {
        let status = StatusCode::from_u16(status.as_u16()).expect("a status of `http` 1");
        return Ok(request.into_response(edited(HttpResponse::new(status), &decision)));
    }
    let response = next.call(request).await.map_err(|error| {
        let response = edited(error.error_response(), &decision);
        InternalError::from_response(error, response)
    });
    let (request, response) = response?.into_parts();
    Ok(ServiceResponse::new(request, edited(response, &decision).map_into_boxed_body()))
}

fn edited<B>(mut response: HttpResponse<B>, decision: &Decision<'_>) -> HttpResponse<B> {
    for edit in decision.edits(response.headers().iter()) {
        match edit {
            Edit::Remove(name) => drop(response.headers_mut().remove(name.as_str())),
            Edit::Add(name, value) => {
                let value = HeaderValue::from_bytes(&value).expect("the bytes of header values");
                response.headers_mut().append(name.try_into().expect("the name of a header"), value);
            }
        }
    }
    response
}
