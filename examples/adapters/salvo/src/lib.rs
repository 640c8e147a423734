//! salvo: a handler for `Service::hoop`. A hoop of a `Router` does not see the requests that have no route.

use crossorigin::server::{Action, Policy};
use salvo::prelude::*;

/// The handler: `Service::new(router).hoop(Cors(policy))`.
pub struct Cors(pub Policy);

#[async_trait]
impl Handler for Cors {
    async fn handle(&self, req: &mut Request, depot: &mut Depot, res: &mut Response, ctrl: &mut FlowCtrl) {
        let decision = self.0.decide(req.method(), req.headers()).into_owned();
        match decision.action() {
            Action::CallHandler => {
                ctrl.call_next(req, depot, res).await;
            }
            Action::Respond(status) => {
                // With a body, even an empty one, salvo adds no page to a 403.
                res.status_code(status).body(salvo::http::ResBody::Once(Default::default()));
                ctrl.skip_rest();
            }
        }
        decision.apply(res.headers_mut());
    }
}
