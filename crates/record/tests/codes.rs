//! Every code of the crate has a page that explains it.

#[test]
fn every_code_has_a_page() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/codes.rs"))
        .expect("codes");
    let codes: Vec<&str> = source
        .split("Code(\"")
        .skip(1)
        .filter_map(|rest| rest.get(..5))
        .collect();
    assert!(codes.len() > 20);
    for code in codes {
        let page = std::fs::read_to_string(format!("{root}/docs/explain/codes/{code}.md"))
            .unwrap_or_else(|e| panic!("{code}: {e}"));
        assert!(page.starts_with(&format!("# {code}: ")), "{code}");
        assert!(
            page.contains(" bad\n") && page.contains(" good\n"),
            "{code}"
        );
    }
}
