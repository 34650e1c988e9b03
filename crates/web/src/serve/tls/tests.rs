use std::fs::{self, File};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use super::*;

/// A folder with a pair, and a clock of its own for when its files change.
struct Folder(tempfile::TempDir, u64);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap(), 0)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&mut self, name: &str, text: &str) {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        self.1 += 1;
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(self.1);
        File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
    }

    /// Writes a pair that ends in this year.
    fn pair(&mut self, year: i32) {
        let mut params = CertificateParams::new(["isms.example.org".to_owned()]).unwrap();
        params.not_after = date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        self.write("cert.pem", &certificate.pem());
        self.write("key.pem", &key.serialize_pem());
    }
}

fn year(certificates: &Certificates) -> String {
    certificates.ends().unwrap().strftime("%Y").to_string()
}

#[test]
fn a_new_pair_is_shown_once_both_files_are_there() {
    let mut folder = Folder::new();
    folder.pair(4001);
    let shown = Certificates::open(&folder.path("cert.pem"), &folder.path("key.pem")).unwrap();
    let mut watch = Watch::new(&shown);
    let old = fs::read_to_string(folder.path("key.pem")).unwrap();
    folder.pair(4002);
    // As if the second file had not been written yet.
    let new = fs::read_to_string(folder.path("key.pem")).unwrap();
    folder.write("key.pem", &old);
    watch.look(false);
    assert_eq!(year(&shown), "4001", "half a pair is shown");
    assert!(watch.fault.as_ref().unwrap().contains("key.pem"), "{:?}", watch.fault);
    folder.write("key.pem", &new);
    watch.look(false);
    assert_eq!((year(&shown).as_str(), &watch.fault), ("4002", &None));
}

#[test]
fn what_cannot_be_used_leaves_the_one_before() {
    let mut folder = Folder::new();
    folder.pair(4001);
    let shown = Certificates::open(&folder.path("cert.pem"), &folder.path("key.pem")).unwrap();
    let mut watch = Watch::new(&shown);
    folder.pair(2020);
    watch.look(false);
    assert_eq!(year(&shown), "4001");
    assert!(watch.fault.as_ref().unwrap().contains("ended on 2020-01-01"), "{:?}", watch.fault);
    folder.write("cert.pem", "");
    watch.look(true);
    assert_eq!(year(&shown), "4001");
    fs::remove_file(folder.path("cert.pem")).unwrap();
    watch.look(false);
    assert_eq!(year(&shown), "4001");
    folder.pair(4003);
    watch.look(false);
    assert_eq!(year(&shown), "4003");
}

#[test]
fn what_failed_is_tried_again_though_nothing_seems_changed() {
    let mut folder = Folder::new();
    folder.pair(4001);
    let (path, away) = (folder.path("key.pem"), folder.path("away.pem"));
    let shown = Certificates::open(&folder.path("cert.pem"), &path).unwrap();
    let mut watch = Watch::new(&shown);
    fs::rename(&path, &away).unwrap();
    watch.look(false);
    assert!(watch.fault.is_some());
    fs::rename(&away, &path).unwrap();
    watch.look(false);
    watch.look(false);
    assert_eq!(watch.fault, None);
    assert_eq!(year(&shown), "4001");
}
