//! Dates as they are written: the formats of `dateFormat` (those of dayjs) and of `axisFormat` (those of d3).

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

/// What has been read of a date so far.
#[derive(Default)]
struct Fields {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    day_of_year: Option<i16>,
    hour: i8,
    is_pm: Option<bool>,
    minute: i8,
    second: i8,
    millis: i32,
    /// Minutes before UTC.
    offset: i32,
    /// Milliseconds since 1970, which say everything.
    since_1970: Option<i64>,
}

/// The year of a date that names none; a leap year, so that each day of a year is in it.
const NO_YEAR: i16 = 2000;

const TOKENS: &[&str] = &[
    "YYYY", "YY", "MMMM", "MMM", "MM", "M", "DDDD", "DDD", "DD", "Do", "D", "HH", "H", "hh", "h", "mm", "m", "ss", "s",
    "SSS", "SS", "S", "ZZ", "Z", "A", "a", "X", "x", "Q",
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a whole text as a date of a format; `None` if it is none.
pub(super) fn parse(text: &str, format: &str) -> Option<DateTime> {
    let (mut fields, mut text, mut format) = (Fields::default(), text.trim(), format.trim());
    if format.is_empty() {
        return None;
    }
    while let Some(c) = format.chars().next() {
        if let Some((literal, rest)) = format.strip_prefix('[').and_then(|f| f.split_once(']')) {
            text = text.strip_prefix(literal)?;
            format = rest;
        } else if let Some(token) = TOKENS.iter().find(|token| format.starts_with(**token)) {
            text = fields.take(token, text)?;
            format = &format[token.len()..];
        } else {
            text = text.strip_prefix(c)?;
            format = &format[c.len_utf8()..];
        }
    }
    text.is_empty().then(|| fields.date())?
}

/// Reads a date as a browser would: ISO 8601 with less or more of a time, a year, and the usual ways of English.
pub(super) fn guess(text: &str) -> Option<DateTime> {
    const USUAL: &[&str] = &[
        "YYYY-MM-DD",
        "YYYY-MM-DD HH:mm",
        "YYYY-MM-DD[T]HH:mm",
        "YYYY-MM-DD HH:mm:ss",
        "YYYY-MM-DD[T]HH:mm:ss",
        "YYYY-MM-DD[T]HH:mm:ssZ",
        "YYYY-MM-DD[T]HH:mm:ss.SSSZ",
        "YYYY-MM-DD[T]HH:mm:ss.SSS",
        "YYYY-MM",
        "YYYY",
        "YYYY/MM/DD",
        "YYYY/MM/DD HH:mm",
        "MM/DD/YYYY",
        "MMM D, YYYY",
        "MMMM D, YYYY",
        "D MMM YYYY",
        "D MMMM YYYY",
    ];
    USUAL.iter().find_map(|format| parse(text, format))
}

/// Up to so many digits at the beginning of a text, at least so many, and what is behind them.
fn digits(text: &str, least: usize, most: usize) -> Option<(i64, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let number = text.get(..length).filter(|_| length >= least)?.parse().ok()?;
    Some((number, &text[length..]))
}

impl Fields {
    /// Reads what a token stands for; gives what is behind it.
    fn take<'t>(&mut self, token: &str, text: &'t str) -> Option<&'t str> {
        let small = |least: usize, most: usize| {
            let (number, rest) = digits(text, least, most)?;
            Some((i8::try_from(number).ok()?, rest))
        };
        Some(match token {
            "YYYY" => {
                let (year, rest) = digits(text, 4, 4)?;
                self.year = Some(i16::try_from(year).ok()?);
                rest
            }
            "YY" => {
                let (year, rest) = digits(text, 2, 2)?;
                self.year = Some(i16::try_from(if year > 68 { 1900 + year } else { 2000 + year }).ok()?);
                rest
            }
            "MMMM" | "MMM" => {
                let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
                let name = text[..length].to_lowercase();
                let fits = |month: &&str| if token == "MMMM" { **month == name } else { month[..3] == name };
                let at = MONTHS.iter().position(fits)?;
                self.month = Some(i8::try_from(at + 1).ok()?);
                &text[length..]
            }
            "MM" | "M" => {
                let (month, rest) = small(1, 2)?;
                self.month = Some(month);
                rest
            }
            "Q" => {
                let (quarter, rest) = small(1, 1)?;
                self.month = Some((quarter - 1).checked_mul(3)? + 1);
                rest
            }
            "DDDD" | "DDD" => {
                let (day, rest) = digits(text, 1, 3)?;
                self.day_of_year = Some(i16::try_from(day).ok()?);
                rest
            }
            "DD" | "D" => {
                let (day, rest) = small(1, 2)?;
                self.day = Some(day);
                rest
            }
            "Do" => {
                let (day, rest) = small(1, 2)?;
                self.day = Some(day);
                ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end))?
            }
            "HH" | "H" | "hh" | "h" => {
                let (hour, rest) = small(1, 2)?;
                self.hour = hour;
                rest
            }
            "mm" | "m" => {
                let (minute, rest) = small(1, 2)?;
                self.minute = minute;
                rest
            }
            "ss" | "s" => {
                let (second, rest) = small(1, 2)?;
                self.second = second;
                rest
            }
            "SSS" | "SS" | "S" => {
                let (part, rest) = digits(text, token.len(), token.len())?;
                self.millis = i32::try_from(part).ok()? * [100, 10, 1][token.len() - 1];
                rest
            }
            "A" | "a" => {
                let half = text.get(..2)?.to_ascii_lowercase();
                self.is_pm = Some(match half.as_str() {
                    "am" => false,
                    "pm" => true,
                    _ => return None,
                });
                &text[2..]
            }
            "ZZ" | "Z" => return self.offset(text),
            "X" => {
                let length = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
                let seconds: f64 = text[..length].parse().ok()?;
                #[expect(clippy::cast_possible_truncation, reason = "a cast of a float keeps within bounds")]
                let millis = (seconds * 1000.0) as i64;
                self.since_1970 = Some(millis);
                &text[length..]
            }
            "x" => {
                let (millis, rest) = digits(text, 1, 15)?;
                self.since_1970 = Some(millis);
                rest
            }
            _ => return None,
        })
    }

    /// `Z`, `+02:00` or `-0230`.
    fn offset<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if let Some(rest) = text.strip_prefix('Z') {
            return Some(rest);
        }
        let (sign, rest) = match text.chars().next()? {
            '+' => (1, &text[1..]),
            '-' => (-1, &text[1..]),
            _ => return None,
        };
        let (hours, rest) = digits(rest, 2, 2)?;
        let (minutes, rest) = digits(rest.strip_prefix(':').unwrap_or(rest), 2, 2)?;
        self.offset = sign * i32::try_from(hours * 60 + minutes).ok()?;
        Some(rest)
    }

    fn date(self) -> Option<DateTime> {
        if let Some(millis) = self.since_1970 {
            return epoch().checked_add(Span::new().try_milliseconds(millis).ok()?).ok();
        }
        let year = self.year.unwrap_or(NO_YEAR);
        let mut date = Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        if let Some(day) = self.day_of_year {
            date = Date::new(year, 1, 1).ok()?.with().day_of_year(day).build().ok()?;
        }
        let hour = match self.is_pm {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        // Midnight at the end of a day.
        let (hour, next) = if hour == 24 && self.minute == 0 { (0, 1) } else { (hour, 0) };
        let time = Time::new(hour, self.minute, self.second, self.millis * 1_000_000).ok()?;
        let span = Span::new().try_days(next).ok()?.try_minutes(-i64::from(self.offset)).ok()?;
        DateTime::from_parts(date, time).checked_add(span).ok()
    }
}

