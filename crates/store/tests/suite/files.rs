//! Bytes of files.

use std::fs;
use std::io::{self, Read};

use sha2::{Digest, Sha256};
use store::{Error, FileStored};

use crate::place::{ORGANIZATION, Place};

on_both!(keeps_and_removes_files, refuses_files_and_leaves_nothing);

fn keeps_and_removes_files(place: &Place) {
    let store = place.store();
    let bytes = vec![42; 200_000];
    let stored = store.put_file(ORGANIZATION, &mut bytes.as_slice(), 200_000).unwrap();
    let sha256 = Sha256::digest(&bytes).into();
    assert_eq!(stored, FileStored { sha256, size: 200_000 });
    assert_eq!(store.put_file(ORGANIZATION, &mut bytes.as_slice(), 200_000).unwrap(), stored);
    let empty = store.put_file(ORGANIZATION, &mut io::empty(), 0).unwrap();
    let mut back = Vec::new();
    store.open_file(ORGANIZATION, &sha256).unwrap().read_to_end(&mut back).unwrap();
    assert_eq!(back, bytes);
    let mut both = [stored, empty];
    both.sort_unstable();
    assert_eq!(store.list_files(ORGANIZATION).unwrap(), both);
    assert!(store.remove_file(ORGANIZATION, &sha256).unwrap());
    assert!(!store.remove_file(ORGANIZATION, &sha256).unwrap());
    let missing = store.open_file(ORGANIZATION, &sha256).unwrap_err();
    assert!(missing.to_string().contains("restore it from a backup"), "{missing}");
    assert_eq!(store.list_files(uuid::Uuid::nil()).unwrap(), []);
}

fn refuses_files_and_leaves_nothing(place: &Place) {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let store = place.store();
    let refused = store.put_file(ORGANIZATION, &mut &[1; 11][..], 10).unwrap_err();
    assert!(matches!(refused, Error::FileTooLarge { limit: 10 }));
    // A stream without end is not read to its end.
    let refused = store.put_file(ORGANIZATION, &mut io::repeat(1), 1 << 20).unwrap_err();
    assert!(matches!(refused, Error::FileTooLarge { .. }));
    let refused = store.put_file(ORGANIZATION, &mut Broken, 10).unwrap_err();
    assert!(matches!(refused, Error::FileUnreadable { .. }));
    let folder = store.address().files().join(ORGANIZATION.simple().to_string());
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
}
