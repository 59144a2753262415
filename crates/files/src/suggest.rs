//! Near names for mistyped ones.

/// The nearest of `candidates` to `word`, if near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let short = word.chars().take(80).collect::<String>().to_lowercase();
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(&short, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= 1 + c.chars().count().min(short.chars().count()) / 3)
        .min_by_key(|(distance, c)| (*distance, c.len()))
        .map(|(_, c)| c)
}

/// `did you mean …?` where something is near.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|c| format!("did you mean `{c}`?"))
}

/// A list of names for a message, cut where it is long.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = all.iter().take(12).map(|n| format!("`{n}`")).collect();
    if all.is_empty() {
        return "none".to_owned();
    }
    let more = all.len().saturating_sub(12);
    match more {
        0 => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("wiegth", ["weight", "title"]), Some("weight"));
        assert_eq!(nearest("salience", ["title", "id"]), None);
        assert_eq!(nearest("x", ["id"]), None, "one letter is no hint");
    }
}
