//! All records of one organization at one position of its ledger, in memory.

use std::{marker::PhantomData, sync::Arc};

use imbl::{GenericHashMap, OrdMap, OrdSet, Vector, shared_ptr::DefaultSharedPtr};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kinds::{
    Kind,
    approval::{Approval, Decision, Purpose},
};
use meta::{Erased, Id, KindDef, Record, Ref};

/// All records of one organization at one position of its ledger.
///
/// Cloning costs a few reference counts; a clone never changes.
#[derive(Clone, Default)]
pub struct Isms {
    position: u64,
    ids: Ids,
    tables: OrdMap<&'static str, Table>,
    links: OrdSet<Backlink>,
    editions: OrdMap<(Id, u32), Edition>,
    /// Every commit that changed something that is published, by what it changed.
    hands: OrdSet<(Id, u64)>,
    moments: Vector<Moment>,
}

/// When a commit was made, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The time of the commit.
    pub at: Timestamp,
    /// The person; `None` for the system.
    pub actor: Option<Id>,
}

/// A link seen from the record it points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backlink {
    /// The record pointed to.
    pub target: Id,
    /// The kind of the record that holds the link: its place in [`kinds::KINDS`].
    pub kind: u8,
    /// The record that holds the link.
    pub source: Id,
    /// The place of the field in the source's kind.
    pub field: u16,
}

/// A published revision, kept beside the working copy.
#[derive(Clone)]
pub struct Edition {
    /// The revision that was published.
    pub record: Arc<Record>,
    /// The approval that published it.
    pub approval: Id,
}

/// The kinds that are published, each record by itself or as a row of the Statement of Applicability.
pub const PUBLISHED: [&str; 4] = ["document", "scope", "risk_method", "control"];

type Ids = GenericHashMap<Id, Arc<Record>, foldhash::fast::RandomState, DefaultSharedPtr>;

/// One kind in the order of its numbers, and the position at which it last changed.
#[derive(Clone)]
struct Table {
    /// The place of the kind in [`kinds::KINDS`].
    place: u8,
    rows: OrdMap<u32, Arc<Record>>,
    /// How many of them still count.
    live: usize,
    changed: u64,
}

/// The place of a kind, known to the compiler.
struct Place<K>(PhantomData<K>);

impl<K: Kind> Place<K> {
    const OF: u8 = kinds::place(K::ID);
}

impl Table {
    fn new(kind: &str) -> Self {
        Self { place: kinds::place(kind), rows: OrdMap::new(), live: 0, changed: 0 }
    }
}

impl Isms {
    /// The position of the newest commit it contains; 0 before the first.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Takes note of the next commit; its records follow by [`Isms::put`].
    pub fn advance(&mut self, moment: Moment) {
        self.position += 1;
        self.moments.push_back(moment);
    }

    /// When the commit at this position was made, and by whom.
    pub fn moment(&self, position: u64) -> Option<Moment> {
        self.moments.get(usize::try_from(position.checked_sub(1)?).ok()?).copied()
    }

    /// The newest position whose commit was made on or before the end of `day` in this time zone.
    pub fn position_on(&self, day: Date, zone: &TimeZone) -> u64 {
        let end = day.tomorrow().ok().and_then(|it| it.to_zoned(zone.clone()).ok());
        let Some(end) = end.map(|it| it.timestamp()) else { return self.position };
        let (mut low, mut high) = (0, self.moments.len());
        while low < high {
            let middle = (low + high) / 2;
            match self.moments.get(middle) {
                Some(it) if it.at < end => low = middle + 1,
                _ => high = middle,
            }
        }
        low as u64
    }

    /// Puts a record in place of its former version, with its links. O(log n).
    pub fn put(&mut self, record: Arc<Record>) {
        let source = record.head.id;
        let id = record.def().id;
        let table = self.tables.entry(id).or_insert_with(|| Table::new(id));
        table.changed = table.changed.max(record.head.changed);
        let old = table.rows.insert(record.head.number, record.clone());
        table.live += usize::from(record.is_live());
        table.live -= usize::from(old.is_some_and(|it| it.is_live()));
        let kind = table.place;
        let backlink =
            |field: usize, target| Backlink { target, kind, source, field: field as u16 };
        let old = self.ids.insert(source, record.clone());
        if PUBLISHED.contains(&id) {
            // What a decision under way takes back was never changed.
            if let Some(undone) = old.as_ref().filter(|it| it.head.changed > record.head.changed) {
                self.hands.remove(&(source, undone.head.changed));
            }
            self.hands.insert((source, record.head.changed));
        }
        if let Some(old) = old {
            old.links(&mut |field, link| {
                self.links.remove(&backlink(field, link.id));
            });
        }
        record.links(&mut |field, link| {
            self.links.insert(backlink(field, link.id));
        });
    }

    /// Takes note of an earlier change of something that is published.
    pub fn changed_before(&mut self, id: Id, position: u64) {
        self.hands.insert((id, position));
    }

    /// The commits after a position that changed this record, oldest first: of what has editions, and
    /// of controls, which make up a paper that has.
    pub fn changes_after(&self, id: Id, position: u64) -> impl Iterator<Item = u64> {
        self.hands.range((id, position + 1)..=(id, u64::MAX)).map(|it| it.1)
    }

    /// Keeps a published revision beside the working copy.
    pub fn publish(&mut self, record: Arc<Record>, approval: Id) {
        let key = (record.head.id, record.head.version);
        self.editions.insert(key, Edition { record, approval });
    }

    /// Empties editions whose contents were erased.
    pub fn erase_editions(&mut self, id: Id, versions: &[u32]) {
        for version in versions {
            if let Some(edition) = self.editions.get_mut(&(id, *version)) {
                let (head, def) = (edition.record.head.clone(), edition.record.def());
                edition.record = Arc::new(Record { head, body: Erased(def) });
            }
        }
    }

