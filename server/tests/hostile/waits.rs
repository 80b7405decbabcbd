//! How long a server that is attacked keeps others waiting, against one beside it that nobody attacks. Both are asked one after
//! the other, all the time: what the machine costs just now, whoever else uses it, both pay alike. What the attack costs only
//! one of them pays, and how many times as much that is does not depend on the machine.

use reqwest::Client;
use server::http::policy::Body;
use std::{
    panic::catch_unwind,
    time::{Duration, Instant},
};

/// On the whole: an attack that costs each answer something is seen here.
const MOST_OF_MEAN: u32 = 5;
/// Of the slowest answers: an attack that keeps some waiting for long is seen here.
const MOST_OF_SLOWEST: u32 = 50;
/// Answers that may be unlucky: a machine that is busy, or is one of several on another, stands still for a moment now and then,
/// and that may fall on the one server alone.
const UNLUCKY: usize = 2;

#[derive(Debug, Default)]
pub struct Waits {
    attacked: Vec<Duration>,
    calm: Vec<Duration>,
}

impl Waits {
    /// Asks both servers whether they are well.
    pub async fn ask(&mut self, client: &Client, attacked: &str, calm: &str) {
        self.attacked.push(answer(client, attacked, "/healthz").await.0);
        self.calm.push(answer(client, calm, "/healthz").await.0);
    }

    /// Nobody was kept waiting by the attack.
    pub fn check(&self) {
        let figures = |waits: &[Duration]| {
            let mut sorted = waits.to_vec();
            sorted.sort_unstable();
            sorted.reverse();
            let count = u32::try_from(sorted.len()).unwrap();
            (sorted.iter().sum::<Duration>() / count, sorted)
        };
        let ((mean, waits), (calm_mean, calm)) = (figures(&self.attacked), figures(&self.calm));
        let (slowest, calm_slowest) = (waits[0], calm[0]);
        println!(
            "/healthz: {} answers, {mean:?} each and {slowest:?} at most; {calm_mean:?} and {calm_slowest:?} where nobody attacks",
            waits.len()
        );
        assert!(mean < calm_mean * MOST_OF_MEAN, "{mean:?} each, and {calm_mean:?} where nobody attacks");
        let slow = waits[UNLUCKY.min(waits.len() - 1)];
        assert!(
            slow < calm_slowest * MOST_OF_SLOWEST,
            "{slow:?}, and {calm_slowest:?} at most where nobody attacks"
        );
        // Whoever waits for an unfinished body to be given up waits so long on any machine, and no luck comes to that.
        assert!(slowest < Body::Whole { most: 0 }.time_for(0), "{slowest:?}");
    }
}

/// How long it took, and the answer.
pub async fn answer(client: &Client, url: &str, path: &str) -> (Duration, String) {
    let begun = Instant::now();
    let reply = client.get(format!("{url}{path}")).send().await.unwrap();
    assert_eq!(reply.status(), 200, "{path}");
    let text = reply.text().await.unwrap();
    (begun.elapsed(), text)
}

/// Whether such waits are found fault with, the calm ones each as long as said. All in milliseconds.
fn is_found(attacked: &[u64], calm: u64) -> bool {
    let attacked: Vec<_> = attacked.iter().copied().map(Duration::from_millis).collect();
    let calm = vec![Duration::from_millis(calm); attacked.len()];
    let waits = Waits { attacked, calm };
    catch_unwind(|| waits.check()).is_err()
}

#[test]
fn what_an_attack_costs_is_found_on_a_fast_and_on_a_slow_machine() {
    for calm in [2, 40] {
        let usual = [calm * 2; 500];
        assert!(!is_found(&usual, calm), "the machine alone");
        assert!(!is_found(&[&usual[..], &[calm * 200; 2]].concat(), calm), "two were unlucky");
        assert!(is_found(&[&usual[..], &[calm * 200; 3]].concat(), calm), "some wait for long");
        assert!(is_found(&[calm + 200; 500], calm), "each waits a little");
        assert!(is_found(&[&usual[..], &[10_000]].concat(), calm), "one waits until a body is given up");
    }
}
