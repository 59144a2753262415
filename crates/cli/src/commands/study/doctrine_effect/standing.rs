//! What the study rests on, said before any figure.

use super::DoctrineEffectArgs;
use raison::core::world::{Mark, World};
use raison::core::{Doctrine, Provenance, Standing};

/// The last year of disputes in the record.
const RECORD_ENDS: i32 = 2010;

/// Claims, data, assumptions and hindsight, of every doctrine that is compared.
pub fn head(args: &DoctrineEffectArgs, doctrines: &[Doctrine], world: &World) -> Vec<String> {
    let mut out: Vec<String> = doctrines.iter().map(claim).collect();
    out.push(data(args, world));
    out.push("ASSUMPTION: all effects of strategies and acts on measures, the weight of the lens, and every parameter that `docs/worlds.md` does not call estimated.".to_owned());
    out.push(format!("Read it as what follows inside this model: {} runs of {} years, seed {}, lens {}, same luck for all variants. Intervals (95 %) hold luck, not doubts about the assumptions.", args.runs, args.years, args.seed, args.lens));
    if world.id == "world-2010" {
        out.push("UNOBSERVED: the turn to the East, the growth of BRICS and of the Shanghai Cooperation Organisation and the agreement of 2015 came later than the data: this world begins before them and its capabilities, ties and institutions know nothing of them.".to_owned());
    }
    let start = i32::from(world.start);
    out.extend(doctrines.iter().filter_map(|d| hindsight(d, start)));
    out
}

fn claim(doctrine: &Doctrine) -> String {
    let principles = doctrine.principles.iter().map(|p| p.standing);
    let all: Vec<Standing> = principles
        .chain(doctrine.pillars.iter().map(|p| p.standing))
        .collect();
    let count = |s: Standing| all.iter().filter(|c| **c == s).count();
    format!(
        "CLAIM: what the doctrine “{}” says is as its sources tell it: {} statements are claims, {} documented, {} measured.",
        doctrine.title,
        count(Standing::Claim),
        count(Standing::Documented),
        count(Standing::Measured)
    )
}

/// Where the numbers of this world come from, and what of its years the record covers.
fn data(args: &DoctrineEffectArgs, world: &World) -> String {
    let (parameters, own): (Vec<_>, Vec<_>) = world
        .inputs
        .iter()
        .map(|(_, input)| input)
        .partition(|i| i.path.starts_with("parameters."));
    let count = |is: &dyn Fn(&Provenance) -> bool| own.iter().filter(|i| is(&i.provenance)).count();
    let sourced = count(&|p| matches!(p, Provenance::Source(_)));
    let judged = count(&|p| matches!(p, Provenance::Judgement(_)));
    let modelled = world
        .ties
        .iter()
        .filter(|t| t.mark == Mark::Estimated)
        .count();
    let fitted =
        |p: &Provenance| matches!(p, Provenance::Judgement(why) if why.starts_with("estimated: "));
    let estimated = parameters.iter().filter(|i| fitted(&i.provenance)).count();
    let assumed = parameters
        .iter()
        .filter(|i| matches!(i.provenance, Provenance::Assumed(_)))
        .count();
    format!(
        "DATA: of the {} numbers of `{}` {sourced} have a source, {judged} are the coder's judgement and {} are defaults or unstated; {modelled} of the {} ties that it states are estimated by a model, and trade that it does not state is estimated by gravity. Of the parameters {estimated} are estimated on the record, {assumed} assumed, {} the world's own. {}",
        own.len(),
        args.world,
        own.len() - sourced - judged,
        world.ties.len(),
        parameters.len() - estimated - assumed,
        covered(sourced, i32::from(world.start), i32::from(args.years))
    )
}

/// What the record can say of the years that are simulated.
fn covered(sourced: usize, start: i32, years: i32) -> String {
    let end = start + years - 1;
    if sourced == 0 {
        return "No number of the world has a source: it is invented as far as the file says, and the record tells nothing of it.".to_owned();
    }
    match (start > RECORD_ENDS, end <= RECORD_ENDS) {
        (true, _) => format!(
            "The disputes of the record end in {RECORD_ENDS}: nothing of what is simulated is observed."
        ),
        (_, true) => format!(
            "The record covers the years {start} to {end}, but this study does not hold its runs against it: `raison study hindcast` does so for worlds of the record."
        ),
        _ if start == RECORD_ENDS => format!(
            "The disputes of the record end in {RECORD_ENDS}: of the years simulated nothing after the first is observed."
        ),
        _ => format!(
            "The disputes of the record end in {RECORD_ENDS}: of {start} to {end} nothing after that is observed."
        ),
    }
}

/// Says that a doctrine is younger than the world that it is put into.
fn hindsight(doctrine: &Doctrine, start: i32) -> Option<String> {
    let year = |d: Option<raison::core::Date>| d.map(|d| i32::from(d.year()));
    if let Some(told) = year(doctrine.told).filter(|y| *y > start) {
        return Some(format!(
            "HINDSIGHT: `{}` codes an account told in {told}, which looks back on years simulated here; put into the world of {start}, it brings along what was known only in {told}. What follows is that account in that world, no test of it.",
            doctrine.id
        ));
    }
    let from = year(doctrine.from).filter(|y| *y > start)?;
    Some(format!(
        "HINDSIGHT: `{}` is of {from} and is put into the world of {start}, before it was stated.",
        doctrine.id
    ))
}

#[cfg(test)]
mod tests {
    use super::covered;

    #[test]
    fn what_the_record_covers_is_told_by_the_years() {
        assert!(covered(0, 1962, 10).contains("invented"));
        assert!(covered(9, 1962, 25).contains("covers the years 1962 to 1986"));
        assert!(covered(9, 2010, 25).contains("nothing after the first"));
        assert!(covered(9, 2000, 25).contains("of 2000 to 2024 nothing after"));
        assert!(covered(9, 2015, 5).contains("nothing of what is simulated"));
    }
}
