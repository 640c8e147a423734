//! Checks the seeds, which are the first inputs of the fuzzer and its findings, on any toolchain.

use std::{collections::BTreeSet, fs, path::Path};

use crossorigin_fuzz::TARGETS;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_target_passes_with_its_seeds() {
    for (target, check) in TARGETS {
        let seeds = fs::read_dir(Path::new(ROOT).join("seeds").join(target)).unwrap();
        let mut count = 0;
        for seed in seeds {
            check(&fs::read(seed.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 5, "{target} has {count} seeds");
        check(b"");
        // For `exchange` these are all its worlds.
        (0..=255).for_each(|byte| check(&[byte]));
    }
}

fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let names = fs::read_dir(Path::new(ROOT).join(folder)).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| name.strip_suffix(ending).unwrap().to_owned()).collect()
}

/// A new target needs all of these.
#[test]
fn every_target_has_a_program_seeds_and_a_dictionary() {
    let targets: BTreeSet<_> = TARGETS.iter().map(|(target, _)| (*target).to_owned()).collect();
    assert_eq!(names("fuzz_targets", ".rs"), targets);
    assert_eq!(names("seeds", ""), targets);
    assert_eq!(names("dictionaries", ".dict"), targets);
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    assert!(targets.iter().all(|target| readme.contains(&format!("`{target}`"))));
}
