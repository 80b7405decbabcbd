//! Cells by their names, as a spreadsheet says them.

/// Rows of a sheet at the most.
pub const ROWS: u32 = 1_048_576;

/// `B6`; columns count from 0, rows from 1.
pub fn name(column: usize, row: u32) -> String {
    let mut letters = vec![];
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().chain(row.to_string().chars().collect::<Vec<_>>().iter()).collect()
}

/// Column from 0 and row from 1 of `B6`; none for what is no name of a cell.
pub fn parse(name: &str) -> Option<(usize, u32)> {
    let letters = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(letters);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().try_fold(0usize, |sum, letter| {
        letter.is_ascii_alphabetic().then(|| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row = digits.parse().ok().filter(|row| (1..=ROWS).contains(row))?;
    Some((column - 1, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_a_spreadsheet_gives_them() {
        for (column, row, called) in
            [(0, 1, "A1"), (25, 2, "Z2"), (26, 3, "AA3"), (16_383, 1_048_576, "XFD1048576")]
        {
            assert_eq!(name(column, row), called);
            assert_eq!(parse(called), Some((column, row)));
        }
        for odd in ["", "A", "1", "A0", "AAAA1", "A99999999999999999999", "é1", "A1048577"] {
            assert_eq!(parse(odd), None, "{odd}");
        }
    }
}
