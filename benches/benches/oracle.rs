//! Criterion benchmark of the oracle program:
//! `cargo bench --manifest-path benches/Cargo.toml --bench oracle`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use crossorigin_benches::oracle::{CASES, process_lines};

fn cases(criterion: &mut Criterion) {
    let mut output = Vec::new();
    let mut group = criterion.benchmark_group("oracle");
    group.throughput(Throughput::Elements(process_lines(CASES, &mut output) as u64));
    group.bench_function("recorded cases", |bencher| {
        bencher.iter(|| {
            output.clear();
            process_lines(CASES, &mut output)
        });
    });
    group.finish();
}

criterion_group!(benches, cases);
criterion_main!(benches);
