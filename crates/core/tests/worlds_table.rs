//! The table of parameters in docs/worlds.md is the one in the code.

use raison_core::world_parameters::PARAMETERS;

#[test]
fn the_page_states_every_parameter_with_its_value_and_standing() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/worlds.md");
    let page = std::fs::read_to_string(page).expect("docs/worlds.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .skip_while(|l| !l.starts_with("| name | default |"))
        .skip(2)
        .take_while(|l| l.starts_with('|'))
        .map(|l| l.trim_matches('|').splitn(4, '|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), PARAMETERS.len());
    for (row, p) in rows.iter().zip(PARAMETERS) {
        let standing = if p.estimated {
            "estimated"
        } else {
            "assumption"
        };
        assert_eq!(row[0], format!("`{}`", p.name));
        assert_eq!(row[1].parse(), Ok(p.value), "{}", p.name);
        assert_eq!((row[2], row[3]), (standing, p.meaning), "{}", p.name);
    }
}
