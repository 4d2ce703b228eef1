#!/usr/bin/env python3
"""Fits the weights of the claim cues and writes src/analysis/claims/weights.txt and wordings-en.txt, -fr.txt, -zh.txt.

  cargo build --release --manifest-path tests/training/rows/Cargo.toml
  python3 tests/training/train.py --data FOLDER [--check]

FOLDER holds en-claimbuster-train.jsonl (crowdsourced.csv of ClaimBuster, Zenodo record 3836810), en-claimbuster-dev.jsonl
(its groundtruth.csv) and en-policlaim-train.jsonl (PoliClaim, train part): one object a line with text, label, group and,
for ClaimBuster, class. Needs scikit-learn 1.3 or later. --check writes nothing and tells whether the files would change by more than rounding.

Cues and words are read by the program itself (tests/training/rows), so that fitting and scoring cannot disagree. Only words
of the open lists below, and words in lower case that are frequent in both sets, may enter the table: no names, and no topics
of one country's debates. The worthy head is learned from ClaimBuster alone, the checkable head from both sets together.

French and Chinese words get the weights of the English words that they translate (translations.txt). The cues start from the
English weights and are moved, as far as a penalty lets them, to where a sentence scores like the English one that it
translates: on the made-up sentences of sentences.txt, which have no labels of claims. The levels come from these as well.
"""
import argparse, json, os, re, subprocess, sys
from collections import Counter

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

HERE = os.path.dirname(os.path.abspath(__file__))
CLAIMS = os.path.join(HERE, "..", "..", "src", "analysis", "claims")
# Sections of english.txt whose words may stand in the table of wordings.
OPEN_SECTIONS = {
    "percentage", "amount", "number word", "change verb", "comparison", "superlative", "quantity", "past", "cause",
    "opinion", "first singular", "first plural", "second", "pleasantry", "modal", "evaluation", "future", "copula",
    "negation", "pointing", "conjunction", "question", "imperative", "verb", "says", "says weakly", "thinks",
    "definite", "indefinite", "vague", "auxiliary", "adverb", "relative", "concession", "that", "he", "it", "they",
}
CLOSED_WORDS = "of in on at by for from with to as into over under out up down off about through during against between".split()
KEPT = 4000
# A word that is in no list must stand in this many sentences of each set, and hardly ever with a capital.
COMMON = (15, 6)
# How much a sentence of PoliClaim weighs beside one of ClaimBuster.
JOINT_WEIGHT = 5
# Written text states more than debates do: the worthy head without wordings starts that much higher.
ALONE_SHIFT = 35
# Words of debates say less elsewhere: this much of their weight for the worthy head is kept, and this much of it by words
# that translate them.
WORDS_KEPT, TRANSLATED_KEPT = 0.8, 0.75
# Where nobody speaks or is spoken to, a text is hardly a debate: there the worthy head keeps so much of these, in percent.
KEPT_WITHOUT_VOICE = {"wording": 50, "past tense": 75} | dict.fromkeys(
    ("change-of-state verb", "reporting word", "accusation", "evaluation", "modal verb", "opinion phrase", "future"), 50)
VOICE = {"first person", "first person at the start", "first person plural", "second person", "pleasantry", "question",
         "exclamation mark", "call to the reader"}
# The penalty for moving a weight: the French cues stand in words much like the English ones, the Chinese do not.
MOVE_PENALTY = {"fr": 400, "zh": 12}
# Not learned: the sets have no records, and no documents. Hundredths of a logit.
BY_HAND = {"known actor": (60, 80), "plain statement": (30, 0), "reporting text": (140, 60)}


def read_rows(texts):
    binary = os.path.join(HERE, "rows", "target", "release", "rows")
    lines = "".join(json.dumps({"text": text["text"]}) + "\n" for text in texts)
    out = subprocess.run([binary], input=lines, capture_output=True, text=True, check=True).stdout
    return [dict(text, **json.loads(row)) for text, row in zip(texts, out.splitlines())]


def rows(data, name):
    with open(os.path.join(data, name + ".jsonl"), encoding="utf-8") as lines:
        return read_rows([json.loads(line) for line in lines])


def allowed_words():
    words, section = set(CLOSED_WORDS), None
    for line in open(os.path.join(CLAIMS, "english.txt"), encoding="utf-8"):
        if line.startswith("["):
            section = line.strip("[]\n")
        elif not line.startswith("#") and section in OPEN_SECTIONS:
            for word in line.split():
                stem, _, end = word.partition("~")
                forms = {"e": ["e", "es", "ed", "ing"], "y": ["y", "ies", "ied", "ying"]}.get(end, ["", "s", "ed", "ing"])
                words.update(stem + form for form in forms) if "~" in word else words.update(word.split("_"))
    return words


