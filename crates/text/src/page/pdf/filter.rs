//! Decoding of streams: Flate, LZW left out, ASCII forms and predictors.

use super::object::{Dict, Object};

/// A stream may grow to so many bytes.
const LARGEST: usize = 32 << 20;

/// Decodes a stream by its filters; `None` for filters that hold no text (pictures) or that
/// are not known.
pub(super) fn decode(dict: &Dict, raw: &[u8]) -> Option<Vec<u8>> {
    let list = |value: Option<&Object>| match value {
        Some(Object::Array(list)) => list.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let filters = list(dict.get("Filter").or(dict.get("F")));
    let params = list(dict.get("DecodeParms").or(dict.get("DP")));
    let mut data = raw.to_vec();
    for (i, filter) in filters.iter().enumerate() {
        data = match filter.name()? {
            "FlateDecode" | "Fl" => predicted(inflate(&data), params.get(i))?,
            "ASCIIHexDecode" | "AHx" => ascii_hex(&data),
            "ASCII85Decode" | "A85" => ascii_85(&data),
            _ => return None,
        };
    }
    Some(data)
}

/// What can be had of damaged data counts too.
fn inflate(data: &[u8]) -> Vec<u8> {
    use miniz_oxide::inflate::{decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit};
    match decompress_to_vec_zlib_with_limit(data, LARGEST) {
        Ok(out) => out,
        Err(partial) if !partial.output.is_empty() => partial.output,
        Err(_) => decompress_to_vec_with_limit(data.get(2..).unwrap_or(&[]), LARGEST)
            .unwrap_or_else(|partial| partial.output),
    }
}

/// Undoes the PNG predictors.
fn predicted(data: Vec<u8>, params: Option<&Object>) -> Option<Vec<u8>> {
    let Some(Object::Dict(params)) = params else {
        return Some(data);
    };
    let get = |key: &str, default: f64| params.get(key).and_then(Object::number).unwrap_or(default);
    let predictor = get("Predictor", 1.0);
    if predictor < 10.0 {
        return (predictor < 2.0).then_some(data);
    }
    let bits = get("Colors", 1.0) * get("BitsPerComponent", 8.0);
    let pixel = (bits / 8.0).ceil().clamp(1.0, 64.0) as usize;
    let row = (get("Columns", 1.0) * bits / 8.0).ceil().clamp(1.0, 1e6) as usize;
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut before = vec![0u8; row];
    for line in data.chunks(row + 1) {
        let (kind, body) = line.split_first()?;
        let mut now = vec![0u8; row];
        for (i, b) in body.iter().enumerate() {
            let left = if i >= pixel { now[i - pixel] } else { 0 };
            let corner = if i >= pixel { before[i - pixel] } else { 0 };
            let add = match kind {
                1 => left,
                2 => before[i],
                3 => ((u16::from(left) + u16::from(before[i])) / 2) as u8,
                4 => paeth(left, before[i], corner),
                _ => 0,
            };
            now[i] = b.wrapping_add(add);
        }
        out.extend(&now[..body.len()]);
        before = now;
    }
    Some(out)
}

fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let p = i16::from(a) + i16::from(b) - i16::from(c);
    let [pa, pb, pc] = [a, b, c].map(|x| (p - i16::from(x)).abs());
    if pa <= pb && pa <= pc {
        a
    } else if pb <= pc {
        b
    } else {
        c
    }
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|b| **b != b'>')
        .filter_map(|b| (*b as char).to_digit(16).map(|d| d as u8))
        .collect();
    digits
        .chunks(2)
        .map(|c| c[0] * 16 + c.get(1).copied().unwrap_or(0))
        .collect()
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for b in data.iter().take_while(|b| **b != b'~') {
        match b {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(b - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(word_85(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        out.extend(&word_85(&group).to_be_bytes()[..kept]);
    }
    out
}

fn word_85(group: &[u32]) -> u32 {
    group
        .iter()
        .fold(0u32, |n, d| n.wrapping_mul(85).wrapping_add(*d))
}
