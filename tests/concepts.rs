//! Mentions, counted: in a book that is made up, every first mention is linked and nothing else is.
//!
//! `PAGES` and `CONCEPTS` choose another size.

mod harness;

use harness::TestBook;
use std::fmt::Write as _;

/// A small generator of numbers (Marsaglia's xorshift, 2003), so that the book is the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("below the sides")
    }
}

const HAN: [&str; 12] = ["调", "度", "存", "储", "网", "络", "镜", "像", "探", "针", "卷", "域"];

/// A name of its own for each number: Chinese, Latin with a hyphen, or mixed.
fn name(n: usize) -> String {
    let han = |mut n: usize| {
        let mut text = String::new();
        for _ in 0..4 {
            text.push_str(HAN[n % HAN.len()]);
            n /= HAN.len();
        }
        text
    };
    let latin = |n: usize| {
        let letters = |mut n: usize| {
            let mut text = String::new();
            for _ in 0..4 {
                text.push(char::from(b'a' + u8::try_from(n % 26).expect("a letter")));
                n /= 26;
            }
            text
        };
        format!("{}-{}", letters(n * 7919 + 3), letters(n * 104_729 + 11))
    };
    match n % 3 {
        0 => format!("{}件", han(n)),
        1 => latin(n),
        _ => format!("{} {}", latin(n).replace('-', ""), han(n)),
    }
}

/// A sentence with a name in it, as somebody could spell it.
fn sentence(name: &str, dice: &mut Dice) -> String {
    let spelt = match dice.roll(3) {
        0 => name.to_owned(),
        1 => name.to_uppercase(),
        _ => name.replace('-', " "),
    };
    match dice.roll(3) {
        0 => format!("先看{spelt}，再看别的。"),
        1 => format!("It is **{spelt}** that matters."),
        _ => format!("- 这一项说 {spelt}；`{name}` 是代码，[{name}](README.md) 是链接"),
    }
}

#[test]
fn every_first_mention_is_linked_and_nothing_else() {
    let size = |name: &str, usual: usize| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (pages, concepts) = (size("PAGES", 60), size("CONCEPTS", 300));
    let mut table = String::from("# 概念\n\n| 概念 | 说明 |\n| --- | --- |\n");
    for n in 0..concepts {
        let _ = writeln!(table, "| {} | 第 {n} 个。 |", name(n));
    }
    let book = TestBook::new(&[("book.toml", "[book]\nlanguage = \"zh\"\n"), ("src/README.md", &table)]);
    let mut dice = Dice(88_172_645_463_325_252);
    let mut expected = Vec::new();
    for page in 0..pages {
        let mut text = format!("# 第 {page} 页\n");
        let mut wanted = Vec::new();
        for section in 0..4 {
            let _ = write!(text, "\n## 第 {section} 节\n\n");
            let mut here = Vec::new();
            for _ in 0..5 {
                let n = dice.roll(concepts);
                let _ = write!(text, "{}\n\n", sentence(&name(n), &mut dice));
                if !here.contains(&n) {
                    here.push(n);
                }
            }
            wanted.extend(here);
        }
        book.write(&format!("src/{page:05}.md"), &text);
        expected.push(wanted);
    }
    let built = harness::build(book.root());
    assert!(!built.failed, "{}", built.messages);
    let ids: Vec<String> = (0..concepts).map(|n| portolan::markdown::slug(&name(n))).collect();
    let (mut wrong, mut missed, mut right) = (Vec::new(), Vec::new(), 0);
    for (page, wanted) in expected.iter().enumerate() {
        let html = built.text(&format!("{page:05}.html"));
        let linked: Vec<&str> =
            html.split("class=\"concept\"").skip(1).filter_map(|rest| rest.split('"').nth(3)).collect();
        let wanted: Vec<&str> = wanted.iter().map(|n| ids[*n].as_str()).collect();
        right += linked.len();
        for id in &wanted {
            if !linked.contains(id) {
                missed.push(format!("{page}: {id}"));
            }
        }
        if linked.len() != wanted.len() || linked.iter().any(|id| !wanted.contains(id)) {
            wrong.push(format!("{page}: {linked:?} and not {wanted:?}"));
        }
    }
    assert!(missed.is_empty() && wrong.is_empty(), "missed {missed:#?}\nwrong {wrong:#?}");
    assert!(right > pages * 15, "the book has mentions");
}