def common_words(train, poli):
    frequent = []
    for data, least in zip((train, poli), COMMON):
        counts, capitals = Counter(word for row in data for word in set(row["words"])), Counter()
        seen = Counter()
        for row in data:
            for word in re.findall(r"[A-Za-z']+", row["text"])[1:]:
                seen[word.lower()] += 1
                capitals[word.lower()] += word[0].isupper()
        frequent.append({word for word, n in counts.items() if n >= least and word.isalpha() and capitals[word] * 4 < seen[word]})
    return frequent[0] & frequent[1]


def wordings(row, allowed):
    known = [word if word in allowed and not re.search(r"\d", word) else "" for word in row["words"]]
    pairs = (f"{a} {b}" for a, b in zip(known, known[1:]) if a and b)
    return {word for word in known if word} | set(pairs)


def matrix(sets, names):
    index = {name: at for at, name in enumerate(names)}
    places = [(row, index[name]) for row, found in enumerate(sets) for name in found if name in index]
    at = np.array(places).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(at.shape[1]), (at[0], at[1])), shape=(len(sets), len(names)))


def keep(data, names):
    """How much of each cue counts in each sentence, and how much of the words, for the worthy head."""
    percent = np.array([KEPT_WITHOUT_VOICE.get(name, 100) for name in names + ["wording"]]) / 100
    kept = np.array([percent if VOICE.isdisjoint(row["cues"]) else np.ones(len(percent)) for row in data])
    return kept[:, :-1], kept[:, -1]


def plain(data):
    """What a plain statement adds to the worthy head."""
    return BY_HAND["plain statement"][0] * np.array(["plain statement" in row["cues"] for row in data])


def fit(x, y, weights=None, c=0.3):
    return LogisticRegression(C=c, max_iter=1000, tol=1e-6).fit(x, y, sample_weight=weights)


def fit_together(xc, xw, pc, pw, factual, verifiable):
    one = sp.csr_matrix(np.r_[np.ones(xc.shape[0]), np.zeros(pc.shape[0])][:, None])
    both = sp.hstack([sp.vstack([xc, pc]), sp.vstack([xw, pw]), one]).tocsr()
    weights = np.r_[np.ones(xc.shape[0]), np.full(pc.shape[0], JOINT_WEIGHT)]
    return fit(both, np.r_[factual, verifiable], weights, 0.05).coef_[0]


def translated(tables):
    """By language the words of translations.txt, each with the mean weights of the English words that it stands for."""
    forms = dict(pair for pair in open(os.path.join(CLAIMS, "traditional.txt"), encoding="utf-8").read().split())
    found = {"fr": {}, "zh": {}}
    for line in open(os.path.join(HERE, "translations.txt"), encoding="utf-8"):
        if line.startswith("#"):
            continue
        english, *others = ([*map(str.split, line.split("|")), [], []])[:3]
        weights = [tables[word] for word in english if word in tables]
        for language, words in zip(("fr", "zh"), others):
            both = words + ["".join(forms.get(c, c) for c in word) for word in words if language == "zh"]
            for word in sorted(set(both)):
                found[language].setdefault(word.replace("_", " "), []).extend(weights)
    mean = lambda weights: np.rint(TRANSLATED_KEPT * np.mean(weights, axis=0)).astype(int)
    return {language: {word: mean(found[language][word]) for word in sorted(found[language]) if found[language][word]}
            for language in found}


def same_sentences():
    """The sentences of sentences.txt by language, read."""
    lines = [line.strip() for line in open(os.path.join(HERE, "sentences.txt"), encoding="utf-8") if line[0] != "#"]
    sides = zip(*(line.split(" | ") for line in lines))
    return {language: read_rows([{"text": text} for text in side]) for language, side in zip(("en", "fr", "zh"), sides)}


def score_words(sets, table, head):
    return np.array([sum(table[word][head] for word in found if word in table) for found in sets], float)


def words_and_pairs(row):
    return set(row["words"]) | {f"{a} {b}" for a, b in zip(row["words"], row["words"][1:]) if a and b}


