//! Bytes into text: UTF-8, UTF-16 with a mark, and what was written as Windows-1252.

use raison_core::{Code, Diagnostic};

/// Nothing in it.
pub const EMPTY: Code = Code("R4010");
/// Not a text.
pub const BINARY: Code = Code("R4011");
/// Several encodings in one file.
pub const MIXED: Code = Code("R4012");

/// Reads bytes as text. Bytes that are no UTF-8 are read as Windows-1252 and a warning says
/// how many; bytes that are no text at all give an error and nothing.
pub fn decode(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    if let Some(text) = utf16(bytes) {
        return (text, Vec::new());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        let problem = Diagnostic::error(EMPTY, "the file holds no text")
            .help("check that it is the right file");
        return (String::new(), vec![problem]);
    }
    if is_binary(bytes) {
        return (String::new(), vec![binary(bytes)]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_string(), Vec::new()),
        Err(_) => mixed(bytes),
    }
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let read = |rest: &[u8], word: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|c| word([c[0], c[1]]));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(read(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(read(rest, u16::from_be_bytes)),
        _ => None,
    }
}

/// Control characters that no text holds, more than one in a hundred.
fn is_binary(bytes: &[u8]) -> bool {
    let strange = |b: &&u8| **b < 9 || (14..32).contains(*b) && **b != 27;
    bytes.iter().filter(strange).count() * 100 > bytes.len()
}

fn binary(bytes: &[u8]) -> Diagnostic {
    let kinds: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"%PDF", "a PDF"),
    ];
    let kind = kinds.iter().find(|(start, _)| bytes.starts_with(start));
    let what = kind.map_or("no text", |(_, what)| *what);
    Diagnostic::error(BINARY, format!("the file is {what}"))
        .note("plain text, Markdown, HTML and PDFs with a text layer can be read")
        .help("save it as plain text (UTF-8) first")
}

fn mixed(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let (mut text, mut strange) = (String::with_capacity(bytes.len()), 0usize);
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for b in chunk.invalid() {
            first.get_or_insert_with(|| text.matches('\n').count() + 1);
            text.push(windows_1252(*b));
            strange += 1;
        }
    }
    let line = first.unwrap_or(1);
    let message = format!("{strange} bytes are not UTF-8, the first on line {line}");
    let problem = Diagnostic::warning(MIXED, message)
        .note("they were read as Windows-1252, which is right for most old Western texts")
        .help("convert the file to UTF-8 if letters come out wrong");
    (text, vec![problem])
}

fn windows_1252(b: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match b {
        0x80..=0x9f => HIGH[usize::from(b - 0x80)],
        _ => char::from(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(bytes: &[u8]) -> Vec<&'static str> {
        decode(bytes).1.iter().map(|d| d.code.0).collect()
    }

    #[test]
    fn encodings_are_recognised() {
        assert_eq!(decode("é".as_bytes()).0, "é");
        assert_eq!(decode(b"\xef\xbb\xbfa").0, "a");
        assert_eq!(decode(b"\xff\xfea\0b\0").0, "ab");
        assert_eq!(decode(b"\xfe\xff\0a\0b").0, "ab");
    }

    #[test]
    fn mixed_text_is_read_and_reported() {
        let (text, problems) = decode(
            "é\n"
                .as_bytes()
                .iter()
                .chain(b"\x93caf\xe9\x94")
                .copied()
                .collect::<Vec<_>>()
                .as_slice(),
        );
        assert_eq!(text, "é\n“café”");
        assert_eq!(problems[0].code, MIXED);
        assert!(problems[0].message.contains("line 2"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(codes(b""), ["R4010"]);
        assert_eq!(codes(b" \n\t"), ["R4010"]);
        assert_eq!(codes(b"\x89PNG\r\n\x1a\n\0\0\0\0"), ["R4011"]);
        assert_eq!(codes(&[0; 100]), ["R4011"]);
    }
}
