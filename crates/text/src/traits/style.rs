//! Leadership styles from traits (Hermann 2003, Table 8.1).

use super::Trait;

/// The eight styles: constraint (challenge, respect) × openness (closed, open) × motivation
/// (problem, relationship).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are the field's own
pub enum Style {
    Expansionistic,
    Evangelistic,
    Incremental,
    Charismatic,
    Directive,
    Consultative,
    Reactive,
    Accommodative,
}

/// All styles with their names.
pub const STYLES: [(Style, &str); 8] = [
    (Style::Expansionistic, "expansionistic"),
    (Style::Evangelistic, "evangelistic"),
    (Style::Incremental, "incremental"),
    (Style::Charismatic, "charismatic"),
    (Style::Directive, "directive"),
    (Style::Consultative, "consultative"),
    (Style::Reactive, "reactive"),
    (Style::Accommodative, "accommodative"),
];

/// Style by z-scores against a norm group, in the order of [`super::TRAITS`]; `None` where a
/// trait that decides is undefined.
///
/// A leader respects constraints if PWR and BACE both lie below the norm's mean, otherwise
/// challenges them; is open if CC lies above SC or both lie above the mean, closed if both
/// lie below it (Hermann 2003, p. 206); is bent on problems if TASK lies above the mean,
/// otherwise on relationships.
pub fn style(z: &[Option<f64>; 7]) -> Option<Style> {
    let [pwr, bace, cc, sc, task] =
        [Trait::Pwr, Trait::Bace, Trait::Cc, Trait::Sc, Trait::Task].map(|t| z[t as usize]);
    let (pwr, bace, cc, sc, task) = (pwr?, bace?, cc?, sc?, task?);
    let respects = pwr < 0.0 && bace < 0.0;
    let open = match (cc < 0.0, sc < 0.0) {
        (true, true) => false,
        (false, false) => true,
        _ => cc > sc,
    };
    Some(cell(respects, open, task >= 0.0))
}

fn cell(respects: bool, open: bool, problem: bool) -> Style {
    match (respects, open, problem) {
        (false, false, true) => Style::Expansionistic,
        (false, false, false) => Style::Evangelistic,
        (false, true, true) => Style::Incremental,
        (false, true, false) => Style::Charismatic,
        (true, false, true) => Style::Directive,
        (true, false, false) => Style::Consultative,
        (true, true, true) => Style::Reactive,
        (true, true, false) => Style::Accommodative,
    }
}

/// Mean, low and high limit of the seven traits, in the order of [`super::TRAITS`].
pub type Thresholds = [[f64; 3]; 7];

/// The published limits of hand-coded scores: 87 heads of government (Hermann 2003, Table 8.6).
///
/// They do not fit machine scores: on PsyCL's 130 machine-coded leaders they put 127 into
/// two styles. Used only on request.
pub const HAND_CODED: Thresholds = [
    [0.44, 0.30, 0.58],
    [0.50, 0.37, 0.62],
    [0.62, 0.44, 0.81],
    [0.44, 0.32, 0.56],
    [0.59, 0.46, 0.71],
    [0.42, 0.32, 0.53],
    [0.41, 0.25, 0.56],
];

/// Style by the published hand-coding thresholds on raw scores: as [`style`], with each
/// trait's mean as the dividing line and CC compared with SC as they stand.
pub fn hand_coded(scores: &[Option<f64>; 7]) -> Option<Style> {
    let score = |t: Trait| scores[t as usize];
    let above = |t: Trait| score(t).map(|s| s >= HAND_CODED[t as usize][0]);
    let respects = !above(Trait::Pwr)? && !above(Trait::Bace)?;
    let open = match (above(Trait::Cc)?, above(Trait::Sc)?) {
        (false, false) => false,
        (true, true) => true,
        _ => score(Trait::Cc)? > score(Trait::Sc)?,
    };
    Some(cell(respects, open, above(Trait::Task)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn z(bace: f64, pwr: f64, sc: f64, cc: f64, task: f64) -> [Option<f64>; 7] {
        [
            Some(bace),
            Some(pwr),
            Some(sc),
            Some(cc),
            Some(task),
            None,
            None,
        ]
    }

    #[test]
    fn the_eight_cells() {
        assert_eq!(style(&z(1., 1., 1., -1., 1.)), Some(Style::Expansionistic));
        assert_eq!(style(&z(1., -1., 1., -1., -1.)), Some(Style::Evangelistic));
        assert_eq!(style(&z(-1., 1., -1., 1., 1.)), Some(Style::Incremental));
        assert_eq!(style(&z(1., 1., 1., 1., -1.)), Some(Style::Charismatic));
        assert_eq!(style(&z(-1., -1., 1., -1., 1.)), Some(Style::Directive));
        assert_eq!(
            style(&z(-1., -1., -2., -1., -1.)),
            Some(Style::Consultative)
        );
        assert_eq!(style(&z(-1., -1., 1., 2., 1.)), Some(Style::Reactive));
        assert_eq!(
            style(&z(-1., -1., -1., 1., -1.)),
            Some(Style::Accommodative)
        );
    }

    #[test]
    fn an_undefined_trait_leaves_the_style_undefined() {
        let mut scores = z(1., 1., 1., 1., 1.);
        scores[Trait::Sc as usize] = None;
        assert_eq!(style(&scores), None);
        assert_eq!(hand_coded(&scores), None);
    }
}