def move(language, same, cues, columns, levels, tables):
    """The weights of the cues and the levels with which the sentences of a language score like the English ones."""
    sides = [same["en"], same[language]]
    one, two = ([words_and_pairs(row) for row in side] for side in sides)
    xe, xo = (matrix([row["cues"] for row in side], cues).toarray() for side in sides)
    moved, starts = [], []
    for head in (0, 1):
        goal, words = score_words(one, tables["en"], head), score_words(two, tables[language], head)
        if head == 0:
            (kept_e, words_e), (kept_o, words_o) = (keep(side, cues) for side in sides)
            xe, xo, goal, words = xe * kept_e, xo * kept_o, goal * words_e + plain(sides[0]), words * words_o + plain(sides[1])
        else:
            xe, xo = (matrix([row["cues"] for row in side], cues).toarray() for side in sides)
        goal = goal + xe @ columns[head]
        here, centred = xo @ columns[head] + words, xo - xo.mean(0)
        rest, penalty = goal - here, MOVE_PENALTY[language] * np.eye(len(cues))
        step = np.linalg.solve(centred.T @ centred + penalty, centred.T @ (rest - rest.mean()))
        weights = np.rint(columns[head] + step).astype(int)
        moved.append(weights)
        now = xo @ weights + words
        # Between the level that makes the means equal and the one that lets as many sentences reach the threshold.
        reach = int((goal + levels[head] >= 0).sum())
        starts.append(round((round((goal + levels[head] - now).mean()) - int(np.sort(now)[::-1][reach - 1])) / 2))
        print(f"{language}, {len(one)} pairs: correlation {np.corrcoef(goal, here)[0, 1]:.3f}, moved {np.corrcoef(goal, now)[0, 1]:.3f}")
    return moved, starts


def crowd_level(cues, words, labels, groups, kept, added):
    """The best level of the worthy head for the crowd's labels, by debate left out."""
    both, scores = sp.hstack([cues, words]).tocsr(), np.zeros(len(labels))
    for rest, part in GroupKFold(5).split(both, labels, groups):
        weights = fit(both[rest], labels[rest]).coef_[0]
        of_words = words[part] @ weights[cues.shape[1]:] * WORDS_KEPT * kept[1][part]
        scores[part] = (cues[part].multiply(kept[0][part]) @ weights[:cues.shape[1]] + of_words) * 100 + added[part]
    level, reached = best_threshold(labels, scores, "f1")
    print(f"by debate left out: AP {average_precision_score(labels, scores):.3f}, f1 {reached:.3f} at {level:.0f}")
    return level


