//! EDTF: in every parsed date the first day is not after the last.

#![no_main]

use bayan::corpus::edtf::Edtf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(edtf) = text.parse::<Edtf>() else { return };
    if let (Some(earliest), Some(latest)) = (edtf.earliest(), edtf.latest()) {
        assert!(earliest <= latest, "{text}");
    }
    let _ = edtf.precision();
});
