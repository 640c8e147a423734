//! Measures several contenders for one job in turns, so that every disturbance of the machine affects all of
//! them.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// The number of measurements of each contender. The median counts.
const ROUNDS: usize = 101;

/// The least time of one measurement. A short job is repeated for so long.
const LONG_ENOUGH: Duration = Duration::from_micros(150);

/// The number of inputs made before the clock starts. They fit into the processor's cache.
const BATCH: usize = 32;

/// One way of doing a job.
pub struct Contender<'a> {
    pub name: &'static str,
    /// Does the job this many times, and returns the time it took.
    run: Box<dyn FnMut(usize) -> Duration + 'a>,
}

impl<'a> Contender<'a> {
    /// A job that only borrows its input.
    pub fn new<Output>(name: &'static str, mut job: impl FnMut() -> Output + 'a) -> Self {
        let run = move |times: usize| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(job());
            }
            start.elapsed()
        };
        Self { name, run: Box::new(run) }
    }

    /// A job that consumes an input. The input is made before the clock starts, and the output is dropped
    /// after it has stopped.
    pub fn consuming<Input: 'a, Output: 'a>(
        name: &'static str,
        mut make: impl FnMut() -> Input + 'a,
        mut job: impl FnMut(Input) -> Output + 'a,
    ) -> Self {
        let (mut inputs, mut outputs) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
        let run = move |times: usize| {
            let (mut left, mut time) = (times, Duration::ZERO);
            while left > 0 {
                inputs.extend((0..left.min(BATCH)).map(|_| make()));
                left -= inputs.len();
                let start = Instant::now();
                for input in inputs.drain(..) {
                    outputs.push(job(black_box(input)));
                }
                time += start.elapsed();
                black_box(&mut outputs).clear();
            }
            time
        };
        Self { name, run: Box::new(run) }
    }

    fn times_for_long_enough(&mut self) -> usize {
        let mut times = 1;
        while (self.run)(times) < LONG_ENOUGH {
            times *= 2;
        }
        times
    }
}

/// The median time of one job for each contender, in nanoseconds.
pub fn medians(contenders: &mut [Contender<'_>]) -> Vec<f64> {
    let times: Vec<_> = contenders.iter_mut().map(Contender::times_for_long_enough).collect();
    let mut samples = vec![Vec::with_capacity(ROUNDS); contenders.len()];
    for round in 0..ROUNDS {
        for turn in 0..contenders.len() {
            let index = (round + turn) % contenders.len();
            let time = (contenders[index].run)(times[index]);
            samples[index].push(time.as_secs_f64() * 1e9 / times[index] as f64);
        }
    }
    samples.into_iter().map(median).collect()
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