fn epoch() -> DateTime {
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0)
}

/// A date as `axisFormat` asks for it.
#[must_use]
pub fn axis(date: DateTime, format: &str) -> String {
    let mut text = String::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let padded = behind.starts_with(['-', '_', '0']);
        let Some(letter) = behind[usize::from(padded)..].chars().next() else { return text + &rest[at..] };
        let length = usize::from(padded) + letter.len_utf8();
        text.push_str(&directive(date, letter, &behind[..length]));
        rest = &behind[length..];
    }
    text + rest
}

/// What a directive stands for; itself if it stands for nothing.
fn directive(date: DateTime, letter: char, written: &str) -> String {
    let millis = || date.duration_since(epoch()).as_millis();
    let jiff = |format: &str| jiff::fmt::strtime::format(format, date).unwrap_or_else(|_| format.to_owned());
    match letter {
        '%' => "%".to_owned(),
        'L' => format!("{:03}", date.millisecond()),
        'f' => format!("{:06}", date.subsec_nanosecond() / 1000),
        'Q' => millis().to_string(),
        's' => millis().div_euclid(1000).to_string(),
        'q' => ((date.month() - 1) / 3 + 1).to_string(),
        'Z' => "+0000".to_owned(),
        'x' => jiff("%m/%d/%Y"),
        'X' => jiff("%H:%M:%S"),
        'c' => jiff("%a %b %e %H:%M:%S %Y"),
        'a' | 'A' | 'b' | 'B' | 'd' | 'e' | 'g' | 'G' | 'H' | 'I' | 'j' | 'm' | 'M' | 'p' | 'S' | 'u' | 'U' | 'V'
        | 'w' | 'W' | 'y' | 'Y' => jiff(&format!("%{written}")),
        _ => format!("%{written}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, format: &str) -> Option<String> {
        parse(text, format).map(|date| date.to_string())
    }

    #[test]
    fn dates_of_many_formats() {
        let full = |text: &str, format: &str| read(text, format).unwrap_or_else(|| panic!("{text} as {format}"));
        assert_eq!(full("2014-01-06", "YYYY-MM-DD"), "2014-01-06T00:00:00");
        assert_eq!(full("17:49", "HH:mm"), "2000-01-01T17:49:00");
        assert_eq!(full("Jan 6th, 24 at 5 pm", "MMM Do, YY [at] h a"), "2024-01-06T17:00:00");
        assert_eq!(full("12:30 am", "hh:mm a"), "2000-01-01T00:30:00");
        assert_eq!(full("2024-Q3", "YYYY-[Q]Q"), "2024-07-01T00:00:00");
        assert_eq!(full("2024 60", "YYYY DDD"), "2024-02-29T00:00:00");
        assert_eq!(full("71", "X"), "1970-01-01T00:01:11");
        assert_eq!(full("1410715640579", "x"), "2014-09-14T17:27:20.579");
        assert_eq!(full("2024-01-01 01:00 +02:00", "YYYY-MM-DD HH:mm Z"), "2023-12-31T23:00:00");
        for (text, format) in [("2014-13-06", "YYYY-MM-DD"), ("24d", "YYYY-MM-DD"), ("2014-01-06 x", "YYYY-MM-DD")] {
            assert_eq!(read(text, format), None, "{text}");
        }
        assert_eq!(guess("1982").map(|d| d.to_string()).as_deref(), Some("1982-01-01T00:00:00"));
    }

    #[test]
    fn the_axis_has_the_directives_of_d3() {
        let date = DateTime::constant(2014, 1, 6, 9, 5, 7, 25_000_000);
        let shown = |format: &str| axis(date, format);
        assert_eq!(shown("%Y-%m-%d %H:%M:%S.%L"), "2014-01-06 09:05:07.025");
        assert_eq!(shown("%a %b %-d, %-I %p, %W, Q%q"), "Mon Jan 6, 9 AM, 01, Q1");
        assert_eq!(shown("100%% %k %"), "100% %k %");
        assert_eq!(axis(DateTime::constant(1970, 1, 1, 0, 1, 11, 0), "%s"), "71");
    }

    proptest! {
        #[test]
        fn any_text_is_read_in_any_format(text in "\\PC{0,20}", format in "[YMDHhmsSZAaXxQo:\\[\\]年 -]{0,16}", axes in "\\PC{0,12}") {
            if let Some(date) = parse(&text, &format) {
                prop_assert!(axes.contains('%') || axis(date, &axes) == axes);
            }
            prop_assert!(guess(&text).is_none_or(|date| date.year() >= -9999));
        }
    }
}
