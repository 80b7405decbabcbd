//! Articles as people type them.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [(char, u32); 3] = [('十', 10), ('百', 100), ('千', 1_000)];

/// `第二十一条第（五）项` as `第21条第（5）项`.
pub fn in_figures(article: &str) -> String {
    let mut written = String::new();
    // What the units before came to, and the digit that waits for its own.
    let mut number: Option<(u32, u32)> = None;
    for c in article.chars() {
        let (sum, waits) = number.unwrap_or_default();
        let unit = UNITS.into_iter().find(|(unit, _)| *unit == c);
        let digit = DIGITS.iter().zip(0..).find(|(digit, _)| **digit == c);
        match (unit, digit) {
            (Some((_, unit)), _) => number = Some((sum + waits.max(1) * unit, 0)),
            (None, Some((_, digit))) => number = Some((sum, digit)),
            (None, None) => {
                end(&mut written, &mut number);
                written.push(c);
            }
        }
    }
    end(&mut written, &mut number);
    written
}

fn end(written: &mut String, number: &mut Option<(u32, u32)>) {
    if let Some((sum, waits)) = number.take() {
        written.push_str(&(sum + waits).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_articles_are_figures() {
        for (article, figures) in [
            ("第二十八条", "第28条"),
            ("第十条第一款", "第10条第1款"),
            ("第二十一条第（五）项", "第21条第（5）项"),
            ("第一百零五条", "第105条"),
            ("7.1.8", "7.1.8"),
            ("附件", "附件"),
        ] {
            assert_eq!(in_figures(article), figures);
        }
    }
}
