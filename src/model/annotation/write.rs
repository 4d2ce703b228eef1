//! Annotations as lines of their files.

use serde_json::{Map, Value, json};

use super::{Anchor, Annotation, Decision, NAMESPACE};

/// Terms of ours that a line may have with or without the prefix, and that are written anew.
const TERMS: [&str; 10] =
    ["actor", "judgement", "key", "locator", "quotation", "quote", "verdict", "reason", "code", "until"];

impl Annotation {
    /// The annotation as one line of JSON, without the line's end. Keys have a fixed order.
    ///
    /// `original` is the line that it was read from: what it says beyond our terms is kept.
    #[must_use]
    pub fn to_line(&self, original: Option<&str>) -> String {
        let original = original.and_then(|line| serde_json::from_str::<Map<String, Value>>(line.trim()).ok());
        let mut old = original.unwrap_or_default();
        let motivation = self.decision.motivation();
        if old.get("motivation").and_then(Value::as_str) != Some(motivation) {
            old.remove("body"); // It meant something else.
        }
        let mut line = Map::new();
        let context = json!(["http://www.w3.org/ns/anno.jsonld", {"gl": NAMESPACE}]);
        line.insert("@context".to_owned(), old.remove("@context").unwrap_or(context));
        line.insert("id".to_owned(), json!(self.id));
        line.insert("type".to_owned(), old.remove("type").unwrap_or(json!("Annotation")));
        line.insert("motivation".to_owned(), json!(motivation));
        let creator = old.remove("creator").filter(|it| name_of(it) == self.creator.as_deref());
        let creator = creator.or_else(|| self.creator.as_ref().map(|name| json!({"type": "Person", "name": name})));
        line.extend(creator.map(|creator| ("creator".to_owned(), creator)));
        line.extend(self.created.as_ref().map(|created| ("created".to_owned(), json!(created))));
        if let Some(body) = self.decision.body() {
            line.insert("body".to_owned(), merged_body(old.remove("body"), body));
        }
        line.insert("target".to_owned(), self.anchor.target(old.remove("target")));
        for key in ["id", "motivation", "created", "body"].into_iter().chain(TERMS) {
            old.remove(key);
            old.remove(&format!("gl:{key}"));
        }
        line.extend(old);
        Value::Object(line).to_string()
    }
}

fn name_of(creator: &Value) -> Option<&str> {
    let creator = creator.as_array().and_then(|list| list.first()).unwrap_or(creator);
    let key = |key: &str| creator.get(key).and_then(Value::as_str);
    creator.as_str().or_else(|| key("name")).or_else(|| key("nickname")).or_else(|| key("id"))
}

impl Decision {
    /// The motivation of the W3C model that the decision is written with.
    #[must_use]
    pub fn motivation(&self) -> &'static str {
        match self {
            Decision::Identity { .. } => "identifying",
            Decision::Backed { .. } => "linking",
            Decision::CitationNeeded => "questioning",
            Decision::Assessed { .. } => "assessing",
            Decision::Suppressed { .. } => "moderating",
            Decision::Comment(_) => "commenting",
        }
    }

    fn body(&self) -> Option<Map<String, Value>> {
        let terms: Vec<(&str, Option<&str>)> = match self {
            Decision::Identity { actor, judgement } => vec![
                ("type", Some("SpecificResource")),
                ("gl:actor", Some(&actor.value)),
                ("gl:judgement", Some(judgement.word())),
            ],
            Decision::Backed { key, locator, quotation } => vec![
                ("type", Some("SpecificResource")),
                ("gl:key", Some(&key.value)),
                ("gl:locator", locator.as_deref()),
                ("gl:quotation", quotation.as_deref()),
            ],
            Decision::CitationNeeded => return None,
            Decision::Assessed { verdict, reason } => vec![
                ("type", Some("TextualBody")),
                ("value", Some(verdict.word())),
                ("gl:verdict", Some(verdict.word())),
                ("gl:reason", reason.as_deref()),
            ],
            Decision::Suppressed { code, reason, until } => vec![
                ("type", Some("TextualBody")),
                ("value", reason.as_deref()),
                ("gl:code", Some(&code.value)),
                ("gl:until", until.as_deref()),
            ],
            Decision::Comment(text) => vec![("type", Some("TextualBody")), ("value", Some(text))],
        };
        let terms = terms.into_iter().filter_map(|(key, value)| Some((key.to_owned(), json!(value?))));
        Some(terms.collect())
    }
}

/// The new body, with what the old one says beyond our terms.
fn merged_body(old: Option<Value>, new: Map<String, Value>) -> Value {
    let Some(Value::Object(old)) = old else { return Value::Object(new) };
    let mut body = new;
    let has_quotation = body.contains_key("gl:quotation");
    for (key, value) in old {
        let term = key.strip_prefix("gl:").unwrap_or(&key);
        let is_stale = TERMS.contains(&term) || (key == "selector" && !has_quotation);
        if !is_stale {
            // What kind of thing the body is, and where it lies, stays as it was written.
            let is_new = body.contains_key(&key) && key != "type";
            if !is_new {
                body.insert(key, value);
            }
        }
    }
    Value::Object(body)
}

impl Anchor {
    /// The target, with what the old one says beyond our terms.
    fn target(&self, old: Option<Value>) -> Value {
        let mut old = match old {
            Some(Value::Object(old)) => old,
            Some(Value::Array(mut list)) if !list.is_empty() => match list.swap_remove(0) {
                Value::Object(old) => old,
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
            },
            Some(_) | None => Map::new(),
        };
        let mut selectors = vec![json!({
            "type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix,
        })];
        if let Some((start, end)) = self.position {
            selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
        }
        let others = match old.remove("selector") {
            Some(Value::Array(list)) => list,
            Some(one) => vec![one],
            None => Vec::new(),
        };
        selectors.extend(others.into_iter().filter(|selector| {
            let kind = selector.get("type").and_then(Value::as_str).unwrap_or_default();
            let is_ours = matches!(kind, "TextQuoteSelector" | "TextPositionSelector" | "FragmentSelector");
            !is_ours && (!kind.is_empty() || (selector.get("exact").is_none() && selector.get("start").is_none()))
        }));
        let mut state = match old.remove("state") {
            Some(Value::Object(state)) => state,
            Some(_) | None => Map::new(),
        };
        state.remove("sha256");
        state.remove("gl:sha256");
        state.remove("rival");
        state.remove("gl:rival");
        old.remove("sha256");
        old.remove("gl:sha256");
        if let Some(hash) = &self.sha256 {
            state.entry("type").or_insert(json!("TimeState"));
            state.insert("gl:sha256".to_owned(), json!(hash));
        }
        if let Some(rival) = self.rival {
            state.entry("type").or_insert(json!("TimeState"));
            state.insert("gl:rival".to_owned(), json!(rival));
        }
        let mut target = Map::new();
        target.insert("source".to_owned(), json!(self.source));
        target.insert("selector".to_owned(), Value::Array(selectors));
        if !state.is_empty() {
            target.insert("state".to_owned(), Value::Object(state));
        }
        old.remove("source");
        target.extend(old);
        Value::Object(target)
    }
}
