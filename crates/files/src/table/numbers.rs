//! Numbers in tables: domains, provenance, defaults.

use super::problems::{assumed, bad_number, out_of_domain, unstated};
use super::{Context, Table, Value};
use crate::number::{self, Bad};
use raison_core::{Domain, Input, Num, Provenance, Uncertain};
use toml::de::DeValue;

impl<'t> Table<'t> {
    /// A number, where there is one.
    pub fn opt_num(&self, key: &str, domain: Domain, ctx: &mut Context<'_>) -> Option<Num> {
        let v = self.raw(key, ctx)?;
        self.num_of(key, &v, domain, ctx)
    }

    /// A number; where it is missing it is an error.
    pub fn num(&self, key: &str, domain: Domain, what: &str, ctx: &mut Context<'_>) -> Num {
        if self.raw(key, ctx).is_none() {
            self.missing(ctx, key, what);
        }
        self.opt_num(key, domain, ctx).unwrap_or_else(|| {
            ctx.assume(
                format!("{}{key}", self.path),
                middle(domain),
                domain,
                "unreadable",
            )
        })
    }

    /// A number; where it is missing, a default stands in and a warning names it.
    pub fn num_or(
        &self,
        key: &str,
        domain: Domain,
        default: Uncertain,
        why: &str,
        ctx: &mut Context<'_>,
    ) -> Num {
        match self.opt_num(key, domain, ctx) {
            Some(num) => num,
            None => {
                let path = format!("{}{key}", self.path);
                if self.raw(key, ctx).is_none() {
                    ctx.report(assumed(&path, default, why).at(self.span, "in this table"));
                }
                ctx.assume(path, default, domain, why)
            }
        }
    }

    /// The number in a value that stands under `key`.
    pub fn num_of(
        &self,
        key: &str,
        v: &Value<'t>,
        domain: Domain,
        ctx: &mut Context<'_>,
    ) -> Option<Num> {
        let (amount, provenance) = self.amount(key, v, ctx)?;
        let (low, high) = amount.ends();
        let out = [low, high, amount.central()]
            .into_iter()
            .find(|x| !domain.holds(*x));
        if let Some(x) = out {
            ctx.report(out_of_domain(key, x, domain, v.span));
            return None;
        }
        if provenance == Provenance::Unstated {
            ctx.report(unstated(key, v.span));
        }
        Some(ctx.inputs.add(Input {
            path: format!("{}{key}", self.path),
            amount,
            domain,
            provenance,
            span: Some(v.span),
        }))
    }

    fn amount(
        &self,
        key: &str,
        v: &Value<'t>,
        ctx: &mut Context<'_>,
    ) -> Option<(Uncertain, Provenance)> {
        let DeValue::Table(map) = v.value else {
            return match number::plain(v.value) {
                Ok(amount) => Some((amount, self.provenance.clone())),
                Err(bad) => {
                    ctx.report(bad_number(key, v.span, &bad));
                    None
                }
            };
        };
        let inner = self.inside(map, v.span, self.path.clone(), ctx);
        inner.know(ctx, &["value", "interval"]);
        let Some(value) = inner.raw("value", ctx) else {
            inner.missing(ctx, "value", "the number");
            return None;
        };
        let read = match inner.raw("interval", ctx) {
            None => number::plain(value.value),
            Some(interval) => with_interval(&value, &interval),
        };
        match read {
            Ok(amount) => Some((amount, inner.provenance)),
            Err(bad) => {
                ctx.report(bad_number(key, v.span, &bad));
                None
            }
        }
    }
}

fn with_interval(v: &Value<'_>, interval: &Value<'_>) -> Result<Uncertain, Bad> {
    let at = number::scalar(v.value)?;
    match number::plain(interval.value)? {
        Uncertain::Range { low, high } => number::score(at, low, high),
        _ => Err(Bad::Length(1)),
    }
}

fn middle(domain: Domain) -> Uncertain {
    Uncertain::Known(0.5 * (domain.low + domain.high))
}
