//! Why an actor is meant, in words for the user.

use std::fmt;

macro_rules! reasons {
    ($($name:ident = $words:literal,)*) => {
        /// Why an actor is meant.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason {
            $(#[doc = $words] $name,)*
        }

        impl Reason {
            /// The reason in words.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Reason::$name => $words,)*
                }
            }
        }
    };
}

reasons! {
    Said = "you said so",
    Shared = "several actors bear this name",
    SpokenOf = "the namesake that the text speaks of",
    Capital = "name with a capital inside the sentence",
    Glued = "name glued to the next word",
    Former = "former name",
    Handle = "handle or hashtag that is exactly a name",
    Listed = "listed form of the name",
    Full = "full name",
    UsedElsewhere = "name that the text uses elsewhere",
    Word = "name or ordinary word",
    WordRelated = "name or ordinary word, beside a related actor",
    SurnameAfter = "surname after the full name in the same text",
    SurnameOfTwo = "surname that two people of the text bear",
    SurnameOffice = "surname with the title of an office",
    SurnameBefore = "surname before the full name",
    SurnameRelated = "surname beside a related actor",
    SurnameAlone = "surname without the full name",
    ShortAfter = "short form after the full name in the same text",
    ShortRelated = "short form beside a related actor",
    ShortBefore = "short form before the full name",
    ShortAlone = "short form without the full name",
    AbbreviationAlone = "abbreviation without the full name",
    ShortCued = "short form with a cue",
    PlaceActs = "place that acts, so its government",
    PlaceOwns = "place that owns a policy or an organ, so its government",
    PlaceParty = "place as a party to a relation, so its government",
    PlaceAddressed = "place that is addressed or supported, so its government",
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.words())
    }
}
