//! How many connections come from one address.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

/// How many connections come from each address.
#[derive(Clone)]
pub(super) struct Guests {
    most: usize,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A connection that is counted until it is dropped.
pub(super) struct Guest {
    guests: Guests,
    address: IpAddr,
}

impl Guests {
    /// At most so many from one address.
    pub(super) fn new(most: usize) -> Self {
        Self { most, counts: Arc::default() }
    }

    /// Counts a connection; `None` when its address has too many already.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Guest> {
        let address = household(address);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Guest { guests: self.clone(), address })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut counts = self.guests.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// Who has one address of IPv6 has the 2⁶⁴ beside it.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(it) => Ipv6Addr::from_bits(it.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_room_again_when_a_connection_ends() {
        let guests = Guests::new(2);
        let address = |text: &str| text.parse().unwrap();
        let first = guests.enter(address("2001:db8::1"));
        let _second = guests.enter(address("2001:db8::2")).unwrap();
        assert!(guests.enter(address("2001:db8::3")).is_none());
        assert!(guests.enter(address("2001:db8:0:1::3")).is_some());
        drop(first);
        assert!(guests.enter(address("2001:db8::3")).is_some());
        assert_eq!(guests.counts.lock().unwrap().len(), 1);
    }
}
