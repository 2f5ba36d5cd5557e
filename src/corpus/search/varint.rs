//! Numbers of variable length, seven bits a byte (LEB128): most numbers of an index are small.

use std::io::{self, Read};

/// Appends a number.
pub fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    bytes.push(low_bits(number));
}

/// Reads the next number.
///
/// # Errors
/// When the bytes end before the number does, or cannot be read.
pub fn read(bytes: &mut impl Read) -> io::Result<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let mut byte = [0];
        bytes.read_exact(&mut byte)?;
        number |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

const fn low_bits(number: u64) -> u8 {
    (number & 0x7f) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers = [0, 1, 127, 128, 300, 1 << 20, u64::from(u32::MAX), u64::MAX];
        let mut bytes = Vec::new();
        for number in numbers {
            push(&mut bytes, number);
        }
        let mut rest = bytes.as_slice();
        assert!(numbers.into_iter().all(|number| read(&mut rest).unwrap() == number) && rest.is_empty());
        assert!([&[0x80][..], &[], &[0x80; 20]].iter().all(|bytes| read(&mut &**bytes).is_err()));
    }
}
