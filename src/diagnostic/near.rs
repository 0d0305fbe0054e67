//! "Did you mean …?": the nearest of the known names.

/// The candidate nearest to `name`, if one is near enough to be what was meant.
///
/// Distance is Damerau-Levenshtein (optimal string alignment: insertions, deletions, substitutions, transpositions)
/// over characters; at most a third of the name may differ. Ties go to the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Past this length nobody mistyped a name; and the cost is quadratic in it.
    const LONGEST: usize = 120;
    let wanted: Vec<char> = name.chars().take(LONGEST + 1).collect();
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let allowed = (wanted.len() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|c| {
            let other: Vec<char> = c.chars().take(LONGEST + 1).collect();
            (other.len().abs_diff(wanted.len()) <= allowed).then(|| (distance(&wanted, &other), c))
        })
        .filter(|&(d, _)| d <= allowed)
        .min_by_key(|&(d, _)| d)
        .map(|(_, c)| c)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_transposed_letter_is_near_and_another_word_is_not() {
        assert_eq!(nearest("tilte", ["title", "src"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "src"]), None);
        assert_eq!(nearest("api-servr.md", ["etcd.md", "api-server.md"]), Some("api-server.md"));
    }
}
