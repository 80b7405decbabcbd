//! The attributes of a site as browsers send them: a word for each, empty where it is not known.

use crate::{
    error::AppError,
    i18n::{forms, limits, office},
};
use domain::{
    site::attributes::{AttributeValue, GasSupply, SiteAttribute, SiteAttributes},
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

/// By the attribute's own word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttributesForm(BTreeMap<String, String>);

impl Default for AttributesForm {
    fn default() -> Self {
        Self::of(&SiteAttributes::default())
    }
}

impl AttributesForm {
    pub fn of(attributes: &SiteAttributes) -> Self {
        let word = |attribute| match attributes.get(attribute) {
            None => String::new(),
            Some(AttributeValue::Truth(true)) => "yes".to_owned(),
            Some(AttributeValue::Truth(false)) => "no".to_owned(),
            Some(AttributeValue::Number(number)) => number.to_string(),
            Some(AttributeValue::Word(word)) => word.to_owned(),
        };
        let words = SiteAttribute::ALL.map(|attribute| (attribute.as_str().to_owned(), word(attribute)));
        Self(words.into())
    }

    pub fn get(&self, attribute: SiteAttribute) -> &str {
        self.0.get(attribute.as_str()).map_or("", |word| word.trim())
    }

    /// # Errors
    /// The first field that says no such thing, by its name.
    pub fn read(&self, lang: Lang) -> Result<SiteAttributes, AppError> {
        Ok(SiteAttributes {
            area: self.figure(lang, SiteAttribute::Area)?,
            storeys: self.figure(lang, SiteAttribute::Storeys)?,
            beds: self.figure(lang, SiteAttribute::Beds)?,
            places: self.figure(lang, SiteAttribute::Places)?,
            employees: self.figure(lang, SiteAttribute::Employees)?,
            crowded: self.truth(SiteAttribute::Crowded),
            key_fire_unit: self.truth(SiteAttribute::KeyFireUnit),
            gas: GasSupply::ALL.into_iter().find(|gas| gas.as_str() == self.get(SiteAttribute::Gas)),
            canteen: self.truth(SiteAttribute::Canteen),
            dormitory: self.truth(SiteAttribute::Dormitory),
            laboratory: self.truth(SiteAttribute::Laboratory),
            school_bus: self.truth(SiteAttribute::SchoolBus),
            lifts: self.figure(lang, SiteAttribute::Lifts)?,
            control_room: self.truth(SiteAttribute::ControlRoom),
        })
    }

    fn truth(&self, attribute: SiteAttribute) -> Option<bool> {
        match self.get(attribute) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    fn figure<T: FromStr>(&self, lang: Lang, attribute: SiteAttribute) -> Result<Option<T>, AppError> {
        let typed = self.get(attribute);
        if typed.is_empty() {
            return Ok(None);
        }
        let invalid = |reason| AppError::Invalid { field: attribute.as_str().to_owned(), reason };
        let figure: f64 = typed.parse().map_err(|_| invalid(office::needs_figure(lang).to_owned()))?;
        let (from, to) = attribute.range().unwrap_or((f64::MIN, f64::MAX));
        if !(from..=to).contains(&figure) {
            let name = attribute.name();
            return Err(invalid(limits::outside(lang, name.get(lang), from as i64, to as i64)));
        }
        // What is left are fractions where things are counted.
        typed.parse().map(Some).map_err(|_| invalid(office::needs_whole(lang).to_owned()))
    }
}

/// One after the other; what is not known is left out.
pub fn words(lang: Lang, attributes: &SiteAttributes) -> Vec<(String, String)> {
    let known = |attribute: SiteAttribute| {
        Some((attribute.name().get(lang).to_owned(), word(lang, attributes, attribute)?))
    };
    SiteAttribute::ALL.into_iter().filter_map(known).collect()
}

/// None where it is not known.
pub fn word(lang: Lang, attributes: &SiteAttributes, attribute: SiteAttribute) -> Option<String> {
    Some(match attributes.get(attribute)? {
        AttributeValue::Truth(true) => forms::yes(lang).to_owned(),
        AttributeValue::Truth(false) => forms::no(lang).to_owned(),
        AttributeValue::Number(number) => number.to_string(),
        AttributeValue::Word(_) => attributes.gas?.name().get(lang).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &[(&str, &str)]) -> AttributesForm {
        AttributesForm(words.iter().map(|(name, word)| ((*name).to_owned(), (*word).to_owned())).collect())
    }

    #[test]
    fn what_is_read_is_what_was_shown() {
        let known = SiteAttributes {
            area: Some(312.5),
            storeys: Some(3),
            crowded: Some(false),
            gas: Some(GasSupply::Bottled),
            ..SiteAttributes::default()
        };
        assert_eq!(AttributesForm::of(&known).read(Lang::Zh), Ok(known));
        assert_eq!(AttributesForm::default().read(Lang::Zh), Ok(SiteAttributes::default()));
        assert_eq!(typed(&[]).read(Lang::Zh), Ok(SiteAttributes::default()));
    }

    #[test]
    fn a_slip_of_the_finger_is_told_at_its_field() {
        for (field, word) in
            [("area", "0"), ("storeys", "2.5"), ("beds", "many"), ("lifts", "1001"), ("area", "NaN")]
        {
            match typed(&[(field, word)]).read(Lang::Zh) {
                Err(AppError::Invalid { field: told, .. }) => assert_eq!(told, field, "{word}"),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_is_known_is_said_and_the_rest_is_not() {
        let known = SiteAttributes { canteen: Some(true), lifts: Some(2), ..SiteAttributes::default() };
        let said = words(Lang::Zh, &known);
        let said: Vec<_> = said.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
        assert_eq!(said, [("有食堂", "是"), ("电梯数", "2")]);
    }
}
