//! Criterion benchmarks of the server side: `cargo bench --manifest-path benches/Cargo.toml --bench server`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use crossorigin_benches::server::{self, Scenario, origins, policy, respond, wildcard_domains};

const COUNTS: [usize; 4] = [1, 10, 1000, 100_000];

fn scenarios(criterion: &mut Criterion) {
    for scenario in Scenario::ALL {
        let mut group = criterion.benchmark_group(scenario.name());
        for count in COUNTS {
            let origins = origins(count);
            let policy = policy(&origins, &[]);
            let request = scenario.request(server::middle(&origins));
            group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
                bencher.iter(|| respond(&policy, black_box(&request)));
            });
        }
        group.finish();
    }
}

fn wildcards(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("actual, allowed by a wildcard");
    for count in COUNTS {
        let origins = origins(count);
        let domains = wildcard_domains(&origins);
        let policy = policy(&origins, &domains);
        let request = Scenario::ActualAllowed.request(&server::under_wildcard(&domains));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| respond(&policy, black_box(&request)));
        });
    }
    group.finish();
}

fn hostile(criterion: &mut Criterion) {
    let origins = origins(10);
    let origin = server::middle(&origins);
    let listed = policy(&origins, &[]);
    let any = policy(&origins, &[]).to_builder().allow_any_header().build().unwrap();
    let mut group = criterion.benchmark_group("hostile Access-Control-Request-Headers");
    for (name, names) in [("16 KiB of commas", server::commas()), ("2,000 names", server::many_names())] {
        let request = server::hostile_preflight(origin, names);
        for (kind, policy) in [("listed", &listed), ("any", &any)] {
            group.bench_function(BenchmarkId::new(name, kind), |bencher| {
                bencher.iter(|| respond(policy, black_box(&request)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, scenarios, wildcards, hostile);
criterion_main!(benches);
