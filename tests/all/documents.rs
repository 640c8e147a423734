//! The README shows what the crate prints and what compiles, links lead to files, and the table of steps names functions that
//! exist.

use std::{fs, path::Path};

use crossorigin::{browser::Page, http::Response, oracle::Oracle};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

/// The end of the report, in its short form, of the README's first program.
fn report() -> String {
    let mut oracle = Oracle::new(Page::new("https://app.example/").unwrap());
    let request = oracle.page().fetch("https://api.example/items/7").method("PUT");
    let request = request.header("Content-Type", "application/json").build().unwrap();
    let transcript = oracle.fetch(request, &mut |_: &_| {
        let response = Response::builder().header("Access-Control-Allow-Origin", "https://app.example");
        response.header("Access-Control-Allow-Methods", "PUT").body(()).unwrap()
    });
    let report = format!("{transcript:#}");
    report[report.find("BLOCKED").unwrap()..].trim_end().to_owned()
}

/// Written anew by `CROSSORIGIN_BLESS=1 cargo test the_first_screen_shows_a_report`.
#[test]
fn the_first_screen_shows_a_report() {
    let readme = read("README.md");
    let (before, rest) = readme.split_once("```text\n").unwrap();
    let (shown, after) = rest.split_once("```").unwrap();
    let printed = format!("{}\n", report());
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        fs::write(Path::new(ROOT).join("README.md"), format!("{before}```text\n{printed}```{after}"))
            .unwrap();
    } else {
        assert_eq!(shown, printed);
    }
}

/// Doctests cannot have axum, so this program is a copy of an example, which is compiled.
#[test]
fn the_axum_program_is_the_example() {
    let example = read("examples/axum/examples/hello.rs");
    assert!(read("README.md").contains(&format!("```rust,ignore\n{example}```")));
}

/// The pages of `folder`, such as `docs/needs.md`.
fn pages_of(folder: &str) -> impl Iterator<Item = String> {
    let names = fs::read_dir(Path::new(ROOT).join(folder)).unwrap();
    let names = names.map(|page| page.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".md")).map(move |name| format!("{folder}/{name}"))
}

/// Lines that rustdoc hides are text on a forge, and code that is copied with them does not compile.
#[test]
fn code_on_pages_has_no_hidden_lines() {
    let pages = ["README.md", "cli/README.md"].map(str::to_owned).into_iter();
    for page in pages.chain(pages_of("docs")).chain(pages_of("docs/migration")) {
        for block in read(&page).split("```rust").skip(1) {
            let code = block.split("```").next().unwrap().lines();
            let hidden: Vec<_> =
                code.filter(|line| line.trim() == "#" || line.trim().starts_with("# ")).collect();
            assert!(hidden.is_empty(), "{page}: {hidden:?}");
        }
    }
}

/// On a forge, the name of a link leads to a file. On docs.rs, the module that includes the page leads the same name to the
/// documentation.
#[test]
fn links_lead_to_files_and_to_the_documentation() {
    let mut pages = vec![("README.md".to_owned(), "src/lib.rs", "//! ")];
    for folder in ["docs", "docs/migration"] {
        pages.extend(pages_of(folder).map(|page| match page.as_str() {
            "docs/cases.md" => (page, "src/oracle/case.rs", "//! "),
            _ => (page, "src/_documentation.rs", "/// "),
        }));
    }
    for (page, module, comment) in pages {
        let (text, module) = (read(&page), read(module));
        for (name, target) in text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")) {
            let file = Path::new(ROOT).join(&page).with_file_name(target);
            assert!(file.exists(), "{page}: [{name}] leads to {target}");
            let definition = format!("{comment}[{name}]: ");
            let is_defined = module.lines().any(|line| line.trim_start().starts_with(&definition));
            assert!(is_defined, "{page}: the module has no [{name}]");
        }
    }
}

/// Each "`function` in `file`" of the table is a function of that file.
#[test]
fn the_table_of_steps_names_functions_that_exist() {
    let table = read("docs/coverage.md");
    let mut count = 0;
    for (before, after) in table.split("` in `").zip(table.split("` in `").skip(1)) {
        let (function, file) = (before.rsplit('`').next().unwrap(), after.split('`').next().unwrap());
        let source = read(&format!("src/{file}"));
        let heads = ["(", "<"].map(|next| format!("fn {function}{next}"));
        assert!(heads.iter().any(|head| source.contains(head)), "{function} in {file}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}
