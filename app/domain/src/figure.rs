//! How a figure is written where a person or a formula reads it.
//!
//! As the standard library writes it, by the digits that JSON is written with: the library's own way brings 15 KB of code that
//! finds them once more, which every phone would load.

/// As short as it reads back to the same float, without an exponent: `4`, `3.5`, `0.0000001`.
pub fn shortest(number: f64) -> String {
    if !number.is_finite() {
        let infinite = if number > 0.0 { "inf" } else { "-inf" };
        return if number.is_nan() { "NaN" } else { infinite }.to_owned();
    }
    // Fails for no float that is one.
    let written = serde_json::to_string(&number).unwrap_or_default();
    let (sign, written) = written.strip_prefix('-').map_or(("", written.as_str()), |rest| ("-", rest));
    let (digits, power) = written.split_once('e').unwrap_or((written, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = [whole, fraction.trim_end_matches('0')].concat();
    // Where the point stands among them.
    let point = whole.len() as i64 + power.parse::<i64>().unwrap_or_default();
    let zeros = |many: i64| "0".repeat(usize::try_from(many).unwrap_or_default());
    match usize::try_from(point) {
        Ok(point) if (1..digits.len()).contains(&point) => {
            let (whole, fraction) = digits.split_at(point);
            [sign, whole, ".", fraction].concat()
        }
        Ok(1..) => [sign, &digits, &zeros(point - digits.len() as i64)].concat(),
        Ok(0) | Err(_) => [sign, "0.", &zeros(-point), &digits].concat(),
    }
}

/// Rounded to so many decimal places, up to nine; of everyday size, such as a distance in metres or a place in degrees.
pub fn rounded(number: f64, places: u32) -> String {
    let scale = 10_u64.pow(places.min(9));
    let all = (number.abs() * scale as f64).round() as u64;
    let sign = if number < 0.0 && all > 0 { "-" } else { "" };
    let (whole, part) = (all / scale, (all % scale).to_string());
    if scale == 1 {
        return [sign, &whole.to_string()].concat();
    }
    let zeros = "0".repeat((places.min(9) as usize).saturating_sub(part.len()));
    [sign, &whole.to_string(), ".", &zeros, &part].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_are_as_short_as_they_can_be() {
        let odd =
            [0.0, -0.0, 1.0, 10.0, 0.1, 3.9, 1.005, -1_234.5, 1e15, 1e16, 1e23, 1.5e-7, 5e-324, f64::MAX];
        for number in odd.into_iter().chain([f64::NAN, f64::INFINITY, f64::NEG_INFINITY]) {
            assert_eq!(shortest(number), format!("{number}"));
        }
    }

    #[test]
    fn places_are_counted() {
        let written = [(34.8712, 5), (-113.62, 5), (0.996, 1), (1.14, 1), (12.4, 0), (-0.2, 0), (7.0, 2)];
        let written: Vec<_> = written.into_iter().map(|(number, places)| rounded(number, places)).collect();
        assert_eq!(written, ["34.87120", "-113.62000", "1.0", "1.1", "12", "0", "7.00"]);
    }

    proptest! {
        #[test]
        fn any_figure_is_written_as_the_standard_library_does(number in any::<f64>()) {
            prop_assert_eq!(shortest(number), format!("{number}"));
        }

        #[test]
        fn everyday_figures_are_too(number in -1e6..1e6_f64) {
            prop_assert_eq!(shortest(number), format!("{number}"));
        }

        #[test]
        fn what_is_rounded_is_as_near_as_its_places_tell(number in -180.0..180.0_f64, places in 0_u32..7) {
            let read: f64 = rounded(number, places).parse().unwrap();
            prop_assert!((read - number).abs() <= 0.5 / 10_f64.powi(places as i32) + 1e-9);
        }
    }
}
