//! The twelve stories: what people run into, as fetches that run in the oracle when the story is told.

pub(crate) mod telling;
#[cfg(test)]
mod tests;

use std::{error::Error, time::Duration};

use crossorigin::{
    browser::{
        AddressSpace, Body, CredentialsMode, CrossOriginAttribute, Initiator, InvalidPage, Page, Profile,
        Refusal, Request, UserAgent,
    },
    http::Response,
    oracle::{Oracle, Script, Transcript},
    origin::{OpaqueOrigin, Origin},
};

/// A story about one thing that people run into.
pub(crate) struct Story {
    /// Its short name on the command line.
    pub(crate) letter: &'static str,
    /// Its long name on the command line.
    pub(crate) name: &'static str,
    /// What happens.
    pub(crate) title: &'static str,
    /// Why people run into it.
    pub(crate) intro: &'static str,
    /// Plays it.
    pub(crate) play: fn() -> Result<Vec<Scene>, Box<dyn Error>>,
    /// What to remember.
    pub(crate) moral: &'static str,
}

/// One fetch of a story.
pub(crate) struct Scene {
    /// What is different from the scene before; empty for a story's only scene.
    pub(crate) heading: &'static str,
    /// The code in the page.
    pub(crate) code: &'static str,
    /// The whole fetch.
    pub(crate) transcript: Transcript,
}

impl Story {
    /// Returns whether this is the story with that letter or name.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        name == self.letter || name == self.name
    }
}

/// The letters and names of all stories, for people.
pub(crate) fn names() -> String {
    STORIES.map(|story| format!("{} ({})", story.letter, story.name)).join(", ")
}

/// All of them, in the order in which they are told.
pub(crate) const STORIES: [Story; 12] = [
    Story {
        letter: "a",
        name: "allowed",
        title: "Site B allows site A to read",
        intro: "A script on site A wants data from site B, and it works. Two header lines are needed: in \
                Origin, the browser says who is asking; in Access-Control-Allow-Origin, site B says who \
                may read.",
        play: allowed,
        moral: "The site that has the data decides: it names the origin that may read.",
    },
    Story {
        letter: "b",
        name: "no-header",
        title: "Site B says nothing",
        intro: "This is how it usually begins: the URL works in curl and in the address bar, but a script \
                cannot read it. Site B has never heard of CORS, so its response does not have the header.",
        play: no_header,
        moral: "CORS did not stop the request. It withheld the response from the script, and only site B \
                can change that.",
    },
    Story {
        letter: "c",
        name: "own-origin",
        title: "Site B names itself",
        intro: "This is the classic misunderstanding: people think that Access-Control-Allow-Origin says \
                where the data comes from. It says where the reader comes from.",
        play: own_origin,
        moral: "Access-Control-Allow-Origin names the page that reads, never the server that responds.",
    },
    Story {
        letter: "d",
        name: "put-json",
        title: "PUT with JSON, permitted after a preflight",
        intro: "No HTML form can send a PUT, or the type application/json, and servers rely on that. So \
                the browser asks first, with an OPTIONS request. Many servers respond to it correctly, and \
                then forget Access-Control-Allow-Origin in the response to the PUT.",
        play: put_json,
        moral: "The preflight permits sending the request, not reading the response: the response to the \
                PUT needs Access-Control-Allow-Origin again. Without it the PUT still happens, and the \
                script never learns how it went.",
    },
    Story {
        letter: "e",
        name: "content-type",
        title: "PUT with JSON, but Content-Type is not allowed",
        intro: "Many people remember to allow the method, but forget the header Content-Type. It needs \
                permission too, unless its value is one of the three types that HTML forms can send. \
                application/json is not one of them.",
        play: content_type,
        moral: "Sending application/json requires Access-Control-Allow-Headers: content-type, even with \
                POST.",
    },
    Story {
        letter: "f",
        name: "credentials",
        title: "Cookies, and a server that allows any origin",
        intro: "If a script asks for cookies to be sent, a response with * is refused. Otherwise, every \
                site on the web could read what this user sees when logged in.",
        play: credentials,
        moral: "With credentials, a server must say whom it trusts: it names the origin, and adds \
                Access-Control-Allow-Credentials: true.",
    },
    Story {
        letter: "g",
        name: "from-disk",
        title: "A page opened from disk",
        intro: "Somebody opens index.html with a double click, and its script calls an API. Such a page \
                has an opaque origin, which is sent as Origin: null. Sandboxed frames have one too.",
        play: from_disk,
        moral: "Every site can open a sandboxed frame, whose origin is null too. So a server that allows \
                null together with credentials gives its users' data to every site. For development, serve \
                pages from a local server.",
    },
    Story {
        letter: "h",
        name: "max-age",
        title: "A permission for twenty days",
        intro: "A preflight before every PUT costs an extra round trip. Access-Control-Max-Age lets the \
                browser remember the permission, and people write large numbers into it.",
        play: max_age,
        moral: "By the standard, a permission lasts as long as the server says. But every browser has a \
                limit: Chromium 2 hours, Firefox 24 hours, WebKit (the engine of Safari) 10 minutes. No \
                permission lasts longer than one day in any of them.",
    },
    Story {
        letter: "i",
        name: "image",
        title: "An image from another origin",
        intro: "Pages could show images from anywhere long before CORS, and still can. But a script may \
                not look at the pixels, as people notice when they draw the image on a canvas. With the \
                attribute crossorigin, the page asks for permission to read, so the image can be blocked.",
        play: image,
        moral: "Without crossorigin, an image is displayed but cannot be read. With it, an image can be \
                read if site B allows that, and is not even displayed if site B does not.",
    },
    Story {
        letter: "j",
        name: "redirect",
        title: "Site B redirects to site C",
        intro: "An API moves, or a download leads to a storage service, and the old URL redirects. Site C \
                allows site A as it should, yet the browser still refuses.",
        play: redirect,
        moral: "After a redirect from one foreign origin to another, Origin is null, so naming site A no \
                longer helps. Have the page request the final URL directly, or have site C allow any origin.",
    },
    Story {
        letter: "k",
        name: "other-browser",
        title: "It works in Chromium, but not in WebKit, the engine of Safari",
        intro: "The page asks its own server, which redirects to site B, which redirects to site C. Nobody \
                needs cookies, so B and C allow any origin with *. In Chromium that works, as the standard \
                says. In WebKit it does not.",
        play: other_browser,
        moral: "Each browser has its own differences from the standard, so test all of them before you \
                ship. Here, site B would have to name the origin and allow credentials, although none are \
                sent.",
    },
    Story {
        letter: "l",
        name: "at-home",
        title: "A page on the internet, and a device at home",
        intro: "A site configures the router of its users. That worked until Chrome 142 and Firefox 153, which \
                ask the user first. Here, the user does not agree. Chrome calls that \"blocked by CORS policy\", but no header helps.",
        play: at_home,
        moral: "A page that reaches into the local network needs https and the user's permission. CORS \
                comes after that, so the device must allow the page's origin, too.",
    },
];

