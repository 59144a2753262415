//! Any bytes as a table file: typed by a pack and with inferred types.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_record::{pack, read};

fuzz_target!(|data: &[u8]| {
    let Ok(raw) = read::bytes::unpack(data.to_vec(), "fuzz".to_owned()) else {
        return;
    };
    let _ = read::read_loaded(&raw, None);
    for table in ["cow_capitals", "icb1", "un_votes"] {
        let spec = pack::table(table).map(|(_, spec)| spec);
        let _ = read::read_loaded(&raw, spec);
    }
});
