//! What pages ask the server, and what holds any answer.
//!
//! leptos compiles a resource, and whatever awaits it, again for every type that resources hold; the desk's program would
//! consist of little else. So all of them hold the answer's text, and only the page that shows it reads it.

use crate::error::AppError;
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
    server_fn::ServerFn,
};
use serde::{Serialize, de::DeserializeOwned, de::Error as _};
use std::{marker::PhantomData, sync::Arc};

#[cfg(feature = "ssr")]
use std::pin::Pin;

/// What came, as JSON.
pub type Answer = Result<Arc<str>, AppError>;

#[cfg(feature = "ssr")]
type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A call of one of the server's functions.
#[derive(Clone)]
struct Question {
    /// Its address; none where nothing is to be asked.
    function: &'static str,
    /// As JSON.
    arguments: String,
    /// Asked again where it differs.
    round: u32,
    #[cfg(feature = "ssr")]
    answering: Arc<dyn Fn() -> Answering + Send + Sync>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        (self.function, &self.arguments, self.round) == (other.function, &other.arguments, other.round)
    }
}

/// A question whose answer is one of these.
pub struct Ask<T> {
    question: Question,
    answer: PhantomData<fn() -> T>,
}

/// Asks by the arguments of a server's function.
pub fn ask<F>(call: F) -> Ask<F::Output>
where
    F: ServerFn<Error = AppError> + Serialize + Clone + Send + Sync + 'static,
    F::Output: Serialize,
{
    let question = Question {
        function: F::PATH,
        // Only maps with keys that are no texts cannot be said in JSON; the server says what it misses.
        arguments: serde_json::to_string(&call).unwrap_or_default(),
        round: 0,
        #[cfg(feature = "ssr")]
        answering: Arc::new(move || {
            let call = call.clone();
            Box::pin(async move { written(&call.run_body().await?) })
        }),
    };
    Ask { question, answer: PhantomData }
}

#[cfg(feature = "ssr")]
fn written<T: Serialize>(answer: &T) -> Answer {
    let unwritten = |error: serde_json::Error| AppError::Transport { detail: error.to_string() };
    serde_json::to_string(answer).map(Into::into).map_err(unwritten)
}

impl<T> Ask<T> {
    /// The same question is asked again in another round.
    pub fn in_round(mut self, round: u32) -> Self {
        self.question.round = round;
        self
    }

    /// Where it may as well be that nothing is asked.
    pub fn maybe(self) -> Ask<Option<T>> {
        Ask { question: self.question, answer: PhantomData }
    }
}

impl<T> Ask<Option<T>> {
    /// Nothing is asked.
    pub fn nothing() -> Self {
        let question = Question {
            function: "",
            arguments: String::new(),
            round: 0,
            #[cfg(feature = "ssr")]
            answering: Arc::new(|| Box::pin(async { Ok("null".into()) })),
        };
        Self { question, answer: PhantomData }
    }
}

/// A question that is asked again whenever it changes, with its last answer.
pub struct Asked<T> {
    pub(crate) text: Resource<Answer, AsResult>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

impl<T: DeserializeOwned + 'static> Asked<T> {
    pub fn new(ask: impl Fn() -> Ask<T> + Send + Sync + 'static) -> Self {
        Self { text: held(Arc::new(move || ask().question)), answer: PhantomData }
    }

    pub async fn answer(self) -> Result<T, AppError> {
        read(&self.text.await?)
    }
}

fn held(question: Arc<dyn Fn() -> Question + Send + Sync>) -> Resource<Answer, AsResult> {
    Resource::new_with_options(move || question(), answer_to, false)
}

/// What the text of an answer says.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|error| AppError::Transport { detail: error.to_string() })
}

#[cfg(feature = "ssr")]
async fn answer_to(question: Question) -> Answer {
    (question.answering)().await
}

#[cfg(not(feature = "ssr"))]
async fn answer_to(question: Question) -> Answer {
    if question.function.is_empty() {
        return Ok("null".into());
    }
    crate::wire::ask(question.function, question.arguments).await.map(Into::into)
}

/// As a page carries an answer to its program: what would be made of such a result as JSON.
pub struct AsResult;

const OK: &str = r#"{"Ok":"#;
const ERR: &str = r#"{"Err":"#;

impl Encoder<Answer> for AsResult {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, serde_json::Error> {
        Ok(match answer {
            Ok(text) => format!("{OK}{text}}}"),
            Err(fault) => format!("{ERR}{}}}", serde_json::to_string(fault)?),
        })
    }
}

impl Decoder<Answer> for AsResult {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(written: &str) -> Result<Answer, serde_json::Error> {
        let inside = |begin: &str| written.strip_prefix(begin)?.strip_suffix('}');
        match (inside(OK), inside(ERR)) {
            (Some(text), _) => Ok(Ok(text.into())),
            (None, Some(fault)) => serde_json::from_str(fault).map(Err),
            (None, None) => Err(serde_json::Error::custom("neither an answer nor a fault")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_carries_an_answer_as_the_result_that_it_is() {
        let rows = vec![(1, "场所".to_owned())];
        let answer: Answer = Ok(serde_json::to_string(&rows).unwrap().into());
        let written = AsResult::encode(&answer).unwrap();
        assert_eq!(written, serde_json::to_string(&Ok::<_, AppError>(&rows)).unwrap());
        let decoded = AsResult::decode(&written).unwrap();
        assert_eq!(decoded, answer);
        assert_eq!(read::<Vec<(i32, String)>>(&decoded.unwrap()).unwrap(), rows);

        let fault: Answer = Err(AppError::Bug { number: "1a2b".to_owned() });
        let written = AsResult::encode(&fault).unwrap();
        assert_eq!(written, serde_json::to_string(&fault.clone().map(drop)).unwrap());
        assert_eq!(AsResult::decode(&written).unwrap(), fault);
        assert!(AsResult::decode("{}").is_err());
    }
}