const SITE_A: &str = "http://site-a.example";
const DATA: &str = "http://site-b.example/data";
const ITEM: &str = "http://site-b.example/items/7";
const PHOTO: &str = "http://site-b.example/photo.jpg";
const MOVED: &str = "http://site-c.example/data";

const HOUR: Duration = Duration::from_secs(3_600);

const GET_DATA: &str = r#"fetch("http://site-b.example/data")"#;
const GET_WITH_COOKIES: &str = r#"fetch("http://site-b.example/data", {
  credentials: "include",
})"#;
const PUT_ITEM: &str = r#"fetch("http://site-b.example/items/7", {
  method: "PUT",
  headers: {"Content-Type": "application/json"},
  body: JSON.stringify(item),
})"#;

const JSON: (&str, &str) = ("Content-Type", "application/json");
const JPEG: (&str, &str) = ("Content-Type", "image/jpeg");
const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const ALLOW_A: (&str, &str) = (ALLOW_ORIGIN, SITE_A);
const ALLOW_ALL: (&str, &str) = (ALLOW_ORIGIN, "*");
const ALLOW_NULL: (&str, &str) = (ALLOW_ORIGIN, "null");
const ALLOW_CREDENTIALS: (&str, &str) = ("Access-Control-Allow-Credentials", "true");
const ALLOW_PUT: (&str, &str) = ("Access-Control-Allow-Methods", "PUT");
const ALLOW_CONTENT_TYPE: (&str, &str) = ("Access-Control-Allow-Headers", "content-type");
const TWENTY_DAYS: (&str, &str) = ("Access-Control-Max-Age", "1728000");

/// The response of a server: a status and header lines.
type StoryResponse<'a> = (u16, &'a [(&'a str, &'a str)]);

/// The response to a preflight that permits the PUT of an item.
const PERMITTED: StoryResponse<'_> = (204, &[ALLOW_A, ALLOW_PUT, ALLOW_CONTENT_TYPE]);
const PERMITTED_FOR_TWENTY_DAYS: StoryResponse<'_> =
    (204, &[ALLOW_A, ALLOW_PUT, ALLOW_CONTENT_TYPE, TWENTY_DAYS]);
const PUT_DONE: StoryResponse<'_> = (200, &[ALLOW_A, JSON]);

fn allowed() -> Result<Vec<Scene>, Box<dyn Error>> {
    let mut stage = Stage::of_site_a()?;
    stage.play("", GET_DATA, get_data, &[(200, &[ALLOW_A, JSON])])?;
    Ok(stage.scenes)
}

