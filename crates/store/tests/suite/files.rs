//! Bytes of files.

use std::fs;
use std::io::{self, Read};

use ledger::hash::hex;
use sha2::{Digest, Sha256};
use store::{Append, Bucket, Error, FileStored, FilesAt, S3};

use crate::place::{ORGANIZATION, Place};

on_bucket_too!(
    keeps_and_removes_files,
    refuses_files_and_leaves_nothing,
    keeps_large_files,
    notices_altered_bytes,
    copies_to_a_folder_and_back,
);

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
    assert!(store.has_file(ORGANIZATION, &sha256).unwrap());
    let lying = store.list_files(ORGANIZATION).unwrap();
    assert_eq!(lying.iter().map(|it| it.file).collect::<Vec<_>>(), both);
    // Of this century: what is younger than a day is told from what is older.
    assert!(lying.iter().all(|it| it.at > 1_700_000_000_000), "{lying:?}");
    assert!(store.remove_file(ORGANIZATION, &sha256).unwrap());
    assert!(!store.remove_file(ORGANIZATION, &sha256).unwrap());
    assert!(!store.has_file(ORGANIZATION, &sha256).unwrap());
    let missing = store.open_file(ORGANIZATION, &sha256).err().unwrap();
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
    assert_eq!(store.list_files(ORGANIZATION).unwrap(), []);
    if let Some(folder) = store.address().files().folder() {
        let folder = folder.join(ORGANIZATION.simple().to_string());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        // What a writer that was killed leaves.
        fs::write(folder.join("new-1-1"), "half").unwrap();
        assert_eq!(store.remove_unfinished(ORGANIZATION, 1_700_000_000_000).unwrap(), 0);
        assert_eq!(store.remove_unfinished(ORGANIZATION, i64::MAX).unwrap(), 1);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
}

fn keeps_large_files(place: &Place) {
    let store = place.store();
    let bytes: Vec<u8> = (0..20_000_000_u32).map(|it| (it % 251) as u8).collect();
    let stored = store.put_file(ORGANIZATION, &mut bytes.as_slice(), 1 << 30).unwrap();
    assert_eq!(stored.size, 20_000_000);
    assert!(store.open_file(ORGANIZATION, &stored.sha256).unwrap().read_all().unwrap() == bytes);
}

fn notices_altered_bytes(place: &Place) {
    let store = place.store();
    let stored = store.put_file(ORGANIZATION, &mut &b"evidence"[..], 100).unwrap();
    let name = hex(&stored.sha256);
    let name = format!("{}/{}/{name}", ORGANIZATION.simple(), &name[..2]);
    match &place.files {
        Some(at) => drop(Bucket::open(at).unwrap().put(&name, &mut &b"Evidence"[..]).unwrap()),
        None => {
            let folder = store.address().files().folder().unwrap().to_owned();
            fs::write(folder.join(name), "Evidence").unwrap();
        }
    }
    let altered = store.open_file(ORGANIZATION, &stored.sha256).unwrap().read_all().unwrap_err();
    assert!(altered.to_string().contains("is not what its name says"), "{altered}");
}

fn copies_to_a_folder_and_back(place: &Place) {
    let store = place.store();
    let file = store.put_file(ORGANIZATION, &mut &b"evidence"[..], 100).unwrap();
    let mut writing = store.begin(ORGANIZATION).unwrap();
    writing.append(&Append { files: &[file], ..Append::default() }).unwrap();
    writing.commit().unwrap();
    let (here, there) =
        (store.address().files().clone(), FilesAt::Folder(place.folder().join("copy")));
    let copied = |from, to| {
        let mut copied = Vec::new();
        store.copy_files(from, to, |it| copied.push(it)).map(|()| copied)
    };
    assert_eq!(copied(&here, &there).unwrap(), [file]);
    assert!(store.remove_file(ORGANIZATION, &file.sha256).unwrap());
    assert_eq!(copied(&there, &here).unwrap(), [file]);
    let back = store.open_file(ORGANIZATION, &file.sha256).unwrap().read_all().unwrap();
    assert_eq!(back, b"evidence");
    let nowhere = FilesAt::Folder(place.folder().join("nowhere"));
    assert!(copied(&nowhere, &there).is_ok(), "it is there already");
    store.remove_file(ORGANIZATION, &file.sha256).unwrap();
    assert!(matches!(copied(&nowhere, &here), Err(Error::FileMissing { .. })));
}

#[test]
fn says_which_bucket_does_not_answer() {
    let at = S3 {
        bucket: "isms".to_owned(),
        prefix: String::new(),
        region: "eu-central-1".to_owned(),
        endpoint: Some("http://127.0.0.1:1".to_owned()),
        path_style: true,
        key: Some(("id".to_owned(), "a-secret-of-nobody".to_owned())),
    };
    let error = Bucket::open(&at).unwrap().look("x").unwrap_err();
    let said = error.to_string();
    assert!(said.contains("cannot look at `x` in s3://isms at http://127.0.0.1:1"), "{said}");
    assert!(!format!("{error:?} {at:?}").contains("a-secret"), "{error:?}");
}
