use super::text;

fn pdf(content: &str, extra: &str, good: bool) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_string(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_string(),
    ];
    for (i, object) in objects.iter().enumerate() {
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let start = if good { out.len() } else { 5 };
    out.extend(
        format!("xref\n0 1\ntrailer\n<< /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF").bytes(),
    );
    out
}

const PAGE: &str = "BT /F1 24 Tf 72 720 Td (A headline) Tj /F1 10 Tf 0 -40 Td (First line of text,) Tj \
    0 -12 Td [(sec) -20 (ond line) -400 (of it.)] TJ 0 -30 Td (Another \\(second\\) paragraph.) Tj ET";

#[test]
fn headings_lines_and_paragraphs() {
    let (got, problems) = text(&pdf(PAGE, "", true));
    assert_eq!(
        got.trim(),
        "# A headline\n\nFirst line of text,\nsecond line of it.\n\nAnother (second) paragraph."
    );
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn a_broken_table_is_reported_and_the_text_still_read() {
    let (got, problems) = text(&pdf(PAGE, "", false));
    assert!(got.contains("A headline"));
    assert_eq!(problems[0].code.0, "R4019");
}

#[test]
fn no_text_layer_and_encryption_are_refused() {
    let (_, problems) = text(&pdf("0 0 m 10 10 l S", "", true));
    assert_eq!(problems[0].code.0, "R4018");
    let (_, problems) = text(&pdf(PAGE, "/Encrypt << /V 1 >>", true));
    assert_eq!(problems[0].code.0, "R4020");
}

#[test]
fn cut_and_garbled_files_do_no_harm() {
    let whole = pdf(PAGE, "", true);
    for end in (0..whole.len()).step_by(7) {
        text(&whole[..end]);
        let mut garbled = whole.clone();
        garbled[end] = b'<';
        text(&garbled);
    }
}

#[test]
fn flate_streams_are_unpacked() {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(PAGE.as_bytes(), 6);
    let mut out = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Kids[3 0 R]>> endobj \
        3 0 obj <</Type/Page/Contents 4 0 R/Resources<</Font<</F1<</Subtype/Type1>>>>>>>> endobj\n4 0 obj <</Filter/FlateDecode/Length "
        .to_vec();
    out.extend(format!("{}>>\nstream\n", packed.len()).bytes());
    out.extend(&packed);
    out.extend(b"\nendstream endobj trailer <</Root 1 0 R>>");
    assert!(text(&out).0.contains("second line of it."));
}
