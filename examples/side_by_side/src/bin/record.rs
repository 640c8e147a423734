//! Records a running peer: `cargo run -p crossorigin-side-by-side --bin record -- express 127.0.0.1:4000`.

use crossorigin_side_by_side::{
    compare,
    configurations::{self, Configurations},
    recorded::Recorder,
};

fn main() {
    let arguments: Vec<_> = std::env::args().collect();
    let [_, peer, address] = &arguments[..] else { panic!("two arguments: the peer and its address") };
    let configurations: Configurations = match peer.as_str() {
        "express" => configurations::of_express(),
        "rs-cors" => configurations::of_rs_cors(),
        "jub0bs-cors" => configurations::of_jub0bs_cors(),
        "spring" => configurations::of_spring(),
        _ => panic!("{peer} is not express, rs-cors, jub0bs-cors or spring"),
    };
    let mut recorder = Recorder::new(peer, address);
    compare(&mut |request| recorder.respond(&request), &configurations);
    recorder.write();
}
