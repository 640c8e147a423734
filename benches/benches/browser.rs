//! Criterion benchmarks of the browser side:
//! `cargo bench --manifest-path benches/Cargo.toml --bench browser`.

use std::{hint::black_box, time::Duration};

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use crossorigin::request_header::cors_unsafe_request_header_names;
use crossorigin_benches::{
    browser::{Job, PreparedFetch, eight_headers},
    cache::{Cached, LinearList, Requests},
};

const ENTRIES: [usize; 3] = [100, 10_000, 1_000_000];

fn fetches(criterion: &mut Criterion) {
    let headers = eight_headers();
    criterion.bench_function("classify eight headers", |bencher| {
        bencher.iter(|| cors_unsafe_request_header_names(black_box(&headers)));
    });
    for job in Job::ALL {
        let mut prepared = PreparedFetch::new(job);
        criterion.bench_function(job.name(), |bencher| bencher.iter(|| prepared.run()));
    }
}

fn cache(criterion: &mut Criterion) {
    for entries in ENTRIES {
        let mut group = criterion.benchmark_group("cache");
        let (mut cached, mut requests) = (Cached::new(entries), Requests::new(entries));
        group.bench_function(BenchmarkId::new("look-up", entries), |bencher| {
            bencher.iter_batched(|| requests.known(), |request| cached.start(request), BatchSize::SmallInput);
        });
        group.bench_function(BenchmarkId::new("insert", entries), |bencher| {
            bencher.iter_batched(
                || requests.unknown(),
                |request| cached.insert(request),
                BatchSize::SmallInput,
            );
        });
        let list = LinearList::new(entries);
        group.bench_function(BenchmarkId::new("look-up in a linear list", entries), |bencher| {
            bencher.iter_batched(
                || requests.known(),
                |request| list.look_up(&request, Duration::ZERO),
                BatchSize::SmallInput,
            );
        });
        group.finish();
    }
}

criterion_group!(benches, fetches, cache);
criterion_main!(benches);
