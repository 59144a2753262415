//! Commented scaffolds that `check` accepts.

use raison_files::library::Kind;

/// A file of a scaffold: its name and text.
pub type Written = (String, String);

/// The files of a new case, doctrine, leader or world; nothing for other kinds. Those of a case
/// go into a folder of its name.
pub fn files(kind: Kind, id: &str) -> Vec<Written> {
    let title = title(id);
    let fill = |text: &str| text.replace("{{TITLE}}", &title);
    let one = |text: &str| vec![(format!("{id}.toml"), fill(text))];
    match kind {
        Kind::Case => vec![
            (
                "case.toml".to_owned(),
                fill(include_str!("scaffold/case.toml")),
            ),
            (
                "players.csv".to_owned(),
                fill(include_str!("scaffold/players.csv")),
            ),
            (
                "notes.md".to_owned(),
                fill(include_str!("scaffold/notes.md")),
            ),
        ],
        Kind::Doctrine => one(include_str!("scaffold/doctrine.toml")),
        Kind::Leader => one(include_str!("scaffold/leader.toml")),
        Kind::World => one(include_str!("scaffold/world.toml")),
        Kind::Norm | Kind::Study => Vec::new(),
    }
}

/// `my-crisis-1999` as `My crisis 1999`.
fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// The id nearest to a name: lower case, hyphens for everything else.
pub fn id_of(name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let mapped: String = name.chars().map(plain).collect();
    let parts: Vec<&str> = mapped.split('-').filter(|p| !p.is_empty()).collect();
    parts.join("-").chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        assert_eq!(id_of("My Crisis, 1999"), "my-crisis-1999");
        assert_eq!(title("my-crisis-1999"), "My crisis 1999");
    }
}
