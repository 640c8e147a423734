//! Each adapter is short.

use std::{fs, path::Path};

/// The lines of an adapter, without imports, comments and empty lines.
fn count(source: &str) -> usize {
    let (_, last_import) = source.rsplit_once("\nuse ").expect("an import");
    let (_, code) = last_import.split_once(";\n").expect("the end of the import");
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.count()
}

#[test]
fn adapters_have_at_most_thirty_lines() {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
    let adapters: Vec<_> = folders
        .map(|folder| folder.unwrap().path().join("src"))
        .filter(|source| source.join("main.rs").is_file())
        .map(|source| source.join("lib.rs"))
        .collect();
    assert_eq!(adapters.len(), 8);
    for adapter in adapters {
        let count = count(&fs::read_to_string(&adapter).unwrap());
        assert!(count <= 30, "{}: {count} lines", adapter.display());
    }
}
