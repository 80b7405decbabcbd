//! 群机器人 of WeCom and DingTalk: a text to a group.

use super::http::{Destination, Request, SendError, send};
use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use domain::notice::ChannelKind;
use reqwest::Url;
use serde_json::{Value, json};

/// By its key, which stands in the address.
pub async fn wecom(to: Destination<'_>, text: &str) -> Result<(), SendError> {
    let body = json!({ "msgtype": "text", "text": { "content": text } });
    taken(&send(to, in_json(&body)).await?)
}

/// Signed by its secret (加签), with the time in milliseconds: an address alone is of no use to whoever finds it.
pub async fn dingtalk(
    to: Destination<'_>,
    key: &str,
    text: &str,
    now: DateTime<Utc>,
) -> Result<(), SendError> {
    let body = json!({ "msgtype": "text", "text": { "content": text } });
    let address = signed(to.address, key, now).ok_or(SendError::Never("the address cannot be read"))?;
    let to = Destination { kind: ChannelKind::Dingtalk, address: &address, ..to };
    taken(&send(to, in_json(&body)).await?)
}

fn signed(address: &str, key: &str, now: DateTime<Utc>) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    let timestamp = now.timestamp_millis();
    let key_of = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    let signature = STANDARD.encode(hmac::sign(&key_of, format!("{timestamp}\n{key}").as_bytes()).as_ref());
    url.query_pairs_mut().append_pair("timestamp", &timestamp.to_string()).append_pair("sign", &signature);
    Some(url.into())
}

fn in_json(body: &Value) -> Request {
    Request { content_type: "application/json", headers: vec![], body: body.to_string().into() }
}

/// Both say by `errcode` whether they took it, and answer with a status of success whatever they say.
fn taken(answer: &Value) -> Result<(), SendError> {
    match answer.get("errcode").and_then(Value::as_i64) {
        Some(0) => Ok(()),
        Some(code) => {
            let why = answer.get("errmsg").and_then(Value::as_str).unwrap_or_default();
            Err(SendError::NotTaken(format!("errcode {code} {}", why.chars().take(100).collect::<String>())))
        }
        None => Err(SendError::NotTaken("the answer says nothing of errcode".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_as_dingtalk_describes_it() {
        let now = DateTime::from_timestamp_millis(1_577_262_236_757).unwrap();
        let address =
            signed("https://oapi.dingtalk.com/robot/send?access_token=1", "this is secret", now).unwrap();
        let url = Url::parse(&address).unwrap();
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        assert_eq!(pairs[0], ("access_token".to_owned(), "1".to_owned()));
        assert_eq!(pairs[1], ("timestamp".to_owned(), "1577262236757".to_owned()));
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"this is secret");
        let signature = STANDARD.decode(&pairs[2].1).unwrap();
        assert!(hmac::verify(&key, b"1577262236757\nthis is secret", &signature).is_ok());
        assert_eq!(pairs[2].0, "sign");
    }

    #[test]
    fn a_robot_that_answers_and_takes_nothing_has_taken_nothing() {
        assert!(taken(&json!({ "errcode": 0, "errmsg": "ok" })).is_ok());
        for answer in [json!({ "errcode": 45009, "errmsg": "api freq out of limit" }), json!({}), Value::Null]
        {
            assert!(matches!(taken(&answer), Err(SendError::NotTaken(_))), "{answer}");
        }
    }
}
