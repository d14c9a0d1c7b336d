//! Answers that hold until the company's next change: counting 10,000 rows for every page would cost more than showing it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Answers kept at most; then all are forgotten and asked again.
const KEPT: usize = 2_000;

/// Answers to questions, each with the end of the company's change log (see `Reader::moment`) at which it was given. As every change of a row
/// is logged in its own transaction, by whatever process, an answer of the same moment is still right.
pub(crate) struct Remembered<T>(Mutex<Option<Answers<T>>>);

/// By question: the moment and the answer.
type Answers<T> = HashMap<String, (Arc<str>, T)>;

impl<T: Clone> Remembered<T> {
    pub(crate) const fn new() -> Remembered<T> {
        Remembered(Mutex::new(None))
    }

    /// The answer, if it was given at this moment. The question names everything it depends on, the company too.
    pub(crate) fn recall(&self, moment: Option<&Arc<str>>, question: &str) -> Option<T> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, answer) = known.as_ref()?.get(question)?;
        (Some(at) == moment).then(|| answer.clone())
    }

    /// Keeps an answer. The moment must have been read before the answer: a change in between then makes it too old, never too new.
    pub(crate) fn keep(&self, moment: Option<Arc<str>>, question: String, answer: T) {
        let Some(moment) = moment else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get_or_insert_default();
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(question, (moment, answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_until_the_next_change() {
        let store = Remembered::new();
        let (first, second): (Arc<str>, Arc<str>) = (Arc::from("a1"), Arc::from("b2"));
        store.keep(Some(first.clone()), "how many?".to_owned(), 3);
        assert_eq!(store.recall(Some(&first), "how many?"), Some(3));
        assert_eq!(store.recall(Some(&first), "how much?"), None);
        assert_eq!(store.recall(Some(&second), "how many?"), None);
        assert_eq!(store.recall(None, "how many?"), None, "while rows are being changed nothing is remembered");
        store.keep(None, "who?".to_owned(), 1);
        assert_eq!(store.recall(None, "who?"), None);
        for n in 0..KEPT {
            store.keep(Some(first.clone()), format!("{n}"), 0);
        }
        assert_eq!(store.recall(Some(&first), "how many?"), None, "forgets rather than grows");
    }
}
