//! Several ways of doing one job, measured in turns: whatever disturbs the machine disturbs all of them.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How often each is measured; the median counts.
const ROUNDS: usize = 101;

/// How long one measurement should take at least, where the job is not longer by itself.
const LONG_ENOUGH: Duration = Duration::from_micros(150);

/// How many inputs are made before the clock starts: few enough to stay in the processor's cache.
const BATCH: usize = 32;

/// One way of doing a job.
pub struct Contender<'a> {
    pub name: &'static str,
    /// Does the job so many times and says how long that took.
    run: Box<dyn FnMut(usize) -> Duration + 'a>,
}

impl<'a> Contender<'a> {
    /// The job takes nothing but what it borrows.
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

    /// The job consumes an input, which is made before the clock starts; its output is dropped when that has stopped.
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
