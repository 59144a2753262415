//! Which dotted names a predicate mentions.

use super::ast::{Expr, Kind};

pub fn names(ast: &Expr) -> Vec<String> {
    let mut found = Vec::new();
    collect(ast, &mut Vec::new(), &mut found);
    found
}

fn collect(expr: &Expr, loops: &mut Vec<String>, found: &mut Vec<String>) {
    if let Some(path) = expr.path() {
        let in_loop = expr.head().is_some_and(|h| loops.iter().any(|l| l == h));
        if !in_loop && !found.contains(&path) {
            found.push(path);
        }
        return;
    }
    if let Kind::Call(Some(on), word, arguments) = &expr.kind
        && let [variable, condition] = arguments.as_slice()
        && let Kind::Name(name) = &variable.kind
        && matches!(word.text.as_str(), "exists" | "all" | "exists_one")
    {
        collect(on, loops, found);
        loops.push(name.clone());
        collect(condition, loops, found);
        loops.pop();
        return;
    }
    for part in expr.parts() {
        collect(part, loops, found);
    }
}
