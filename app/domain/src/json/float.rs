//! The float nearest to a decimal number.
//!
//! As the standard library finds it, bit for bit, but by long division: its way is quick by a table of 10 KB, which every phone
//! would load. Nearly all that is written is short and takes neither.

/// Digits that decide at the most; of more, that there are any is enough.
const DECISIVE: usize = 780;

/// Of a text that is a number by JSON's grammar; none where it is too large for a float.
pub fn float(text: &str) -> Option<f64> {
    let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (written, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|digit| digit - b'0').collect();
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    // Powers that no float has are all the same.
    let power = power.strip_prefix('+').unwrap_or(power);
    let huge = if power.starts_with('-') { -99_999 } else { 99_999 };
    let power: i64 = power.parse().map_or(huge, |power: i64| power.clamp(-99_999, 99_999));
    let mut power = power - i64::try_from(fraction.len()).ok()?;
    if digits.len() > DECISIVE {
        power += i64::try_from(digits.len() - DECISIVE).ok()?;
        let is_more = digits.iter().skip(DECISIVE).any(|digit| *digit > 0);
        digits.truncate(DECISIVE);
        if is_more {
            digits.push(1);
            power -= 1;
        }
    }
    while digits.last() == Some(&0) {
        digits.pop();
        power += 1;
    }
    let found = match digits.len() as i64 + power {
        _ if digits.is_empty() => 0.0,
        311.. => return None,
        ..-330 => 0.0,
        _ if digits.len() <= 15 && (-22..=22).contains(&power) => short(&digits, power),
        _ => long(&digits, power)?,
    };
    Some(if is_negative { -found } else { found })
}

/// Both are floats without rounding, and so one operation rounds rightly.
fn short(digits: &[u8], power: i64) -> f64 {
    let digits = digits.iter().fold(0.0, |sum, digit| sum * 10.0 + f64::from(*digit));
    let ten = (0..power.abs()).fold(1.0, |ten, _| ten * 10.0);
    if power < 0 { digits / ten } else { digits * ten }
}

fn long(digits: &[u8], power: i64) -> Option<f64> {
    let (mut rest, mut by) = (Natural::default(), Natural(vec![1]));
    digits.iter().for_each(|digit| rest.times_plus(10, u32::from(*digit)));
    let scaled = if power < 0 { &mut by } else { &mut rest };
    (0..power.abs()).for_each(|_| scaled.times_plus(10, 0));
    // As many binary places that the quotient has 62 or 63 digits: more than a float, and what remains says the rest.
    let places = 62 + by.bits() - rest.bits();
    if places > 0 {
        rest.double(places);
    } else {
        by.double(-places);
    }
    by.double(62);
    let mut quotient = 0_u64;
    for _ in 0..=62 {
        quotient <<= 1;
        if rest.takes(&by) {
            quotient |= 1;
        }
        by.halve();
    }
    let is_more = !rest.0.is_empty();
    let length = 64 - i64::from(quotient.leading_zeros());
    let exponent = length - 1 - places;
    if exponent > 1023 {
        return None;
    }
    // The smallest floats have fewer digits.
    let kept = 53 - (-1022 - exponent).max(0);
    if kept < 0 {
        return Some(0.0);
    }
    let dropped = length - kept;
    let (mantissa, half) = (if dropped < 64 { quotient >> dropped } else { 0 }, 1_u64 << (dropped - 1));
    let below = quotient & (half | (half - 1));
    let is_up = below > half || (below == half && (is_more || mantissa % 2 == 1));
    // A mantissa that is rounded up to one digit more carries into the exponent, as it should.
    let bits = ((exponent.max(-1023) + 1022).max(0) as u64) << 52;
    let found = f64::from_bits(bits + mantissa + u64::from(is_up));
    found.is_finite().then_some(found)
}

/// A natural number of any length, its lowest digits first and none of its highest zero.
#[derive(Default)]
struct Natural(Vec<u32>);

impl Natural {
    fn times_plus(&mut self, factor: u32, plus: u32) {
        let mut carried = u64::from(plus);
        for digit in &mut self.0 {
            carried += u64::from(*digit) * u64::from(factor);
            *digit = carried as u32;
            carried >>= 32;
        }
        if carried > 0 {
            self.0.push(carried as u32);
        }
    }

    fn bits(&self) -> i64 {
        let highest = self.0.last().map_or(0, |digit| i64::from(digit.leading_zeros()));
        self.0.len() as i64 * 32 - highest
    }

    fn double(&mut self, times: i64) {
        (0..times).for_each(|_| self.times_plus(2, 0));
    }

    fn halve(&mut self) {
        let mut carried = 0;
        for digit in self.0.iter_mut().rev() {
            let low = *digit & 1;
            *digit = (*digit >> 1) | (carried << 31);
            carried = low;
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Takes the other away where it is not larger.
    fn takes(&mut self, other: &Self) -> bool {
        let larger =
            self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()));
        if larger.is_lt() {
            return false;
        }
        let mut borrowed = false;
        for (at, digit) in self.0.iter_mut().enumerate() {
            let (less, first) = digit.overflowing_sub(other.0.get(at).copied().unwrap_or_default());
            let (less, second) = less.overflowing_sub(u32::from(borrowed));
            *digit = less;
            borrowed = first || second;
        }
        self.trim();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn agrees(text: &str) -> bool {
        let known: f64 = text.parse().unwrap();
        float(text).map_or(known.is_infinite(), |found| found.to_bits() == known.to_bits())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_to_the_last_bit(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            for text in [format!("{number}"), format!("{number:e}"), format!("{number:.20e}")] {
                prop_assert!(agrees(&text), "{text}");
            }
        }

        #[test]
        fn any_digits_are_read_to_the_last_bit(text in "-?[0-9]{1,25}(\\.[0-9]{1,25})?(e[+-]?[0-9]{1,3})?") {
            prop_assert!(agrees(&text), "{text}");
        }
    }

    #[test]
    fn the_edges_are_read_to_the_last_bit() {
        let half_way = format!("{:.1074e}", f64::from_bits(1)).replace("4.94", "2.47");
        for text in [
            "0",
            "-0",
            "0.0e5",
            "3.9",
            "1e22",
            "1e23",
            "9007199254740993",
            "9007199254740992.5",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "1e400",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "0.000000000000000000000000000000000000001",
            "8.5e15",
            &half_way,
            &format!("1{}", "0".repeat(900)),
            &format!("0.{}1", "0".repeat(320)),
            &format!("9007199254740993.{}1", "0".repeat(1000)),
            &format!("9007199254740993.{}", "0".repeat(1000)),
        ] {
            assert!(agrees(text), "{text}");
        }
    }
}
