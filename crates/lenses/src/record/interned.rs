//! Parameter ids made of a term and a contrast.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

/// The id for good. There are as many as terms times contrasts, so the list is bounded.
pub fn intern(text: String) -> &'static str {
    static IDS: OnceLock<Mutex<HashMap<String, &'static str>>> = OnceLock::new();
    let ids = IDS.get_or_init(Mutex::default);
    let mut ids = ids.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(id) = ids.get(&text) {
        return id;
    }
    let id: &'static str = Box::leak(text.clone().into_boxed_str());
    ids.insert(text, id);
    id
}
