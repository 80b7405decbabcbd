/// How many requests the queue holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueLoad {
    /// In the batch that is being written.
    pub under_way: usize,
    /// For the next.
    pub waiting: usize,
}
