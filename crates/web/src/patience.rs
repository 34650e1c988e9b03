//! Bodies that must arrive: whoever sends them drop by drop is told to come again.

use std::time::Duration;

use axum::body::Body;
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, timeout};

/// Beyond the first span of patience a body arrives at least this fast, in bytes for each second.
const SLOWEST: f64 = 1_000.0;

/// A body of which every piece arrives within this time, and the whole not too slowly; it breaks
/// off otherwise.
pub(crate) fn patient(body: Body, patience: Duration) -> Body {
    let begun = Instant::now();
    let pieces = (body.into_data_stream(), 0usize);
    Body::from_stream(stream::unfold(Some(pieces), move |state| async move {
        let (mut pieces, so_far) = state?;
        let taken = begun.elapsed();
        let slow = taken > patience && (so_far as f64) < taken.as_secs_f64() * SLOWEST;
        if slow {
            return Some((Err(late()), None));
        }
        match timeout(patience, pieces.next()).await {
            Ok(Some(Ok(piece))) => {
                let so_far = so_far + piece.len();
                Some((Ok(piece), Some((pieces, so_far))))
            }
            Ok(Some(Err(err))) => Some((Err(std::io::Error::other(err)), None)),
            Ok(None) => None,
            Err(_) => Some((Err(late()), None)),
        }
    }))
}

fn late() -> std::io::Error {
    std::io::ErrorKind::TimedOut.into()
}

#[cfg(test)]
mod tests {
    use axum::body::{Bytes, to_bytes};

    use super::*;

    /// So many pieces of so many bytes, one each second.
    fn drops(count: usize, size: usize) -> Body {
        Body::from_stream(stream::unfold(0, move |at| async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            (at < count).then(|| (Ok::<_, std::io::Error>(Bytes::from(vec![0; size])), at + 1))
        }))
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_takes_its_time_but_not_for_ever() {
        let patience = Duration::from_secs(10);
        let read = |body| async move { to_bytes(patient(body, patience), usize::MAX).await };
        assert_eq!(read(drops(60, 2_000)).await.unwrap().len(), 120_000, "slow and steady");
        assert_eq!(read(drops(9, 1)).await.unwrap().len(), 9, "little");
        assert!(read(drops(60, 1)).await.is_err(), "drop by drop");
        let silent = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        assert!(read(silent).await.is_err(), "silent");
    }
}
