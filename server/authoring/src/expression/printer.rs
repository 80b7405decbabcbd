//! Writing an expression, with no more brackets than it needs.

use domain::expression::{Expression, Function};

/// How tightly a minus binds: more than any operator.
const MINUS: u8 = 7;

/// As it is written: [`parse`](super::parse) reads the same again.
pub fn print(expression: &Expression) -> String {
    let mut written = String::new();
    write(expression, 0, &mut written);
    written
}

/// `least` is how tightly it has to bind where it stands.
fn write(expression: &Expression, least: u8, written: &mut String) {
    match expression {
        Expression::Number(number) if number.is_finite() => written.push_str(&number.to_string()),
        // No text is read as this, and nothing that travels holds it.
        Expression::Number(_) => written.push_str("number('')"),
        Expression::Text(text) => write_text(text, written),
        Expression::Answer(question) => written.extend(["${", question.as_str(), "}"]),
        Expression::This => written.push('.'),
        Expression::Negative(part) => {
            written.push('-');
            write(part, MINUS, written);
        }
        Expression::Binary(operator, left, right) => {
            let own = operator.precedence();
            let is_bracketed = own < least;
            if is_bracketed {
                written.push('(');
            }
            write(left, own, written);
            written.extend([" ", operator.word(), " "]);
            write(right, own + 1, written);
            if is_bracketed {
                written.push(')');
            }
        }
        Expression::Call(function, arguments) => {
            written.push_str(function.word());
            written.push('(');
            if *function == Function::Position {
                written.push_str("..");
            }
            for (place, argument) in arguments.iter().enumerate() {
                if place > 0 {
                    written.push_str(", ");
                }
                match (function, place, argument) {
                    // Its name is meant, not its answer, and ODK has it in quotes.
                    (Function::ChoiceName, 1, Expression::Answer(question)) => {
                        written.extend(["'${", question.as_str(), "}'"]);
                    }
                    (_, _, argument) => write(argument, 0, written),
                }
            }
            written.push(')');
        }
    }
}

fn write_text(text: &str, written: &mut String) {
    if !text.contains('\'') {
        written.extend(["'", text, "'"]);
    } else if !text.contains('"') {
        written.extend(["\"", text, "\""]);
    } else {
        // Only what was never a text holds both: it says the same in pieces.
        let pieces = text.split('\'').map(|piece| format!("'{piece}'")).collect::<Vec<_>>();
        written.extend(["concat(", &pieces.join(", \"'\", "), ")"]);
    }
}
