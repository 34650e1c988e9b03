//! A network between a node and its database that can be cut: it takes everything and gives nothing
//! back, as a broken switch does.

use std::{
    io::{ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// A network that can be cut.
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    cut: Arc<AtomicBool>,
}

impl Proxy {
    /// In front of a port of this machine.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap().port();
        let cut = Arc::<AtomicBool>::default();
        let is_cut = cut.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let (one, other) = (is_cut.clone(), is_cut.clone());
                thread::spawn(move || forward(from, to, &one));
                thread::spawn(move || forward(server, client, &other));
            }
        });
        Self { port: here, cut }
    }

    /// Cuts it, or mends it.
    pub fn cut(&self, is_cut: bool) {
        self.cut.store(is_cut, Ordering::Relaxed);
    }
}

fn forward(mut from: TcpStream, mut to: TcpStream, cut: &AtomicBool) {
    let pause = Duration::from_millis(20);
    from.set_read_timeout(Some(pause)).unwrap();
    let mut some = [0; 16 * 1024];
    loop {
        let count = match from.read(&mut some) {
            Ok(0) => break,
            Ok(count) => count,
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                continue;
            }
            Err(_) => break,
        };
        while cut.load(Ordering::Relaxed) {
            thread::sleep(pause);
        }
        if to.write_all(&some[..count]).is_err() {
            break;
        }
    }
    to.shutdown(std::net::Shutdown::Both).ok();
}