    /// The record with this id.
    pub fn get(&self, id: Id) -> Option<&Record> {
        self.ids.get(&id).map(|it| &**it)
    }

    /// The record with this id, shared.
    pub fn shared(&self, id: Id) -> Option<Arc<Record>> {
        self.ids.get(&id).cloned()
    }

    /// The body of the record with this id, when it is of kind `K` and not erased.
    pub fn typed<K: Kind>(&self, id: Id) -> Option<&K> {
        self.get(id)?.typed()
    }

    /// The body a link names.
    pub fn follow<K: Kind>(&self, link: &Ref<K>) -> Option<&K> {
        self.typed(link.id())
    }

    /// The record of this kind with this number.
    pub fn numbered(&self, kind: &str, number: u32) -> Option<&Record> {
        self.tables.get(kind)?.rows.get(&number).map(|it| &**it)
    }

    /// Every record of a kind in the order of numbers, also withdrawn and erased ones.
    pub fn rows(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Record> {
        self.tables.get(kind).into_iter().flat_map(|it| it.rows.values().map(|it| &**it))
    }

    /// Every record of kind `K` that is neither withdrawn nor erased, in the order of numbers.
    pub fn all<K: Kind>(&self) -> impl Iterator<Item = (&Record, &K)> {
        self.rows(K::ID).filter(|it| !it.head.withdrawn).filter_map(|it| Some((it, it.typed()?)))
    }

    /// Every record of kind `K` that still counts: as [`Isms::all`], without ended stages.
    pub fn live<K: Kind>(&self) -> impl Iterator<Item = (&Record, &K)> {
        self.all::<K>().filter(|(it, _)| it.is_live())
    }

    /// How many records of a kind there are, also withdrawn and erased ones.
    pub fn count(&self, kind: &str) -> usize {
        self.tables.get(kind).map_or(0, |it| it.rows.len())
    }

    /// How many records of a kind still count: neither withdrawn nor at the end of their lives.
    pub fn count_live(&self, kind: &str) -> usize {
        self.tables.get(kind).map_or(0, |it| it.live)
    }

    /// How many records there are, of any kind.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The number the next new record of a kind gets.
    pub fn next_number(&self, kind: &str) -> u32 {
        let last = self.tables.get(kind).and_then(|it| it.rows.get_max());
        last.map_or(1, |(number, _)| number + 1)
    }

    /// The links that point to a record, by kind and then in the order of their sources.
    pub fn links_to(&self, target: Id) -> impl Iterator<Item = &Backlink> {
        let first = Backlink { target, kind: 0, source: Id::nil(), field: 0 };
        self.links.range(first..).take_while(move |it| it.target == target)
    }

    /// The links to a record that records of a kind hold, in the order of these.
    pub fn links_from<K: Kind>(&self, target: Id) -> impl Iterator<Item = &Backlink> {
        let kind = Place::<K>::OF;
        let first = Backlink { target, kind, source: Id::nil(), field: 0 };
        self.links.range(first..).take_while(move |it| (it.target, it.kind) == (target, kind))
    }

    /// The records of a kind that link to this one, each once, withdrawn ones left out.
    pub fn sources<K: Kind>(&self, target: Id) -> impl Iterator<Item = (&Record, &K)> {
        let mut last = None;
        self.links_from::<K>(target)
            .filter(move |it| last.replace(it.source) != Some(it.source))
            .filter_map(|it| self.get(it.source))
            .filter(|it| !it.head.withdrawn)
            .filter_map(|it| Some((it, it.typed()?)))
    }

    /// The edition of a controlled record that is in force on a day: the newest whose publication
    /// stands (given, not revoked) and has taken effect.
    pub fn in_force(&self, id: Id, day: Date) -> Option<&Edition> {
        let mut standing = self.standing_editions(id).rev();
        standing.find(|it| it.1.effective_from.is_none_or(|from| from <= day)).map(|it| it.0)
    }

    /// The editions of a controlled record whose publication stands (given, not revoked), also those
    /// that are still to come into force; oldest first.
    pub fn standing_editions(
        &self,
        id: Id,
    ) -> impl DoubleEndedIterator<Item = (&Edition, &Approval)> {
        self.editions(id).filter_map(|it| {
            let approval = self.typed::<Approval>(it.approval)?;
            let stands = approval.purpose == Some(Purpose::Publish)
                && approval.decision != Some(Decision::Refused)
                && self.get(it.approval).is_some_and(Record::is_live);
            stands.then_some((it, approval))
        })
    }

    /// All editions of a record, oldest first.
    pub fn editions(&self, id: Id) -> impl DoubleEndedIterator<Item = &Edition> {
        self.editions.range((id, 0)..=(id, u32::MAX)).map(|it| it.1)
    }

    /// One edition of a record, by its version.
    pub fn edition(&self, id: Id, version: u32) -> Option<&Edition> {
        self.editions.get(&(id, version))
    }

    /// The last position at which any of these kinds changed: keys a rule's cached verdict.
    pub fn changed(&self, kinds: &[&str]) -> u64 {
        kinds.iter().filter_map(|it| Some(self.tables.get(it)?.changed)).max().unwrap_or(0)
    }

    /// Every record, of all kinds, in the order of kinds and numbers.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        kinds::KINDS.iter().flat_map(|it| self.rows(it.id))
    }

    /// The kinds that have records, in the order of menus.
    pub fn kinds(&self) -> impl Iterator<Item = &'static KindDef> {
        kinds::KINDS.iter().copied().filter(|it| self.count(it.id) > 0)
    }
}
