//! Condorcet elections, stability of large conflicts, equilibria of random games.

use raison_games::NormalForm;
use raison_games::bargaining::Space;
use raison_games::bargaining::condorcet::{Outcome, Rules, condorcet_of_positions};
use raison_games::conflict::{Choice, Direction, OptionForm, Options, stability};
use raison_games::normal_form::nash;

fn main() {
    divan::main();
}

struct Lcg(u64);

impl Lcg {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// One election among 80 actors with 80 proposals, matrices included; to take under 20 ms.
#[divan::bench(args = ["conditional", "markov-incentive", "markov-uniform"])]
fn election_of_eighty(bencher: divan::Bencher, outcome: &str) {
    let mut random = Lcg(7);
    let mut column = || (0..80).map(|_| 0.05 + random.next()).collect::<Vec<f64>>();
    let (c, x, s) = (column(), column(), column());
    let outcome = Outcome::ALL
        .iter()
        .find(|o| o.0 == outcome)
        .expect("a variant")
        .1;
    let rules = Rules {
        outcome,
        ..Rules::default()
    };
    bencher.bench_local(|| {
        let space = Space::new(&c, &x, &s).expect("sound");
        condorcet_of_positions(&space, 0.0, rules).expect("sound")
    });
}

/// 2¹⁶ states: sixteen options in the hands of two or four players.
#[divan::bench(args = [2, 4], sample_count = 5)]
fn stability_of_65536_states(bencher: divan::Bencher, players: usize) {
    let choice = |k: usize| Choice {
        name: String::new(),
        player: k * players / 16,
        direction: Direction::Both,
    };
    let options = Options {
        list: (0..16).map(choice).collect(),
    };
    let form = OptionForm::new(options, Some).expect("sound");
    let mut random = Lcg(3);
    let mut ranks = || {
        (0..65536)
            .map(|_| (random.next() * 65536.0) as u32)
            .collect::<Vec<u32>>()
    };
    let ranks = (0..players).map(|_| ranks()).collect();
    let names = (0..players).map(|k| k.to_string()).collect();
    let conflict = form.conflict(names, ranks).expect("sound");
    bencher.bench_local(|| stability(&conflict));
}

/// All equilibria of random integer games.
#[divan::bench(args = [4, 6, 8])]
fn all_equilibria(bencher: divan::Bencher, size: usize) {
    let mut random = Lcg(11);
    let mut matrix = || -> Vec<Vec<f64>> {
        (0..size)
            .map(|_| (0..size).map(|_| (random.next() * 20.0).floor()).collect())
            .collect()
    };
    let (a, b) = (matrix(), matrix());
    let a: Vec<&[f64]> = a.iter().map(Vec::as_slice).collect();
    let b: Vec<&[f64]> = b.iter().map(Vec::as_slice).collect();
    let game = NormalForm::bimatrix(&a, &b).expect("sound");
    bencher.bench_local(|| nash(&game).expect("solved"));
}
