#![cfg_attr(fuzzing, no_main)]

crossorigin_fuzz::target!(crossorigin_fuzz::guard::check);
