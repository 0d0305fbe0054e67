//! Numbers of a chart: round ones along an axis, and how they are written.

/// A number with at most six places, without what says nothing.
pub(super) fn number(value: f64) -> String {
    places(value, 6)
}

/// The same, with the thousands apart.
pub(super) fn grouped(value: f64) -> String {
    group(&number(value))
}

/// A number with at most so many places.
fn places(value: f64, most: usize) -> String {
    let text = format!("{value:.most$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn group(text: &str) -> String {
    let (whole, rest) = text.find('.').map_or((text, ""), |at| text.split_at(at));
    let digits = whole.trim_start_matches('-');
    let mut out = String::from(if whole.len() > digits.len() { "-" } else { "" });
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}

/// A share of a whole, in percent with at most so many places.
pub(super) fn percent(part: f64, whole: f64, most: usize) -> String {
    let share = if whole > 0.0 { part / whole * 100.0 } else { 0.0 };
    places(share, most) + "%"
}

/// A number as a pattern of d3-format has it: `$`, `,`, `.2f`, `.1%`. What else a pattern can say is left out.
pub(super) fn formatted(value: f64, pattern: &str) -> String {
    let sign = if pattern.contains('$') { "$" } else { "" };
    let precision = pattern.split_once('.').and_then(|(_, rest)| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().ok().filter(|n| *n <= 10)
    });
    let is_percent = pattern.ends_with('%');
    let scaled = if is_percent { value * 100.0 } else { value };
    let text = match precision {
        Some(n) if pattern.ends_with(['f', '%']) => format!("{scaled:.n$}"),
        _ => number(scaled),
    };
    let text = if pattern.contains(',') { group(&text) } else { text };
    format!("{sign}{text}{}", if is_percent { "%" } else { "" })
}

/// Round numbers from below the first value to above the last, about so many steps; only those within, if the ends are
/// given.
pub(super) fn ticks(from: f64, to: f64, steps: u32, within: bool) -> Vec<f64> {
    let rough = (to - from) / f64::from(steps.max(1));
    if !rough.is_finite() || rough <= 0.0 {
        return vec![from];
    }
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough * 0.999);
    let step = step.unwrap_or(rough);
    let slack = 1e-9;
    let (first, last) = if within {
        ((from / step - slack).ceil(), (to / step + slack).floor())
    } else {
        ((from / step + slack).floor(), (to / step - slack).ceil())
    };
    (0..=100_u32).map(|n| first + f64::from(n)).take_while(|n| *n <= last).map(|n| n * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_as_people_do() {
        let shown: Vec<String> = [0.1 + 0.2, 386.0, 124.729, -0.0, 1e14].into_iter().map(number).collect();
        assert_eq!(shown, ["0.3", "386", "124.729", "0", "100000000000000"]);
        assert_eq!([grouped(1_234_567.5), grouped(-999.0), grouped(1000.0)], ["1,234,567.5", "-999", "1,000"]);
        assert_eq!([percent(1.0, 3.0, 1), percent(0.0, 0.0, 1), percent(1.0, 4.0, 0)], ["33.3%", "0%", "25%"]);
    }

    #[test]
    fn patterns_of_d3() {
        let shown = |pattern| formatted(700_000.5, pattern);
        assert_eq!(
            [shown(","), shown("$0,0"), shown("$,.2f"), shown(".1f")],
            ["700,000.5", "$700,000.5", "$700,000.50", "700000.5"]
        );
        assert_eq!(formatted(0.35, "$.1%"), "$35.0%");
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(0.0, 11_000.0, 5, false), [0.0, 2500.0, 5000.0, 7500.0, 10_000.0, 12_500.0]);
        assert_eq!(ticks(4000.0, 11_000.0, 5, true), [4000.0, 6000.0, 8000.0, 10_000.0]);
        assert_eq!(ticks(3.0, 3.0, 5, false), [3.0]);
    }

    proptest! {
        #[test]
        fn ticks_hold_the_values(from in -1e14..1e14_f64, wide in 0.0..1e14_f64, steps in 0..40_u32) {
            let found = ticks(from, from + wide, steps, false);
            prop_assert!(!found.is_empty() && found.len() <= 101);
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
