//! Quantal response against Gambit's own tool, on the same games at the same precision.
//!
//! Needs a Python with `pygambit`; set GAMBIT_PYTHON to its path where it is not
//! `python3`. Skipped where there is none.

use raison_games::NormalForm;
use raison_games::quantal::quantal_response;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

const SCRIPT: &str = r#"
import sys, time, pygambit as g
games = {
  "prisoner's dilemma": ([[3,0],[5,1]], [[3,5],[0,1]]),
  "stag hunt": ([[4,0],[3,2]], [[4,3],[0,2]]),
  "asymmetric pennies": ([[9,0],[0,1]], [[0,1],[1,0]]),
  "chicken": ([[3,2],[4,1]], [[3,4],[2,1]]),
}
for name, (a, b) in games.items():
    game = g.Game.from_arrays(a, b)
    for lam in (0.5, 1, 2, 5):
        if name == "chicken" and lam > 1:
            continue
        best = 1e9
        for _ in range(20):
            start = time.process_time()
            g.qre.logit_solve_lambda(game, lam=lam)
            best = min(best, time.process_time() - start)
        print(f"{name};{lam};{best}")
"#;

fn games() -> Vec<(&'static str, NormalForm)> {
    let game = |a: [[f64; 2]; 2], b: [[f64; 2]; 2]| {
        NormalForm::bimatrix(&[&a[0], &a[1]], &[&b[0], &b[1]]).expect("sound")
    };
    vec![
        (
            "prisoner's dilemma",
            game([[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]),
        ),
        (
            "stag hunt",
            game([[4.0, 0.0], [3.0, 2.0]], [[4.0, 3.0], [0.0, 2.0]]),
        ),
        (
            "asymmetric pennies",
            game([[9.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]),
        ),
        (
            "chicken",
            game([[3.0, 2.0], [4.0, 1.0]], [[3.0, 4.0], [2.0, 1.0]]),
        ),
    ]
}

fn ours(game: &NormalForm, lambda: f64) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..20 {
        let start = Instant::now();
        for _ in 0..50 {
            black_box(quantal_response(black_box(game), lambda).expect("solved"));
        }
        best = best.min(start.elapsed().as_secs_f64() / 50.0);
    }
    best
}

fn main() {
    let python = std::env::var("GAMBIT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let theirs = Command::new(&python).args(["-c", SCRIPT]).output();
    let theirs = match theirs {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).into_owned()
        }
        _ => {
            println!("SKIPPED: `{python}` has no pygambit (set GAMBIT_PYTHON); our times alone");
            String::new()
        }
    };
    println!(
        "{:<20} {:>7} {:>12} {:>12} {:>7}",
        "game", "lambda", "ours, us", "Gambit, us", "ratio"
    );
    for (name, game) in games() {
        for lambda in [0.5, 1.0, 2.0, 5.0] {
            let us = ours(&game, lambda) * 1e6;
            let key = format!("{name};{lambda};");
            let line = theirs
                .lines()
                .find_map(|l| l.strip_prefix(&key)?.parse::<f64>().ok());
            match line.map(|s| s * 1e6) {
                Some(gambit) => println!(
                    "{name:<20} {lambda:>7} {us:>12.2} {gambit:>12.1} {:>7.0}",
                    gambit / us
                ),
                None => println!("{name:<20} {lambda:>7} {us:>12.2} {:>12} {:>7}", "-", "-"),
            }
        }
    }
}