def best_threshold(y, scores, value):
    order = np.argsort(-scores, kind="stable")
    hits, count, positives = np.cumsum(y[order]), np.arange(1, len(y) + 1), y.sum()
    measure = {"f1": 2 * hits / (count + positives), "accuracy": (2 * hits - count + len(y) - positives) / len(y)}[value]
    return float(scores[order][measure.argmax()]), float(measure.max())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", required=True), arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    train, dev, poli = (rows(options.data, name) for name in ("en-claimbuster-train", "en-claimbuster-dev", "en-policlaim-train"))
    allowed = allowed_words() | common_words(train, poli)
    cues = sorted({cue for row in train for cue in row["cues"]} - set(BY_HAND))
    cue_sets = lambda data: [row["cues"] for row in data]
    word_sets = lambda data: [wordings(row, allowed) for row in data]
    worthy = np.array([row["label"] for row in train])
    factual = np.array([row["class"] != "nfs" for row in train]).astype(int)
    counts, second_counts = (Counter(word for found in word_sets(data) for word in found) for data in (train, poli))
    vocabulary = sorted(word for word in set(counts) | set(second_counts) if counts[word] >= 8 or second_counts[word] >= 4)
    xc, dc, pc = (matrix(cue_sets(data), cues) for data in (train, dev, poli))

    xw = matrix(word_sets(train), vocabulary)
    first = fit(sp.hstack([xc, xw]).tocsr(), worthy)
    second = fit(sp.hstack([xc, xw]).tocsr(), factual)
    pw = matrix(word_sets(poli), vocabulary)
    together = fit_together(xc, xw, pc, pw, factual, np.array([row["label"] for row in poli]))
    strength = lambda model: np.abs(model.coef_[0][len(cues):])
    frequency = np.sqrt([counts[word] + JOINT_WEIGHT * second_counts[word] for word in vocabulary])
    importance = (strength(first) + strength(second) + np.abs(together[len(cues):-1])) * frequency
    vocabulary = sorted(vocabulary[at] for at in np.argsort(-importance, kind="stable")[:KEPT])
    xw, dw, pw = (matrix(word_sets(data), vocabulary) for data in (train, dev, poli))
    first = fit(sp.hstack([xc, xw]).tocsr(), worthy)
    second = fit(sp.hstack([xc, xw]).tocsr(), factual)
    alone = fit(xc, worthy)
    words_worthy, words_factual = first.coef_[0][len(cues):], second.coef_[0][len(cues):]

    # The checkable head: cues, and the two word scores as one number each, on both sets; each set has its own level.
    one = np.r_[np.ones(len(train)), np.zeros(len(poli))][:, None]
    both = lambda *parts: sp.vstack([sp.hstack([x for x in part]) for part in parts])
    score_of = lambda x, w: sp.csr_matrix((x @ w)[:, None])
    joint = sp.hstack([both((xc, score_of(xw, words_worthy), score_of(xw, words_factual)),
                            (pc, score_of(pw, words_worthy), score_of(pw, words_factual))), sp.csr_matrix(one)]).tocsr()
    y = np.r_[factual, [row["label"] for row in poli]]
    weights = np.r_[np.full(len(train), 0.05), np.ones(len(poli))]
    third = fit(joint, y, weights, 0.5)
    fourth = fit(sp.hstack([both((xc,), (pc,)), sp.csr_matrix(one)]).tocsr(), y, weights, 0.5)
    a, b = third.coef_[0][len(cues)], third.coef_[0][len(cues) + 1]
    together = fit_together(xc, xw, pc, pw, factual, np.array([row["label"] for row in poli]))
    # The mean of two ways to use both sets: words learned from one and weighed on the other, and all learned together.
    checkable_cues = (third.coef_[0][:len(cues)] + together[:len(cues)]) / 2
    checkable_words = (a * words_worthy + b * words_factual + together[len(cues):-1]) / 2

    # Questions of other texts are longer and fuller of names than those of debates.
    alone.coef_[0][cues.index("question")] -= 1.5
    fourth.coef_[0][cues.index("question")] -= 1.5

    whole = lambda values: np.rint(np.asarray(values) * 100).astype(int)
    columns = [whole(first.coef_[0][:len(cues)]), whole(checkable_cues),
               whole(alone.coef_[0]), whole(fourth.coef_[0][:len(cues)])]
    table = np.stack([whole(words_worthy * WORDS_KEPT), whole(checkable_words)])
    dev_y, poli_y = np.array([row["label"] for row in dev]), np.array([row["label"] for row in poli])
    dev_kept, train_kept = keep(dev, cues), keep(train, cues)
    sums = [dc.multiply(dev_kept[0]) @ columns[0] + dw @ table[0] * dev_kept[1] + plain(dev), pc @ columns[1] + pw @ table[1], dc @ columns[2], pc @ columns[3]]
    levels = []
    for truth, scores, value in zip((dev_y, poli_y, dev_y, poli_y), sums, ("f1", "accuracy", "f1", "accuracy")):
        level, reached = best_threshold(truth, scores, value)
        levels.append(-int(level))
        print(f"AP {average_precision_score(truth, scores):.3f}, {value} {reached:.3f} at {level:.0f}")

    # The experts' sentences are few and the crowd's labels noisy: the level lies between those that are best for each.
    levels[0] = int((levels[0] - crowd_level(xc, xw, worthy, [row["group"] for row in train], train_kept, plain(train))) / 2)
    levels[2] += ALONE_SHIFT
    english = {word: (w, c) for word, w, c in zip(vocabulary, *table) if w or c}
    others, same = translated(english), same_sentences()
    tables, first_columns, first_levels = {"en": english, **others}, columns[:2], levels[:2]
    for place, language in ((2, "fr"), (4, "zh")):
        columns[place:place], levels[place:place] = move(language, same, cues, first_columns, first_levels, tables)

    lines = ["# cue, and worthy\tcheckable for English, French, Chinese and without wordings; hundredths of a logit; see docs/claims.md"]
    lines.append("starting point\t" + "\t".join(map(str, levels)))
    kept = lambda cue: f"\t{KEPT_WITHOUT_VOICE[cue]}" if cue in KEPT_WITHOUT_VOICE else ""
    lines += [cue + "\t" + "\t".join(str(column[at]) for column in columns) + kept(cue) for at, cue in enumerate(cues)]
    lines += ["\t".join([cue] + [f"{w}\t{c}"] * 4) for cue, (w, c) in BY_HAND.items()]
    lines.append("wording" + "\t0" * 8 + kept("wording"))
    contents = {"weights.txt": lines}
    for language, words in (("en", english), *others.items()):
        listing = ["# words\tworthy\tcheckable; hundredths of a logit; see docs/claims.md"]
        contents[f"wordings-{language}.txt"] = listing + [f"{word}\t{w}\t{c}" for word, (w, c) in words.items() if w or c]
    for name, content in contents.items():
        path = os.path.join(CLAIMS, name)
        if options.check:
            number = lambda text: [int(field) for field in re.findall(r"\t(-?\d+)", text)]
            old, new = number(open(path, encoding="utf-8").read()), number("\n".join(content))
            same = len(old) == len(new) and all(abs(o - n) <= 3 for o, n in zip(old, new))
            print(name, "is reproduced" if same else "DIFFERS")
        else:
            open(path, "w", encoding="utf-8").write("\n".join(content) + "\n")


if __name__ == "__main__":
    sys.exit(main())