fn no_header() -> Result<Vec<Scene>, Box<dyn Error>> {
    let mut stage = Stage::of_site_a()?;
    stage.play("", GET_DATA, get_data, &[(200, &[JSON])])?;
    Ok(stage.scenes)
}

fn own_origin() -> Result<Vec<Scene>, Box<dyn Error>> {
    let mut stage = Stage::of_site_a()?;
    let names_itself = (ALLOW_ORIGIN, "http://site-b.example");
    stage.play("", GET_DATA, get_data, &[(200, &[names_itself, JSON])])?;
    Ok(stage.scenes)
}

fn put_json() -> Result<Vec<Scene>, Box<dyn Error>> {
    let mut stage = Stage::of_site_a()?;
    stage.play(
        "Both responses have Access-Control-Allow-Origin",
        PUT_ITEM,
        put_item,
        &[PERMITTED, PUT_DONE],
    )?;
    stage.empty_cache();
    stage.play(
        "The response to the PUT has no Access-Control-Allow-Origin",
        PUT_ITEM,
        put_item,
        &[PERMITTED, (200, &[JSON])],
    )?;
    Ok(stage.scenes)
}

fn content_type() -> Result<Vec<Scene>, Box<dyn Error>> {
    let mut stage = Stage::of_site_a()?;
    let allow_authorization = ("Access-Control-Allow-Headers", "authorization");
    stage.play("", PUT_ITEM, put_item, &[(204, &[ALLOW_A, ALLOW_PUT, allow_authorization])])?;
    Ok(stage.scenes)
}

fn credentials() -> Result<Vec<Scene>, Box<dyn Error>> {
    let mut stage = Stage::of_site_a()?;
    stage.play(
        "Site B allows any origin",
        GET_WITH_COOKIES,
        get_with_cookies,
        &[(200, &[ALLOW_ALL, ALLOW_CREDENTIALS, JSON])],
    )?;
    stage.play(
        "Site B names site A, but does not allow credentials",
        GET_WITH_COOKIES,
        get_with_cookies,
        &[(200, &[ALLOW_A, JSON])],
    )?;
    stage.play(
        "Site B names site A and allows credentials",
        GET_WITH_COOKIES,
        get_with_cookies,
        &[(200, &[ALLOW_A, ALLOW_CREDENTIALS, JSON])],
    )?;
    Ok(stage.scenes)
}

fn from_disk() -> Result<Vec<Scene>, Box<dyn Error>> {
    let mut stage = Stage::new("file:///home/me/index.html", Profile::standard())?;
    stage.play("Site B allows any origin", GET_DATA, get_data, &[(200, &[ALLOW_ALL, JSON])])?;
    stage.play("Site B allows null", GET_DATA, get_data, &[(200, &[ALLOW_NULL, JSON])])?;
    stage.play(
        "The script asks for cookies, and site B allows any origin",
        GET_WITH_COOKIES,
        get_with_cookies,
        &[(200, &[ALLOW_ALL, ALLOW_CREDENTIALS, JSON])],
    )?;
    stage.play(
        "The script asks for cookies, and site B allows null: this works, but endangers site B",
        GET_WITH_COOKIES,
        get_with_cookies,
        &[(200, &[ALLOW_NULL, ALLOW_CREDENTIALS, JSON])],
    )?;
    Ok(stage.scenes)
}

fn max_age() -> Result<Vec<Scene>, Box<dyn Error>> {
    let with_preflight = &[PERMITTED_FOR_TWENTY_DAYS, PUT_DONE];
    let mut profile = Profile::standard();
    profile = profile.with_max_age_limit(Some(Duration::from_secs(7_200)));
    let mut stage = Stage::new(SITE_A, profile)?;
    stage.play("The first PUT, in a browser with a limit of 2 hours", PUT_ITEM, put_item, with_preflight)?;
    stage.oracle.advance(HOUR);
    stage.play("An hour later", PUT_ITEM, put_item, &[PUT_DONE])?;
    stage.oracle.advance(HOUR);
    stage.play("Two hours after the first PUT", PUT_ITEM, put_item, with_preflight)?;
    Ok(stage.scenes)
}

fn image() -> Result<Vec<Scene>, Box<dyn Error>> {
    let plain = |page: &Page| page.request(Initiator::Element, PHOTO).build();
    let with_attribute = |page: &Page| {
        page.request(Initiator::Element, PHOTO).crossorigin(Some(CrossOriginAttribute::Anonymous)).build()
    };
    let plain_code = r#"<img src="http://site-b.example/photo.jpg">"#;
    let code = r#"<img src="http://site-b.example/photo.jpg" crossorigin>"#;

    let mut stage = Stage::of_site_a()?;
    stage.play("A plain image", plain_code, plain, &[(200, &[JPEG])])?;
    stage.play("With crossorigin, and site B says nothing", code, with_attribute, &[(200, &[JPEG])])?;
    stage.play(
        "With crossorigin, and site B allows it",
        code,
        with_attribute,
        &[(200, &[ALLOW_ALL, JPEG])],
    )?;
    Ok(stage.scenes)
}

