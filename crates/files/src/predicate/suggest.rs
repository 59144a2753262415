//! Near names.

use raison_core::predicate::Vocabulary;

/// The candidate nearest to `word`, where one is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let far = 1 + word.chars().count() / 4;
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(&lower, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= far && *distance < c.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// The name of the vocabulary that was meant: the same last part in another group, or a
/// near spelling.
pub fn nearest_name(name: &str, vocabulary: &Vocabulary) -> Option<String> {
    let names = || vocabulary.variables().iter().map(|v| &*v.name);
    let last = |n: &str| n.rsplit('.').next().unwrap_or("").to_lowercase();
    let wanted = last(name);
    let mut same = names().filter(|n| last(n) == wanted);
    let found = match (same.next(), same.next()) {
        (Some(only), None) => Some(only),
        _ => nearest(name, names()).or_else(|| nearest_last(&wanted, names())),
    };
    found.map(Vocabulary::spelling)
}

/// By the last part alone, where the spelling of one name only is near.
fn nearest_last<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let all: Vec<&str> = names.collect();
    let lasts = all.iter().filter_map(|n| n.rsplit('.').next());
    let near = nearest(wanted, lasts)?;
    let mut with = all.iter().filter(|n| n.rsplit('.').next() == Some(near));
    match (with.next(), with.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_is_not_far() {
        let words = ["size", "has", "int"];
        assert_eq!(nearest("Size", words), Some("size"));
        assert_eq!(nearest("size_of_it", words), None);
        assert_eq!(nearest("siez", words), Some("size"));
        assert_eq!(nearest("x", words), None);
    }
}
