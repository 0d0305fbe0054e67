//! Packets: which bits mean what.
//!
//! `0-15: "name"` names bits, `106: "name"` one bit, `+16: "name"` the next ones. Bits follow each other without gaps.

use super::Preamble;
use super::body::{self, Body, Heading, Line};
use super::label::Label;
use super::settings::Settings;
use crate::diagram::{Outcome, Problem};

/// Bits that mean one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// What they mean.
    pub label: Label,
    /// The first bit, from 0.
    pub start: u32,
    /// The last bit.
    pub end: u32,
}

/// A packet.
#[derive(Clone, Debug, PartialEq)]
pub struct Packet {
    /// What it is called.
    pub heading: Heading,
    /// Bits in a row, at least 1.
    pub bits_per_row: u32,
    /// Whether the bits are numbered.
    pub shows_bits: bool,
    /// Whether the highest bit of a row stands on its left.
    pub descends: bool,
    /// Its fields, one after the other.
    pub fields: Vec<Field>,
}

/// Past this many fields or rows nobody finds one.
const MOST: usize = 2000;
const MOST_ROWS: u32 = 1000;
/// Bits in a row, if nothing else is said and at most.
const PER_ROW: u32 = 32;
const MOST_PER_ROW: u32 = 256;

/// Reads a packet.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Packet> {
    let Body { heading, lines } = Body::read(source, preamble, false);
    let settings = Settings::read(source, preamble);
    let per_row = settings.text("packet.bitsPerRow").and_then(|n| n.parse().ok());
    let mut packet = Packet {
        heading,
        bits_per_row: per_row.filter(|n| (1..=MOST_PER_ROW).contains(n)).unwrap_or(PER_ROW),
        shows_bits: settings.truth("packet.showBits").unwrap_or(true),
        descends: settings.text("packet.bitOrder") == Some("descending"),
        fields: Vec::new(),
    };
    let mut problems = Vec::new();
    for line in &lines {
        if packet.fields.len() >= MOST {
            return body::too_many(packet, line.range.clone(), "fields", MOST, problems);
        }
        match packet.field(line) {
            Ok(field) => packet.fields.push(field),
            Err(problem) => {
                problems.push(problem);
                // Where the next field begins is not known.
                return Outcome { value: packet, problems };
            }
        }
    }
    if packet.fields.is_empty() {
        problems.push(
            Problem::warning(preamble.word.clone(), "the packet has no field").help("as in `0-15: \"Source Port\"`"),
        );
    }
    Outcome { value: packet, problems }
}

impl Packet {
    fn field(&self, line: &Line<'_>) -> Result<Field, Problem> {
        let wrong = |message: String| Problem::error(line.range.clone(), message);
        let shape = || wrong("this is no field".to_owned()).help("as in `0-15: \"Source Port\"` or `+16: \"Length\"`");
        let (bits, name) = line.text.split_once(':').ok_or_else(shape)?;
        let (label, rest) = body::quoted(name.trim(), true).ok_or_else(shape)?;
        if !rest.trim().trim_end_matches(';').is_empty() {
            return Err(shape());
        }
        let whole = |text: &str| text.trim().parse::<u32>().map_err(|_| shape());
        let next = self.fields.last().map_or(0, |field| field.end + 1);
        let (start, end) = if let Some(count) = bits.trim().strip_prefix('+') {
            let count = whole(count)?;
            if count == 0 {
                return Err(wrong("a field has at least one bit".to_owned()));
            }
            (next, next.saturating_add(count - 1))
        } else if let Some((start, end)) = bits.split_once('-') {
            (whole(start)?, whole(end)?)
        } else {
            (whole(bits)?, whole(bits)?)
        };
        if start != next {
            return Err(wrong(format!("the field begins at bit {start}, but the next bit is {next}"))
                .help("fields follow each other without gaps; name what is reserved"));
        }
        if end < start {
            return Err(wrong(format!("the field ends at bit {end}, before it begins")));
        }
        if end / self.bits_per_row >= MOST_ROWS {
            return Err(wrong(format!("the packet has more than {MOST_ROWS} rows")));
        }
        Ok(Field { label, start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn packet(source: &str) -> Outcome<Packet> {
        read(source, &preamble(source))
    }

    #[test]
    fn bits_are_counted_or_given() {
        let source = "---\nconfig:\n  packet:\n    bitsPerRow: 16\n---\npacket-beta\ntitle UDP\n+16: \"源端口\"\n16 - 30: \"b\"\n31: \"c\"";
        let Outcome { value, problems } = packet(source);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!((value.heading.title.as_deref(), value.bits_per_row), (Some("UDP"), 16));
        let fields: Vec<(u32, u32)> = value.fields.iter().map(|f| (f.start, f.end)).collect();
        assert_eq!(fields, [(0, 15), (16, 30), (31, 31)]);
    }

    #[test]
    fn gaps_and_turned_fields_are_told() {
        for (source, told) in [
            ("packet\n1-2: \"a\"", "begins at bit 1"),
            ("packet\n0-3: \"a\"\n5: \"b\"", "the next bit is 4"),
            ("packet\n3-0: \"a\"", "begins at bit 3"),
            ("packet\n+2: \"x\"\n2-1: \"a\"", "before it begins"),
            ("packet\n+0: \"a\"", "at least one bit"),
            ("packet\n0-4294967295: \"a\"", "more than 1000 rows"),
            ("packet\n0-3: a", "no field"),
        ] {
            let problems = packet(source).problems;
            assert!(problems.len() == 1 && problems[0].message.contains(told), "{source}: {problems:?}");
        }
    }

    proptest! {
        #[test]
        fn fields_follow_each_other(text in "([+]?[0-9]{1,3}(-[0-9]{1,3})?: ?\"[a-z包]{0,4}\"\\n|[ -~]{0,12}\\n){0,8}") {
            let value = packet(&format!("packet\n{text}")).value;
            let mut next = 0;
            for field in &value.fields {
                prop_assert!(field.start == next && field.end >= field.start);
                next = field.end + 1;
            }
        }
    }
}