fn redirect() -> Result<Vec<Scene>, Box<dyn Error>> {
    let to_site_c: StoryResponse<'_> = (302, &[("Location", MOVED), ALLOW_A]);
    let silent: StoryResponse<'_> = (302, &[("Location", MOVED)]);
    let mut stage = Stage::of_site_a()?;
    stage.play("Site C names site A", GET_DATA, get_data, &[to_site_c, (200, &[ALLOW_A, JSON])])?;
    stage.play("Site C allows any origin", GET_DATA, get_data, &[to_site_c, (200, &[ALLOW_ALL, JSON])])?;
    stage.play(
        "Site B redirects without Access-Control-Allow-Origin: this fails even before (j1) does",
        GET_DATA,
        get_data,
        &[silent],
    )?;
    Ok(stage.scenes)
}

fn other_browser() -> Result<Vec<Scene>, Box<dyn Error>> {
    let to_site_b: StoryResponse<'_> = (302, &[("Location", DATA)]);
    let to_site_c: StoryResponse<'_> = (302, &[("Location", MOVED), ALLOW_ALL]);
    let responses = [to_site_b, to_site_c, (200, &[ALLOW_ALL, JSON])];
    let code = r#"fetch("/data")"#;
    let go = |page: &Page| page.fetch("/data").build();
    let mut chromium = Stage::new(SITE_A, Profile::chromium())?;
    chromium.play("In Chromium", code, go, &responses)?;
    let mut webkit = Stage::new(SITE_A, Profile::webkit())?;
    webkit.play("In WebKit", code, go, &responses)?;
    chromium.scenes.extend(webkit.scenes);
    Ok(chromium.scenes)
}

fn at_home() -> Result<Vec<Scene>, Box<dyn Error>> {
    let page = Page::new("https://site-a.example")?.with_address(AddressSpace::Public);
    let mut stage = Stage::of(page, Profile::chromium());
    stage.servers = AddressSpace::Local;
    let go = |page: &Page| page.fetch("http://192.168.0.1/status").build();
    stage.play("", r#"fetch("http://192.168.0.1/status")"#, go, &[(200, &[ALLOW_ALL, JSON])])?;
    Ok(stage.scenes)
}

fn get_data(page: &Page) -> Result<Request, Refusal> {
    page.fetch(DATA).build()
}

fn get_with_cookies(page: &Page) -> Result<Request, Refusal> {
    page.fetch(DATA).credentials(CredentialsMode::Include).build()
}

fn put_item(page: &Page) -> Result<Request, Refusal> {
    let (name, value) = JSON;
    page.fetch(ITEM).method("PUT").header(name, value).body(Body::Replayable, None).build()
}

/// Where scenes are played: one page in one browser, whose preflight cache lasts from scene to scene.
struct Stage {
    oracle: Oracle,
    /// Where the servers are.
    servers: AddressSpace,
    scenes: Vec<Scene>,
}

impl Stage {
    fn of_site_a() -> Result<Self, Box<dyn Error>> {
        Self::new(SITE_A, Profile::standard())
    }

    fn new(page: &str, profile: Profile) -> Result<Self, Box<dyn Error>> {
        let page = match Page::new(page) {
            Err(InvalidPage::OpaqueOrigin) => {
                Page::with_origin(page.parse()?, Origin::Opaque(OpaqueOrigin(0)))
            }
            page => page?,
        };
        Ok(Self::of(page, profile))
    }

    fn of(page: Page, profile: Profile) -> Self {
        let oracle = Oracle::with_user_agent(page, UserAgent::new(profile));
        Self { oracle, servers: AddressSpace::Public, scenes: Vec::new() }
    }

    /// Forgets what preflights permitted, so that the next scene begins like the first.
    fn empty_cache(&mut self) {
        self.oracle.user_agent_mut().cache_mut().clear();
    }

    /// Plays a scene: the server responds in turn.
    fn play(
        &mut self,
        heading: &'static str,
        code: &'static str,
        request: impl Fn(&Page) -> Result<Request, Refusal>,
        responses: &[StoryResponse<'_>],
    ) -> Result<(), Box<dyn Error>> {
        let mut script = Script::default();
        for (status, headers) in responses {
            let response =
                headers.iter().fold(Response::builder().status(*status), |response, (name, value)| {
                    response.header(*name, *value)
                });
            script.push(response.body(())?);
        }
        let request = request(self.oracle.page())?;
        let transcript = self.oracle.fetch(request, &mut (self.servers, script));
        self.scenes.push(Scene { heading, code, transcript });
        Ok(())
    }
}
