//! Packs go in as the README of the data says, codes and all.

mod common;

#[test]
fn every_table_of_the_data_folder_goes_in() {
    let Some(store) = common::store() else { return };
    // README of the data: rows per file.
    for (table, rows) in [
        ("cow_states", 243),
        ("cow_mindist", 952_244),
        ("cow_igo_ndy", 917_695),
        ("un_votes", 870_109),
        ("icb2", 1065),
        ("archigos", 3409),
        ("idealpoints", 11_440),
        ("psycl_norm_leader_lta", 7),
    ] {
        let entry = store.entry(table).unwrap_or_else(|| panic!("{table}"));
        assert_eq!(entry.rows, rows, "{table}");
        assert!(entry.verified, "{table}");
    }
    assert_eq!(store.tables().count(), 62);
}
