//! Which rows are shown.

use kinds::control::{Applicability, Implementation};
use maud::{Markup, html};
use meta::Choice;

use super::row::Row;
use crate::{Ask, form::Form};

/// Which rows are shown, as the address says.
pub(super) struct Sift(Form);

/// Rows of which only some are wanted: id and label.
const ONLY: [(&str, &str); 6] = [
    ("contradictions", "an auditor would question"),
    ("changed", "changed since the edition"),
    ("unproven", "declared without proof"),
    ("ownerless", "without an owner"),
    ("proposed", "proposed, not confirmed"),
    ("new", "new in 2022"),
];

const NAMES: [&str; 10] = [
    "theme",
    "applicability",
    "implementation",
    "owner",
    "only",
    "type",
    "property",
    "concept",
    "capability",
    "domain",
];

impl Sift {
    /// What an address says.
    pub(super) fn read(query: &Form) -> Self {
        Self(query.pairs().filter(|it| NAMES.contains(&it.0) && !it.1.is_empty()).collect())
    }

    /// What stands behind the path for it, with its question mark.
    pub(super) fn query(&self) -> String {
        match self.0.query() {
            query if query.is_empty() => query,
            query => format!("?{query}"),
        }
    }

    /// Whether it takes a row.
    pub(super) fn takes(&self, it: &Row<'_>) -> bool {
        let said = |name: &str| self.0.said(name);
        let is = |name: &str, value: &str| said(name).is_none_or(|it| it == value);
        let applicability = it.control.and_then(|it| it.applicability);
        let implementation = it.control.and_then(|it| it.implementation);
        let (none, known) = ("undecided", it.known);
        is("theme", &it.row.theme)
            && is("applicability", applicability.map_or(none, |it| it.def().id))
            && is("implementation", implementation.map_or("unknown", |it| it.def().id))
            && is("owner", &it.row.owner)
            && self.takes_only(it)
            && has(said("type"), known.iter().flat_map(|it| it.types).map(|it| it.name()))
            && has(said("property"), known.iter().flat_map(|it| it.properties).map(|it| it.name()))
            && has(said("concept"), known.iter().flat_map(|it| it.concepts).map(|it| it.name()))
            && has(
                said("capability"),
                known.iter().flat_map(|it| it.capabilities).map(|it| it.name()),
            )
            && has(said("domain"), known.iter().flat_map(|it| it.domains).map(|it| it.name()))
    }

    fn takes_only(&self, it: &Row<'_>) -> bool {
        let included = it.control.is_some_and(|it| it.is_included());
        match self.0.said("only") {
            Some("contradictions") => it.is_contradicted(),
            Some("changed") => it.is_changed,
            Some("unproven") => {
                let declared = it.control.and_then(|it| it.implementation);
                included
                    && declared == Some(Implementation::Implemented)
                    && it.row.evidence.is_empty()
            }
            Some("ownerless") => included && it.row.owner.is_empty(),
            Some("proposed") => it.row.seed,
            Some("new") => it.known.is_some_and(|it| it.new_in_2022),
            _ => true,
        }
    }

    /// The form above the table.
    pub(super) fn form(&self, ask: &Ask, all: &[Row<'_>]) -> Markup {
        let mut owners: Vec<&str> = all.iter().map(|it| it.row.owner.as_str()).collect();
        owners.sort_unstable();
        owners.dedup();
        let owners = owners.into_iter().filter(|it| !it.is_empty()).map(|it| (it, it));
        let mut themes: Vec<_> =
            catalog::Theme::ALL.iter().map(|it| (it.name(), it.name())).collect();
        if all.iter().any(|it| it.row.own) {
            themes.push(("Own", "Your own"));
        }
        let choices = |all: &'static [meta::ChoiceDef]| all.iter().map(|it| (it.id, it.label));
        let of = |all: Vec<&'static str>| all.into_iter().map(|it| (it, it)).collect::<Vec<_>>();
        let attributes = [
            ("type", "Acts", of(catalog::ControlType::ALL.iter().map(|it| it.name()).collect())),
            ("property", "Keeps", of(catalog::Property::ALL.iter().map(|it| it.name()).collect())),
            ("concept", "Function", of(catalog::Concept::ALL.iter().map(|it| it.name()).collect())),
            (
                "capability",
                "Field of work",
                of(catalog::Capability::ALL.iter().map(|it| it.name()).collect()),
            ),
            ("domain", "Domain", of(catalog::Domain::ALL.iter().map(|it| it.name()).collect())),
        ];
        let is_open = attributes.iter().any(|it| self.0.has(it.0));
        html! {
            form.sift method="get" action=(ask.to("/soa")) {
                (self.select("theme", "Theme", themes))
                (self.select("applicability", "Necessary", choices(Applicability::CHOICES)))
                (self.select("implementation", "Implemented", choices(Implementation::CHOICES)))
                (self.select("owner", "Owner", owners))
                (self.select("only", "Only rows", ONLY))
                details open[is_open] {
                    summary.btn.small { "By attribute" }
                    div.sift { @for (name, label, options) in attributes { (self.select(name, label, options)) } }
                }
                button.btn { "Show" }
                @if self.0.pairs().next().is_some() { a href=(ask.to("/soa")) { "Show all" } }
            }
        }
    }

    fn select<'o>(
        &self,
        name: &str,
        label: &str,
        options: impl IntoIterator<Item = (&'o str, &'o str)>,
    ) -> Markup {
        let value = self.0.get(name).unwrap_or_default();
        html! {
            label { span { (label) }
                select name=(name) {
                    option value="" { "all" }
                    @for (id, label) in options { option value=(id) selected[id == value] { (label) } }
                }
            }
        }
    }
}

/// Whether what is wanted is among the values; nothing wanted is among all.
fn has(wanted: Option<&str>, mut values: impl Iterator<Item = &'static str>) -> bool {
    wanted.is_none_or(|wanted| values.any(|it| it == wanted))
}
