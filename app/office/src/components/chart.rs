//! Two lines over time, drawn on the server as well: the figures also stand in a table for who cannot see the drawing.

use leptos::prelude::*;

/// One line; as many values as the chart has labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub values: Vec<u64>,
    /// The address of the rows that each value counts.
    pub hrefs: Vec<String>,
}

impl Series {
    /// A value in the table.
    fn cell(&self, index: usize) -> impl IntoView + use<> {
        let value = self.values.get(index).map(ToString::to_string);
        let href = self.hrefs.get(index).cloned();
        view! {
            <td class="cell--right">
                <a class="cell__link" href=href>{value}</a>
            </td>
        }
    }
}

const LEFT: f64 = 34.0;
/// Beyond it stand the names.
const RIGHT: f64 = 490.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 170.0;

/// The top of the scale: the next figure that three equal parts divide into round ones.
fn scale(most: u64) -> u64 {
    let mut unit = 1;
    loop {
        for step in [1, 2, 5] {
            if 3 * step * unit >= most {
                return 3 * step * unit;
            }
        }
        unit *= 10;
    }
}

fn across(index: usize, count: usize) -> f64 {
    let share = if count > 1 { index as f64 / (count - 1) as f64 } else { 0.5 };
    LEFT + share * (RIGHT - LEFT)
}

fn height(value: u64, top: u64) -> f64 {
    BOTTOM - value as f64 / top as f64 * (BOTTOM - TOP)
}

fn points(values: &[u64], top: u64) -> String {
    let spot = |(index, value): (usize, &u64)| {
        format!("{:.0},{:.0}", across(index, values.len()), height(*value, top))
    };
    values.iter().enumerate().map(spot).collect::<Vec<_>>().join(" ")
}

/// Heights of the names beyond the right ends of their lines, far enough apart to be read.
fn name_heights(first: u64, second: u64, top: u64) -> (f64, f64) {
    const BASELINE: f64 = 5.0;
    const APART: f64 = 18.0;
    let (first_at, second_at) = (height(first, top), height(second, top));
    let push = ((APART - (first_at - second_at).abs()) / 2.0).max(0.0);
    let push = if first >= second { push } else { -push };
    (first_at - push + BASELINE, second_at + push + BASELINE)
}

/// `label` says in one sentence what the lines show; `first` is the one that matters.
#[component]
pub fn Chart(
    label: String,
    labels: Vec<String>,
    first: Series,
    second: Series,
    heading: String,
    as_table: &'static str,
) -> impl IntoView {
    let most = first.values.iter().chain(&second.values).max().copied().unwrap_or_default();
    let top = scale(most);
    let rules = [top, top / 3 * 2, top / 3].map(|value| {
        let y = height(value, top);
        view! {
            <path class="chart__rule" d=format!("M30 {y:.0}H496") />
            <text x="4" y=format!("{:.0}", y + 4.0)>
                {value.to_string()}
            </text>
        }
    });
    let count = labels.len();
    let mut marked = vec![0, count / 2, count.saturating_sub(1)];
    marked.dedup();
    let days = marked.into_iter().filter_map(|index| {
        let label = labels.get(index)?.clone();
        let anchor = if index == 0 {
            "start"
        } else if index + 1 == count {
            "end"
        } else {
            "middle"
        };
        let x = format!("{:.0}", across(index, count));
        Some(view! {
            <text x=x y="187" text-anchor=anchor>
                {label}
            </text>
        })
    });
    let last = |series: &Series| series.values.last().copied().unwrap_or_default();
    let (first_at, second_at) = name_heights(last(&first), last(&second), top);
    let rows = labels.iter().enumerate().map(|(index, label)| {
        view! {
            <tr>
                <td>{label.clone()}</td>
                {first.cell(index)}
                {second.cell(index)}
            </tr>
        }
    });
    view! {
        <svg class="chart" viewBox="0 0 560 190" role="img" aria-label=label>
            {rules}
            <path class="chart__axis" d="M30 170H496" />
            {days.collect_view()}
            <polyline class="chart__series" points=points(&second.values, top) />
            <polyline class="chart__series chart__series--primary" points=points(&first.values, top) />
            <text class="chart__name" x="500" y=format!("{second_at:.0}")>
                {second.name.clone()}
            </text>
            <text class="chart__name chart__name--primary" x="500" y=format!("{first_at:.0}")>
                {first.name.clone()}
            </text>
        </svg>
        <details>
            <summary class="link">{as_table}</summary>
            <table class="data-table">
                <thead>
                    <tr>
                        <th scope="col">{heading}</th>
                        <th scope="col" class="cell--right">{first.name.clone()}</th>
                        <th scope="col" class="cell--right">{second.name.clone()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_holds_every_value_and_divides_into_round_parts() {
        for (most, top) in [(0, 3), (3, 3), (4, 6), (11, 15), (40, 60), (61, 150), (1000, 1500)] {
            assert_eq!(scale(most), top, "{most}");
        }
    }

    #[test]
    fn the_names_keep_the_order_of_their_lines_and_stand_apart() {
        for (first, second) in [(15, 15), (15, 13), (13, 15), (0, 60)] {
            let (first_at, second_at) = name_heights(first, second, 60);
            assert!((first_at - second_at).abs() >= 17.9, "{first} {second}");
            assert_eq!(first_at <= second_at, first >= second, "{first} {second}");
        }
    }

    #[test]
    fn lines_span_the_whole_width() {
        assert_eq!(points(&[0, 30, 60], 60), "34,170 262,95 490,20");
        assert_eq!(points(&[], 3), "");
    }
}
