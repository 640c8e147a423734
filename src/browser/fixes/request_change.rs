//! Changes a page's request as a fix says.

use http::header::CONTENT_TYPE;

use crate::browser::{diagnosis::Fix, request::Request};

impl Fix {
    /// Changes a page's request as the fix says. Returns whether the fix changes the request.
    ///
    /// The changed request is not refused again for the same reason. A fix that also has lines needs [both
    /// changes](Self::apply_to_response).
    ///
    /// ```
    /// use crossorigin::browser::{Mode, Page, Side, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/")?;
    /// let mut request = page.fetch("https://api.example/").mode(Mode::SameOrigin).build()?;
    /// let step = UserAgent::default().fetch(request.clone(), Timestamp::ZERO);
    /// let Step::Done(Err(error)) = step else { panic!("{step:?}") };
    /// let fix = &error.fixes()[0];
    /// assert_eq!(fix.side(), Side::Page);
    /// assert!(fix.apply_to_request(&mut request));
    /// assert_eq!(request.mode, Mode::Cors);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply_to_request(&self, request: &mut Request) -> bool {
        let Some(change) = self.change() else { return false };
        change.change_method_and_headers(&mut request.method, &mut request.headers);
        set(&mut request.url, change.url.as_ref());
        set(&mut request.mode, change.mode.as_ref());
        set(&mut request.credentials, change.credentials.as_ref());
        set(&mut request.redirect, change.redirect.as_ref());
        set(&mut request.embedder_policy, change.embedder_policy.as_ref());
        set(&mut request.body, change.body.as_ref());
        request.use_cors_preflight &= !change.without_upload_listener;
        if !request.headers.contains(&CONTENT_TYPE) {
            // An engine must not change its charset later.
            request.construction.author_type_of_text = None;
        }
        true
    }
}

fn set<T: Clone>(place: &mut T, value: Option<&T>) {
    if let Some(value) = value {
        place.clone_from(value);
    }
}
