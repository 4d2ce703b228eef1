//! Words around places that say whether a government acts: prepositions, verbs, what states own.

use super::super::gazetteer::words::WordSet;
use super::lexicon::word_set;
use std::sync::LazyLock;

word_set! {
    /// For or against a state, before a hyphen.
    is_side: "pro anti"
}

word_set! {
    /// Tied to a state by a hyphen, by what its government does.
    is_backing: "backed led controlled linked aligned friendly funded run sponsored directed supported affiliated \
        approved ordered allied leaning dominated"
}

word_set! {
    /// What a country has as a land, a market or a people, not as a state.
    is_land_noun: "economy market markets population people peoples citizens cities city streets coast south north east \
        west history language culture gdp growth climate top largest biggest richest poorest leading most first capital \
        capitals countryside rivers border borders provinces region regions companies firms businesses consumers users \
        youth students workers women men middle exports imports tech internet weather food digital private"
}

word_set! {
    /// An article that an apostrophe cuts.
    is_elided_article: "l"
}

word_set! {
    /// A preposition after which a state is a place.
    is_locative_of_state: "in en dans within inside outside into across throughout near depuis from au aux hors via \
        through around sur on vers beyond chez where où"
}

word_set! {
    /// A preposition after which a state acts or is acted upon.
    is_agent_mark: "by par envers toward towards entre between"
}

word_set! {
    /// Against.
    is_against: "against contre"
}

word_set! {
    /// Attacks: what they hit is land.
    is_attack: "attaque attaques attaqué attaquer invasion raid raids offensive roquette roquettes missile missiles attack \
        attacks attacked assault assaults rocket rockets strikes frappes frappe incursion"
}

word_set! {
    /// With.
    is_with: "with avec"
}

word_set! {
    /// A border is of land.
    is_border: "border borders frontière frontières limite limites"
}

word_set! {
    /// To.
    is_to: "to à"
}

word_set! {
    /// What ties somebody to a government, before "to" or "à".
    is_tie: "linked tied ties close loyal sold sell sells sales aid support help gave give gives given offered offer \
        response message according links link answer belong belongs belonging beholden allied hostile friendly sympathetic \
        sends sent lié liés liée liées lien liens soutien aide appui vente ventes livraison livraisons réponse fidèle \
        fidèles loyal loyaux opposé opposés opposée opposées face affilié affiliés affiliée affiliées appartenant \
        inféodé inféodés vend vendent vendu fourni fournit fournissent favorable favorables hostiles"
}

word_set! {
    /// For.
    is_for: "for pour"
}

word_set! {
    /// What is done for a government.
    is_service: "spy spying spied work works worked working lobby lobbying lobbied agent agents espionner espionné \
        travaille travaillent travaillé travailler agissant acting"
}

word_set! {
    /// Of.
    is_of: "of de d du des"
}

word_set! {
    /// With regard to.
    is_regard: "égard encontre vis"
}

word_set! {
    /// Stories about a country are about more than its government.
    is_critique: "critique critiques critical histoires stories"
}

word_set! {
    /// What a state has or does.
    is_state_noun: "côté side bilan record action actions politique politiques policy policies propagande propaganda \
        animosité animosity hostility ambassade ambassadeur ambassadrice ambassador embassy armée army military stratégie \
        strategy campagne campaign campaigns campagnes attaques menace menaces threat threats décision décisions decision \
        decisions part soutien alliés allié ally allies ennemi ennemis enemy enemies rôle role refus refusal demande \
        demandes request demands pression pressions pressure intérêt intérêts interest interests position positions \
        réponse response accusation accusations effort efforts intervention interventions service services régime regime \
        dirigeants dirigeant leaders leader président president ministre minister ministère ministry gouvernement \
        government behalf orders ordre ordres control contrôle mains hands help aide backing support approval accord \
        autorisation diplomatie diplomacy diplomats diplomates espions spies agents censeurs censors sanctions crimes \
        narrative récit ambitions ambition influence use usage utilisation invasion occupation"
}

word_set! {
    /// The rim or inside of a land.
    is_rim: "dehors delà intérieur outside inside rest reste sud nord est ouest south north east west"
}

word_set! {
    /// What an act of a state is aimed at.
    is_aim: "envers contre toward towards against"
}

word_set! {
    /// And.
    is_and: "and et"
}

word_set! {
    /// Between.
    is_between: "between entre"
}

word_set! {
    /// Small words between a subject and its verb.
    is_between_subject_and_verb: "s se ne n y also aussi itself now then déjà already never jamais still encore \
        again soon even"
}

word_set! {
    /// Verbs before another verb, whose subject is somebody.
    is_modal: "will would can could should must may might wants peut veut doit va pourrait voudrait devrait aurait ira did \
        does"
}

word_set! {
    /// To have, before a participle.
    is_have: "has had have a avait aura ayant"
}

word_set! {
    /// To be, before a participle.
    is_be: "is was are were est était être"
}
